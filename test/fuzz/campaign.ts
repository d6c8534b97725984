import fc from 'fast-check';
import type { ScimClient } from '#test/support/scim-client.ts';
import { type Judge, openJudge } from './judge.ts';
import type { Target } from './target.ts';
import { bulkTarget } from './targets/bulk.ts';
import { bytesTarget } from './targets/bytes.ts';
import { filterTarget } from './targets/filter.ts';
import { type Growth, grown, growths } from './targets/growth.ts';
import { headersTarget } from './targets/headers.ts';
import { patchTarget } from './targets/patch.ts';

const TARGETS: { readonly [name: string]: Target } = {
  filter: filterTarget,
  patch: patchTarget,
  bulk: bulkTarget,
  bytes: bytesTarget,
  headers: headersTarget,
};

/** `growth` is no single request: it holds the time of a text to that of one eight times as long. */
export const TARGET_NAMES: readonly string[] = [...Object.keys(TARGETS), 'growth'];

export interface CampaignOptions {
  readonly seed: number;
  readonly cases?: number;
  readonly milliseconds?: number;
}

export interface Finding {
  readonly cases: number;
  /** How the smallest case that was found fails, with the seed and path that lead there; absent where none was. */
  readonly failure?: string;
}

/** Makes what requests refer to, in an empty tenant. */
export async function prepare(client: ScimClient): Promise<Judge> {
  const userName = 'fuzz@example.com';
  const user = await client.post('/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName });
  const members = [{ value: user.body['id'] ?? '' }];
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  const group = await client.post('/Groups', { schemas, displayName: 'Fuzz', members });
  return openJudge(client, { user: String(user.body['id']), group: String(group.body['id']) });
}

/** Runs one target until the cases or the time are used up, or a case fails, which is then shrunk. */
export async function runTarget(name: string, judge: Judge, options: CampaignOptions): Promise<Finding> {
  const target = TARGETS[name];
  if (target === undefined) return check(growths, (growth) => checkGrowth(judge, growth), options);
  return check(target, async (request) => void (await judge.judge(request)), options);
}

async function check<Input>(
  inputs: fc.Arbitrary<Input>,
  predicate: (input: Input) => Promise<void>,
  { seed, cases = Number.MAX_SAFE_INTEGER, milliseconds }: CampaignOptions,
): Promise<Finding> {
  const limit = milliseconds === undefined ? {} : { interruptAfterTimeLimit: milliseconds };
  const result = await fc.check(fc.asyncProperty(inputs, predicate), { seed, numRuns: cases, ...limit });
  const failure = await fc.asyncDefaultReportMessage(result);
  return { cases: result.numRuns, ...(failure !== undefined && { failure }) };
}

/** Eight times as many are just what a filter may have. */
const SHORT = 8_000;
const FACTOR = 8;
/** What eight times the text may cost beyond eight times the time, before it is measured again. */
const SLACK = 3;
const NOISE_MS = 20;
const ATTEMPTS = 5;

/** A cost that grew with the square would show 64 in each attempt; the machine's noise does not. */
async function checkGrowth(judge: Judge, growth: Growth): Promise<void> {
  const times: string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const short = await judge.time(grown(growth, SHORT));
    const long = await judge.time(grown(growth, SHORT * FACTOR));
    if (long <= short * FACTOR * SLACK + NOISE_MS) return;
    times.push(`${short.toFixed(1)} ms and ${long.toFixed(1)} ms`);
  }
  throw new Error(`${FACTOR} times the text took more than ${FACTOR} times as long: ${times.join('; ')}`);
}
