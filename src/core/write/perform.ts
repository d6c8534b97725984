import { isDeepStrictEqual } from 'node:util';
import type { Draft, MemberChange, Write, Written } from '#adapters/adapter.ts';
import { type Call, onPrimary } from '#model/call.ts';
import { asDirectoryError, DirectoryError, mayYetHappen } from '#model/errors.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { noticeOf } from '../notice.ts';
import { malformedEmails } from './malformed-emails.ts';
import { type Dropped, sendWrites } from './references.ts';

/** An adapter is handed at most this many operations in one call. */
export const OPERATIONS_PER_CALL = 500;

/**
 * Sends operations, each with a known outcome: what a lost answer left behind is found out by a read from the primary before
 * anyone is told. Answers are in order; errors are values, as in the contract.
 */
export async function performMany(
  directory: Directory,
  call: Call,
  operations: readonly Write[],
): Promise<readonly (Written | DirectoryError)[]> {
  const sent = await sendWrites(directory, call, operations);
  return Promise.all(
    sent.map(async ({ operation, answer, dropped }) => {
      const outcome = answer instanceof DirectoryError ? await outcomeOf(directory, call, operation, answer) : answer;
      if (!(outcome instanceof DirectoryError)) tell(directory, call, operation, dropped, outcome);
      return outcome;
    }),
  );
}

/** What was let pass, now that it is stored. */
function tell(
  directory: Directory,
  call: Call,
  operation: Write,
  dropped: Dropped | undefined,
  { resource }: Written,
): void {
  if (resource === null) return;
  if (dropped) {
    const { path, ids } = dropped;
    directory.notify(noticeOf(call, 'unknown references dropped', resource, { paths: [path], ids }));
  }
  const paths = directory.leniency.malformedEmails === 'accept' ? malformedEmails(operation) : [];
  if (paths.length > 0) directory.notify(noticeOf(call, 'malformed e-mail accepted', resource, { paths }));
}

async function outcomeOf(
  directory: Directory,
  call: Call,
  operation: Write,
  error: DirectoryError,
): Promise<Written | DirectoryError> {
  if (error.code === 'OUTCOME_UNKNOWN') {
    return settle(directory, onPrimary(call), operation, error).catch((failure: unknown) => {
      // Where not even reading tells, it stays unknown, and the other operations keep their answers.
      if (asDirectoryError(failure) === undefined) throw failure;
      return error;
    });
  }
  return error.code === 'UNIQUENESS' ? nameHolder(error, operation) : error;
}

/** @throws {DirectoryError} the operation's own error */
export async function perform(directory: Directory, call: Call, operation: Write): Promise<Written> {
  const [answer] = await performMany(directory, call, [operation]);
  if (answer === undefined) throw new TypeError(`${directory.adapter.name} answered no value to a write`);
  if (answer instanceof DirectoryError) throw answer;
  return answer;
}

function nameHolder(error: DirectoryError, operation: Write): DirectoryError {
  const attribute = error.faults[0]?.path ?? 'a unique attribute';
  const holder = error.ids[0];
  const detail = `${attribute} is already taken by ${operation.type} ${holder ?? ''}`.trimEnd();
  const remedy =
    operation.kind === 'restore' ? 'rename or delete that one first' : 'choose another value, or update that resource';
  return new DirectoryError('UNIQUENESS', `${detail}; ${remedy}`, {
    faults: error.faults,
    ids: error.ids,
    cause: error,
  });
}

async function settle(
  directory: Directory,
  call: Call,
  operation: Write,
  error: DirectoryError,
): Promise<Written | DirectoryError> {
  if (operation.id === undefined) return error;
  const [stored = null] = await directory.adapter.getMany(call, operation.type, [operation.id]);
  if (stored !== null && isUntold(operation, stored)) return error;
  if (await tookEffect(directory, call, operation, stored)) return { resource: stored, changed: true };
  if (mayYetHappen(error)) return error;
  return new DirectoryError('UNAVAILABLE', 'the backend did not carry out the write; nothing changed; try again', {
    cause: error,
    retryAfterMs: 1_000,
  });
}

type Content = NonNullable<Extract<Write, { kind: 'update' }>['content']>;

/** A change of secrets alone, which no read shows, or one that was done in part, or that others have changed further. */
function isUntold(operation: Write, stored: StoredResource): boolean {
  if (operation.kind !== 'update' || operation.content === undefined) return false;
  const { before, draft } = operation.content;
  if (holds(stored, before)) return draft.secrets !== undefined && stored.version !== before.version;
  return !holds(stored, draft);
}

async function tookEffect(
  directory: Directory,
  call: Call,
  operation: Write,
  stored: StoredResource | null,
): Promise<boolean> {
  switch (operation.kind) {
    case 'delete':
      return stored === null;
    case 'create':
    case 'restore':
      return stored !== null;
    case 'update':
      if (stored === null) return false;
      if (operation.content && !isWritten(operation.content, stored)) return false;
      return operation.members === undefined || hasMembers(directory, call, stored, operation.members);
  }
}

function isWritten({ before, draft }: Content, stored: StoredResource): boolean {
  return holds(stored, draft) && (draft.secrets === undefined || stored.version !== before.version);
}

function holds(stored: StoredResource, draft: Pick<Draft, 'attributes' | 'links'>): boolean {
  return isDeepStrictEqual(stored.attributes, draft.attributes) && isDeepStrictEqual(stored.links, draft.links);
}

async function hasMembers(
  directory: Directory,
  call: Call,
  group: StoredResource,
  { add = [], remove = [], replace }: MemberChange,
): Promise<boolean> {
  const added = new Set(add.map(({ id }) => id));
  const removed = remove.filter((id) => !added.has(id));
  const pairs = [...added, ...removed].map((to) => ({ from: group.id, to }));
  const linked = await directory.adapter.areLinked(call, 'members', pairs, { transitive: false });
  if (linked.some((isLinked, index) => isLinked !== index < added.size)) return false;
  if (!replace) return true;
  const [page] = await directory.adapter.linked(call, 'members', 'out', [group.id], {
    page: { limit: 0, total: true },
  });
  return page?.total === added.size;
}
