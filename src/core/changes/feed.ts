import type { Change } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { Directory } from '../directory.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { type ListCursors, openListCursors } from '../search/list-cursors.ts';
import type { ChangeReader } from './change-page.ts';

export interface FeedRead {
  readonly changes: readonly Change[];
  readonly next: string;
}

/** They end when the backend forgets what they point to, and not by time: a follower may be away for a weekend. */
export function changeCursors({ directory, call, principal }: ChangeReader): ListCursors {
  return openListCursors(directory.cursors, call, principal, 'changes', true);
}

/** @throws {DirectoryError} UNSUPPORTED where changes of one of the types are not recorded */
export function checkFeed(directory: Directory, types: readonly ResourceType[]): void {
  const silent = types.find((type) => !directory.capabilities(type).feed);
  if (silent === undefined) return;
  const { name } = directory.adapter;
  throw new DirectoryError(
    'UNSUPPORTED',
    `the backend ${name} keeps no feed of changes of ${silent.name}; read the list again and compare, or filter it by meta.lastModified`,
  );
}

/** @throws {DirectoryError} EXPIRED_CURSOR with what to do about it */
export async function readFeed(directory: Directory, call: Call, after: string, limit: number): Promise<FeedRead> {
  try {
    return await directory.adapter.changes(call, after, limit);
  } catch (error) {
    if (asDirectoryError(error)?.code !== 'EXPIRED_CURSOR') throw error;
    const message =
      'the changes behind this cursor are no longer kept; take a new cursor, read everything again, then go on from the new cursor';
    throw new DirectoryError('EXPIRED_CURSOR', message, { cause: error });
  }
}
