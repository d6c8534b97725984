import { withinTime } from '#model/call.ts';
import type { ChangePage, ChangeReader, ChangeSearch } from './change-page.ts';
import { changeCursors, checkFeed, type FeedRead, readFeed } from './feed.ts';
import { readLimit, takePage } from './take-page.ts';

/** How long a backend may look for changes that, by its own word, are there: long enough for a slow one, and no wait for the next change. */
const READ_MS = 3_000;

/**
 * The feed itself waits for the next change, so that it is asked for its present end first, and for changes only where there are
 * some before that.
 */
export async function readChanges(reader: ChangeReader, { after, types, limit }: ChangeSearch): Promise<ChangePage> {
  const { directory, call } = reader;
  const ofTypes = types ?? directory.registry.types;
  checkFeed(directory, ofTypes);
  const cursors = changeCursors(reader);
  const start = after === undefined ? undefined : cursors.open(after);
  const { next: present } = await directory.adapter.changes(call, null, 1);
  const cursorAfter = ({ position }: { readonly position: string }) => cursors.seal(position);
  const from = start ?? present;
  if (from === present || limit === 0) {
    return { changes: [], hasMore: from !== present, next: cursors.seal(from), cursorAfter };
  }
  const read = await withinTime(call, READ_MS, (own) => readFeed(directory, own, from, readLimit(types, limit)));
  const { changes, end, cut } = takePage(read, ofTypes, limit);
  return { changes, hasMore: cut || isBefore(read, present), next: cursors.seal(end), cursorAfter };
}

/** Whether what was read ends before a position. Positions can be compared for equality alone. */
function isBefore({ changes, next }: FeedRead, present: string): boolean {
  return changes.length > 0 && next !== present && changes.every(({ position }) => position !== present);
}
