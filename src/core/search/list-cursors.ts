import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Principal } from '#model/principal.ts';
import type { Cursors } from './cursor.ts';

/** Cursors of one list for one client: those of another list, client or tenant do not open, nor do those from before its scopes or its policy changed. */
export interface ListCursors {
  seal(position: string): string;
  /** @throws {DirectoryError} INVALID_CURSOR, EXPIRED_CURSOR */
  open(cursor: string): string;
}

/** `list` is any text that is equal for equal lists. `lasting` cursors end with what they point into alone. RFC 9865 §5.2 */
export function openListCursors(
  cursors: Cursors,
  call: Call,
  { name, scopes, policy }: Principal,
  list: string,
  lasting = false,
): ListCursors {
  const bound = JSON.stringify([name, [...scopes].sort(), list, ...(policy === undefined ? [] : [policy])]);
  return {
    seal: (position) => cursors.seal(call.tenant, bound, position, lasting),
    open: (cursor) => cursors.open(call.tenant, bound, cursor),
  };
}

/** RFC 9865 §2.1. @throws {DirectoryError} INVALID_COUNT */
export function checkSameLimit(given: number, limit: number): void {
  if (given === limit) return;
  throw new DirectoryError(
    'INVALID_COUNT',
    `count: expected ${given}, as on the page that gave the cursor out, got ${limit}; send count=${given} with the cursor`,
  );
}
