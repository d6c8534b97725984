import { openRegistry } from '#core/schema/registry.ts';
import { openSchema } from '#graphql/schema.ts';
import type { PorticoProcess } from '#test/support/portico-process.ts';
import { scimClient } from '#test/support/scim-client.ts';
import { type GraphqlFinding, runGraphql } from './campaign.ts';
import { fillDirectory } from './directory.ts';
import { openHeapProbe } from './heap.ts';

/** What the gateway keeps of the first requests (compiled code, documents) is there after so many. */
const WARM_UP = 2_000;
const P99_MS = 1_000;
/** How much more may be held after all requests than after the first ones: noise of the collector, and what mutations made. */
const GROWTH = 1.15;
const SLACK_BYTES = 6 * 1_024 * 1_024;

export interface GraphqlFuzzOptions {
  readonly token: string;
  readonly seed: number;
  readonly cases: number;
  print(line: string): void;
}

/**
 * Valid and mutated documents against a gateway that was started with an inspector: no 5xx, no hang, no bug, p99 under a second, a heap
 * that does not grow. Answers whether all of that held.
 */
export async function fuzzGraphql(portico: PorticoProcess, options: GraphqlFuzzOptions): Promise<boolean> {
  const { token, seed, cases, print } = options;
  const pools = await fillDirectory(scimClient(`${portico.url}/scim/v2`, token));
  const campaign = { url: portico.url, token, pools, seed, schema: openSchema(openRegistry({ sources: [] })) };
  const heap = await openHeapProbe(portico.output());
  const used: number[] = [];
  const look = async () => {
    const { heapUsed, rss } = await heap.measure();
    used.push(heapUsed);
    return `heap ${inMegabytes(heapUsed)}, resident ${inMegabytes(rss)}`;
  };
  let holds = true;
  const run = async (kind: GraphqlFinding['kind'], cases: number, seed: number) => {
    const finding = await runGraphql(kind, { ...campaign, cases, seed });
    print(`graphql, ${toLine(finding)}; ${await look()}`);
    if (finding.failure !== undefined || finding.p99 >= P99_MS) holds = false;
  };
  await run('valid', Math.min(WARM_UP, cases), seed + 1);
  await run('valid', cases, seed);
  await run('mutated', cases, seed);
  heap.close();
  const [start = 0, , end = 0] = used;
  const allowed = start * GROWTH + SLACK_BYTES;
  print(`graphql, heap: ${used.map(inMegabytes).join(', ')}; at most ${inMegabytes(allowed)} at the end`);
  return holds && end <= allowed;
}

function toLine({ kind, cases, answered, p99, failure }: GraphqlFinding): string {
  const outcome = failure === undefined ? 'no finding' : `a finding\n${failure}\n`;
  return `${kind}: ${cases} documents, ${answered} answered with data, p99 ${p99.toFixed(1)} ms, ${outcome}`;
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
