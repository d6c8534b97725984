import { badUserInput } from '../bad-user-input.ts';
import type { GraphqlContext } from '../context.ts';

/** More than this in one page is refused: it is also what core asks a backend for at a time. */
export const MAX_FIRST = 1_000;

/** `first` of a connection. @throws {GraphQLError} BAD_USER_INPUT */
export function checkFirst(first: unknown, name: string): number {
  if (typeof first === 'number' && first >= 0 && first <= MAX_FIRST) return first;
  throw badUserInput(`${name}: first must be a number from 0 to ${MAX_FIRST}; go on with after`);
}

/** Cursors of one list: a cursor of another list, query or tenant does not open. */
export interface ListCursors {
  seal(position: string): string;
  /** @throws {DirectoryError} INVALID_CURSOR, EXPIRED_CURSOR */
  open(cursor: string): string;
}

/** `query` is any text that is equal for equal lists. */
export function listCursors({ session, call }: GraphqlContext, query: string): ListCursors {
  const bound = `graphql ${query}`;
  return {
    seal: (position) => session.cursors.seal(call.tenant, bound, position),
    open: (cursor) => session.cursors.open(call.tenant, bound, cursor),
  };
}
