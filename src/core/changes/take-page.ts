import type { Change } from '#adapters/adapter.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { FeedRead } from './feed.ts';

/** Members that one page names at most, so that a thousand changes of a thousand members each do not fill the process. */
const MAX_MEMBERS = 10_000;

export interface Taken {
  readonly changes: readonly Change[];
  /** The position that the page ends at. */
  readonly end: string;
  /** Something that was read is left for the next page. */
  readonly cut: boolean;
}

/** The changes of the types, as many as the page may hold. */
export function takePage({ changes, next }: FeedRead, types: readonly ResourceType[], limit: number): Taken {
  const names = new Set(types.map(({ name }) => name));
  const taken: Change[] = [];
  let members = 0;
  let end: string | undefined;
  for (const change of changes) {
    if (names.has(change.type)) {
      members += membersOf(change);
      if (taken.length === limit || (taken.length > 0 && members > MAX_MEMBERS)) {
        return { changes: taken, end: end ?? next, cut: true };
      }
      taken.push(change);
    }
    end = change.position;
  }
  return { changes: taken, end: next, cut: false };
}

function membersOf({ members }: Change): number {
  return typeof members === 'object' ? members.added.length + members.removed.length : 0;
}

/** With `types` a page is looked for among more changes than it may hold, since most may be of other types. */
export function readLimit(types: readonly ResourceType[] | undefined, limit: number): number {
  return types === undefined ? limit : Math.max(limit, 1_000);
}
