import type { Write, Written } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Directory } from '../directory.ts';

/** Others may delete what is referred to between two attempts. */
const ATTEMPTS = 4;

/** An operation in the form in which it was sent last, with its answer. */
export interface Sent {
  readonly operation: Write;
  readonly answer: Written | DirectoryError;
  /** What it was sent without. */
  readonly dropped?: Dropped;
}

export interface Dropped {
  readonly path: string;
  readonly ids: readonly ResourceId[];
}

/**
 * Sends operations, in order, as the tenant's `references` has it. Where that is lenient, an operation that the backend refused
 * for what it refers to is sent again without that: backends are always strict, so that no link leads nowhere.
 */
export async function sendWrites(
  directory: Directory,
  call: Call,
  operations: readonly Write[],
): Promise<readonly Sent[]> {
  const answers = await directory.adapter.write(call, operations);
  const sent = operations.map((operation, index) => ({ operation, answer: answerAt(directory, answers, index) }));
  if (directory.lifeCycle.references === 'strict') return sent;
  let last: readonly Sent[] = sent;
  for (let count = 1; count < ATTEMPTS; count += 1) {
    const again = whatToSendAgain(last);
    if (again.size === 0) break;
    last = await sendAgain(directory, call, last, again);
  }
  return last;
}

/**
 * By index. An id that an operation of the same batch was to create is no unknown one: that operation is sent again as well, and
 * whatever builds on it follows.
 */
function whatToSendAgain(sent: readonly Sent[]): ReadonlyMap<number, Sent> {
  const again = new Map<number, Sent>();
  const coming = new Set<ResourceId>();
  for (const [index, { operation, answer, dropped }] of sent.entries()) {
    if (!(answer instanceof DirectoryError)) continue;
    const unknown = answer.code === 'INVALID_VALUE' ? (answer.ids as readonly ResourceId[]) : [];
    const ids = unknown.filter((id) => !coming.has(id));
    const reduced = ids.length === 0 ? undefined : withoutReferences(operation, new Set(ids));
    const builds = unknown.length > ids.length || (operation.id !== undefined && coming.has(operation.id));
    if (reduced === undefined && !builds) continue;
    if (operation.kind === 'create' && operation.id !== undefined) coming.add(operation.id);
    const path = answer.faults[0]?.path ?? 'references';
    again.set(index, {
      operation: reduced ?? operation,
      answer,
      ...(reduced ? { dropped: { path, ids: [...(dropped?.ids ?? []), ...ids] } } : dropped && { dropped }),
    });
  }
  return again;
}

async function sendAgain(
  directory: Directory,
  call: Call,
  sent: readonly Sent[],
  again: ReadonlyMap<number, Sent>,
): Promise<readonly Sent[]> {
  const operations = [...again.values()].map(({ operation }) => operation);
  const answers = await directory.adapter.write(onPrimary(call), operations).catch((error: unknown) => {
    const known = asDirectoryError(error);
    if (known === undefined) throw error;
    return operations.map(() => known);
  });
  const answered = new Map(
    [...again].map(([index, each], at) => [index, { ...each, answer: answerAt(directory, answers, at) }] as const),
  );
  return sent.map((each, index) => answered.get(index) ?? each);
}

function answerAt(
  { adapter }: Directory,
  answers: readonly (Written | DirectoryError)[],
  index: number,
): Written | DirectoryError {
  const answer = answers[index];
  if (answer === undefined) throw new TypeError(`${adapter.name} answered no value to a write`);
  return asDirectoryError(answer) ?? answer;
}

/** Undefined where the operation refers to none of them, so that sending it again would change nothing. */
function withoutReferences(operation: Write, unknown: ReadonlySet<ResourceId>): Write | undefined {
  if (operation.kind === 'delete' || operation.kind === 'restore') return undefined;
  const { members } = operation;
  const add = members?.add?.filter(({ id }) => !unknown.has(id));
  const fewer = add !== undefined && add.length < (members?.add?.length ?? 0);
  const draft = operation.kind === 'create' ? operation.draft : operation.content?.draft;
  const manager = draft?.links.manager;
  const unmanaged = draft && manager !== undefined && unknown.has(manager) ? { ...draft, links: {} } : undefined;
  if (!fewer && unmanaged === undefined) return undefined;
  const changed = fewer ? { members: { ...members, add } } : {};
  if (operation.kind === 'create') return { ...operation, ...changed, ...(unmanaged && { draft: unmanaged }) };
  const { content } = operation;
  return { ...operation, ...changed, ...(content && unmanaged && { content: { ...content, draft: unmanaged } }) };
}
