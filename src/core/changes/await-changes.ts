import type { ChangePage, ChangeReader, ChangeSearch } from './change-page.ts';
import { changeCursors, checkFeed, readFeed } from './feed.ts';
import { readLimit, takePage } from './take-page.ts';

/** What follows a cursor, as soon as there is something. */
export async function awaitChanges(
  reader: ChangeReader,
  { after, types, limit }: ChangeSearch & { readonly after: string },
): Promise<ChangePage> {
  const { directory, call } = reader;
  const ofTypes = types ?? directory.registry.types;
  checkFeed(directory, ofTypes);
  const cursors = changeCursors(reader);
  const read = await readFeed(directory, call, cursors.open(after), readLimit(types, limit));
  const { changes, end, cut } = takePage(read, ofTypes, limit);
  return { changes, hasMore: cut, next: cursors.seal(end), cursorAfter: ({ position }) => cursors.seal(position) };
}
