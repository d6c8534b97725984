import { setTimeout as sleep } from 'node:timers/promises';
import { type DemoTarget, fillDemo } from '#demo/fill-demo.ts';
import type { ResourceId } from '#model/resource.ts';
import { openInspector } from './inspector.ts';
import type { Options } from './options.ts';
import { residentMb } from './process-cpu.ts';
import { alignTable } from './report.ts';
import { type Subject, startSubject } from './subject.ts';

export interface MemoryRow {
  readonly people: number;
  /** How the people came in: by `--demo`, or over HTTP as an IdP pushes them. */
  readonly filled: 'demo' | 'http';
  readonly settledMb: number;
  readonly collectedMb: number;
  /** After collection, without what an empty server takes. */
  readonly per100kMb: number;
  readonly atMostMb: number;
}

const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const AT_MOST_MB = 200;
const SETTLE_MS = 10_000;
const PUSHES_AT_ONCE = 32;

interface Resident {
  readonly settledMb: number;
  readonly collectedMb: number;
}

/** Resident memory of an idle server: empty, filled by `--demo`, and filled by requests, whose bodies share no strings. */
export async function measureMemory(people: number, options: Options): Promise<readonly MemoryRow[]> {
  const empty = await measure(0, options, async () => {});
  const demo = await measure(people, options, async () => {});
  const pushed = await measure(0, options, (subject) => pushDemo(subject, people, options.seed));
  const toRow = (filled: MemoryRow['filled'], { settledMb, collectedMb }: Resident): MemoryRow => {
    const per100kMb = ((collectedMb - empty.collectedMb) * 100_000) / people;
    return { people, filled, settledMb, collectedMb, per100kMb, atMostMb: AT_MOST_MB };
  };
  return [toRow('demo', demo), toRow('http', pushed)];
}

async function measure(
  people: number,
  options: Options,
  fill: (subject: Subject) => Promise<unknown>,
): Promise<Resident> {
  const subject = await startSubject({ people, seed: options.seed, core: options.serverCore, inspect: true });
  try {
    await fill(subject);
    await sleep(SETTLE_MS);
    const settledMb = residentMb(subject.pid);
    await collectGarbage(subject.inspectorPort);
    return { settledMb, collectedMb: residentMb(subject.pid) };
  } finally {
    await subject.stop();
  }
}

/** Twice, since the first collection only finds what finalizers let go of; V8 gives pages back a moment later. */
async function collectGarbage(port: number | undefined): Promise<void> {
  if (port === undefined) throw new Error('the server was started without an inspector');
  const inspector = await openInspector(port);
  for (let round = 0; round < 2; round++) {
    await inspector.send('HeapProfiler.collectGarbage');
    await sleep(1_000);
  }
  inspector.close();
}

/** What is still referred to. */
export async function liveHeapMb(port: number | undefined): Promise<number> {
  if (port === undefined) throw new Error('the server was started without an inspector');
  const inspector = await openInspector(port);
  for (let round = 0; round < 2; round++) await inspector.send('HeapProfiler.collectGarbage');
  const { usedSize } = await inspector.send<{ usedSize: number }>('Runtime.getHeapUsage');
  inspector.close();
  return usedSize / 2 ** 20;
}

async function pushDemo(subject: Subject, people: number, seed: number): Promise<void> {
  const createMany = async (type: 'User' | 'Group', bodies: readonly object[]): Promise<readonly ResourceId[]> => {
    const ids: ResourceId[] = [];
    const waiting = bodies.entries();
    const push = async () => {
      for (const [position, body] of waiting) {
        const answer = await subject.send('POST', `/scim/v2/${type}s?attributes=id`, body, [201]);
        ids[position] = (answer.json as { id: ResourceId }).id;
      }
    };
    await Promise.all(Array.from({ length: PUSHES_AT_ONCE }, push));
    return ids;
  };
  const addMembers: DemoTarget['addMembers'] = async (group, value) => {
    const body = { schemas: [PATCH_SCHEMA], Operations: [{ op: 'add', path: 'members', value }] };
    await subject.send('PATCH', `/scim/v2/Groups/${group}`, body, [204]);
  };
  await fillDemo({ createMany, addMembers }, { people, seed });
}

export function memoryToTable(rows: readonly MemoryRow[]): string {
  const titles = ['resident memory', 'people', 'settled MB', 'collected MB', 'MB per 100k', 'target', ''];
  const lines = rows.map((row) => [
    row.filled === 'demo' ? 'filled by --demo' : 'filled over HTTP',
    row.people.toLocaleString('en'),
    row.settledMb.toFixed(0),
    row.collectedMb.toFixed(0),
    row.per100kMb.toFixed(0),
    `<= ${row.atMostMb}`,
    row.per100kMb <= row.atMostMb ? 'met' : 'MISSED',
  ]);
  return alignTable([titles, ...lines]);
}
