import type { Write, Written } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import { asDirectoryError, DirectoryError, type ErrorCode } from '#model/errors.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { carryOut } from '../write/carry-out.ts';
import { performMany } from '../write/perform.ts';
import {
  type Blind,
  type Creation,
  creationToWrite,
  type Plan,
  type Regrouping,
  type Revision,
  revisionToWrite,
} from '../write/plan.ts';
import { inParallel } from './in-parallel.ts';

/** Node hashes on four threads, which others need as well. */
const HASHES_AT_ONCE = 2;

/** Refused, and possibly for what an operation before it did not yet do. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'NOT_FOUND',
  'UNIQUENESS',
  'VERSION_MISMATCH',
  'INVALID_VALUE',
  'CYCLE',
]);

type Sendable = Creation | Revision | Blind;
type Ready = { readonly plan: Sendable; readonly write: Write };
/** What a revision is computed from, by the resource's id. */
type Stored = ReadonlyMap<ResourceId, StoredResource | null | Error>;

/**
 * Reads what the batch needs, one call per type, writes in one call, and answers in order; errors are values. Where others changed
 * a resource in between, its operation is repeated alone, and so is whatever was refused after it, which may have built on it.
 * A regrouping is a batch of its own.
 */
export async function* sendBatch(
  directory: Directory,
  call: Call,
  plans: readonly (Plan | Error)[],
): AsyncGenerator<Written | Error, void, undefined> {
  const [first] = plans;
  if (isRegrouping(first)) {
    yield await orError(() => carryOut(directory, call, first));
    return;
  }
  const stored = await readTargets(directory, call, plans);
  const ready = await inParallel(plans, HASHES_AT_ONCE, (plan) => toWrite(directory, call, plan, stored));
  const writes = ready.flatMap((each) => (each instanceof Error ? [] : [each.write]));
  const answers = (await performAll(directory, call, writes)).values();
  let overtaken = false;
  for (const each of ready) {
    const answer = each instanceof Error ? each : nextOf(answers);
    overtaken ||= !(each instanceof Error) && isOvertaken(each.plan, answer);
    const again = overtaken && !(each instanceof Error) && isRefusal(answer);
    yield again ? await orError(() => carryOut(directory, onPrimary(call), each.plan)) : answer;
  }
}

/** The value, or what kept it from coming. */
export async function orError<T>(work: () => Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    return asDirectoryError(error) ?? (error instanceof Error ? error : new Error('not an Error', { cause: error }));
  }
}

async function readTargets(directory: Directory, call: Call, plans: readonly (Plan | Error)[]): Promise<Stored> {
  const revisions = plans.flatMap((plan) => (isRevision(plan) ? [plan.target] : []));
  const byType = Map.groupBy(revisions, ({ type }) => type.name);
  const stored = new Map<ResourceId, StoredResource | null | Error>();
  for (const [type, targets] of byType) {
    const asked = targets.some(({ ifVersion }) => ifVersion !== undefined) ? onPrimary(call) : call;
    const ids = targets.map(({ id }) => id);
    const found = await orError(() => directory.adapter.getMany(asked, type, ids));
    for (const [at, id] of ids.entries()) stored.set(id, found instanceof Error ? found : (found[at] ?? null));
  }
  return stored;
}

function toWrite(directory: Directory, call: Call, plan: Plan | Error, stored: Stored): Promise<Ready | Error> {
  return orError(async () => {
    if (plan instanceof Error) throw plan;
    if (isRegrouping(plan)) throw new TypeError('a regrouping is a batch of its own');
    if (call.signal.aborted) throw new DirectoryError('TIMEOUT', 'the request ran out of time before this was sent');
    return { plan, write: await planToWrite(directory, plan, stored) };
  });
}

async function planToWrite(directory: Directory, plan: Sendable, stored: Stored): Promise<Write> {
  switch (plan.kind) {
    case 'creation':
      return creationToWrite(directory, plan);
    case 'revision': {
      const before = stored.get(plan.target.id);
      if (before instanceof Error) throw before;
      return revisionToWrite(directory, plan, before);
    }
    case 'blind':
      return plan.write;
  }
}

/** What throws before anything was sent is the answer of each. */
async function performAll(
  directory: Directory,
  call: Call,
  writes: readonly Write[],
): Promise<readonly (Written | Error)[]> {
  if (writes.length === 0) return [];
  const answers = await orError(() => performMany(directory, call, writes));
  return answers instanceof Error ? writes.map(() => answers) : answers;
}

function nextOf(answers: ArrayIterator<Written | Error>): Written | Error {
  const { done, value } = answers.next();
  return done ? new TypeError('the backend answered no value to a write') : value;
}

function isRegrouping(plan: Plan | Error | undefined): plan is Regrouping {
  return plan !== undefined && !(plan instanceof Error) && plan.kind === 'regrouping';
}

function isRevision(plan: Plan | Error): plan is Revision {
  return !(plan instanceof Error) && plan.kind === 'revision';
}

/** With a version of the client's own, nothing is repeated: the client asked to be told. */
function isOvertaken(plan: Plan, answer: Written | Error): boolean {
  return isRevision(plan) && plan.target.ifVersion === undefined && codeOf(answer) === 'VERSION_MISMATCH';
}

function isRefusal(answer: Written | Error): boolean {
  const code = codeOf(answer);
  return code !== undefined && REFUSALS.has(code);
}

function codeOf(answer: Written | Error): ErrorCode | undefined {
  return answer instanceof DirectoryError ? answer.code : undefined;
}
