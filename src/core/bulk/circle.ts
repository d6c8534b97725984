import type { Written } from '#adapters/adapter.ts';
import { withOwnTime } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { ResourceId } from '#model/resource.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { OPERATIONS_PER_CALL } from '../write/perform.ts';
import { planRemoval, planReplace, type Revision } from '../write/plan.ts';
import type { Step } from './batch.ts';
import type { BulkRun } from './run.ts';
import { sendBatch } from './send-batch.ts';

/** How long a removal may take where the request itself has run out of time. */
const REMOVAL_MS = 10_000;

interface Created {
  readonly position: number;
  readonly type: ResourceType;
  readonly id: ResourceId;
}

/**
 * Creates resources that name each other (RFC 7644 §3.7.1): first each without what is yet to come, then again as a whole those
 * that lack something. Where any of it fails, what was created is removed again, and all of them have failed. A circle among
 * groups does: it is a CYCLE.
 */
export async function createCircle(run: BulkRun, circle: readonly number[]): Promise<void> {
  const types = new Map<number, ResourceType>();
  const ranks = new Map(circle.map((position, rank) => [position, rank]));
  const isToCome = (need: number, rank: number) => (ranks.get(need) ?? -1) >= rank;
  const bare = circle.map((position, rank) => bareStep(run, position, (need) => isToCome(need, rank), types));
  await run.carryOut(bare, Number.POSITIVE_INFINITY);
  const created = circle.flatMap((position) => createdBy(run, position, types));
  if (!circle.some((position) => run.answers[position] instanceof Error)) {
    const lacking = circle.filter((position, rank) =>
      run.operation(position).needs.some((need) => isToCome(need.position, rank)),
    );
    const completing = lacking.map((position) => completingStep(run, position));
    await run.carryOut(completing, Number.POSITIVE_INFINITY);
  }
  const cause = circle.map((position) => run.answers[position]).find((answer) => answer instanceof Error);
  if (cause !== undefined) await removeAgain(run, created, cause);
}

/** What may be there, also where the backend could not even tell whether it is. */
function createdBy(run: BulkRun, position: number, types: ReadonlyMap<number, ResourceType>): readonly Created[] {
  const [answer, type, id] = [run.answers[position], types.get(position), run.idOf(position)];
  const isAbsent = answer instanceof Error && asDirectoryError(answer)?.code !== 'OUTCOME_UNKNOWN';
  return isAbsent || type === undefined || id === undefined ? [] : [{ position, type, id }];
}

function bareStep(
  run: BulkRun,
  position: number,
  isToCome: (need: number) => boolean,
  types: Map<number, ResourceType>,
): Step {
  return run.step(position, () => {
    const request = run.operation(position).request((need) => (isToCome(need) ? undefined : run.idOf(need)));
    if (request.verb === 'create') types.set(position, request.type);
    return run.planOf(position, request);
  });
}

function completingStep(run: BulkRun, position: number): Step {
  return run.step(position, () => {
    const request = run.operation(position).request(run.idOf);
    const id = run.idOf(position);
    if (request.verb !== 'create' || id === undefined) throw new TypeError(`operation ${position} created nothing`);
    return withoutPassword(planReplace(run.directory, { type: request.type, id }, request.body));
  });
}

/** It has been set, and hashing it again would cost as much. */
function withoutPassword({ target, contentOf }: Revision): Revision {
  return {
    kind: 'revision',
    target,
    contentOf(before) {
      const { password: _, ...content } = contentOf(before);
      return content;
    },
  };
}

/** The last first, since it may name those before it. */
async function removeAgain(run: BulkRun, created: readonly Created[], cause: Error): Promise<void> {
  const call = withOwnTime(run.call, REMOVAL_MS);
  const reversed = created.toReversed();
  for (let from = 0; from < reversed.length; from += OPERATIONS_PER_CALL) {
    const some = reversed.slice(from, from + OPERATIONS_PER_CALL);
    let at = 0;
    for await (const removed of sendBatch(run.directory, call, some.map(planRemoval))) {
      const each = some[at++];
      if (each !== undefined) run.record(each.position, undone(run, each, cause, removed));
    }
  }
}

/** What an operation of the circle is told: its own fault where it has one. */
function undone(run: BulkRun, { position, type, id }: Created, cause: Error, removed: Written | Error): Error {
  const own = run.answers[position];
  const others = 'not created, since operations that name each other in a circle could not all be carried out';
  const code = asDirectoryError(cause)?.code === 'CYCLE' ? 'CYCLE' : 'INVALID_VALUE';
  const fault = own instanceof Error ? own : new DirectoryError(code, `${others}: ${cause.message}`, { cause });
  if (!(removed instanceof Error) || asDirectoryError(removed)?.code === 'NOT_FOUND') return fault;
  const left = `${type.name} ${id} could not be removed again and is there without what it was to refer to; delete it`;
  return new DirectoryError(asDirectoryError(fault)?.code ?? code, `${fault.message}; ${left}`, {
    ids: [id],
    cause: removed,
  });
}
