import type { Page, PageRequest } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Sort } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import { compareEntries, type SortEntry, sortKey } from '#model/sort.ts';

/** A page of what is at hand as a whole. A position holds the place and not the resource, which may be gone when it comes back. */
export function pageAtHand(
  found: readonly StoredResource[],
  sort: Sort | undefined,
  page: PageRequest,
): Page<StoredResource> {
  const compare = compareEntries(sort?.order ?? 'ascending');
  const entries = found
    .map((resource) => ({ resource, id: resource.id, key: sort && sortKey(resource, sort.by) }))
    .sort(compare);
  const from = 'offset' in page ? page.offset : countUpTo(entries, compare, page.after);
  const chosen = entries.slice(from, from + page.limit);
  const last = chosen.at(-1);
  return {
    items: chosen.map(({ resource }) => resource),
    ...(last && from + chosen.length < entries.length && { next: entryToPosition(last) }),
    ...(page.positions && { positions: chosen.map(entryToPosition) }),
    ...(page.total && { total: entries.length }),
  };
}

function countUpTo(
  entries: readonly SortEntry[],
  compare: (a: SortEntry, b: SortEntry) => number,
  after: string | undefined,
): number {
  if (after === undefined) return 0;
  const place = parsePosition(after);
  return entries.filter((entry) => compare(entry, place) <= 0).length;
}

function entryToPosition({ id, key }: SortEntry): string {
  return JSON.stringify(key === undefined ? [id] : [id, key]);
}

/** @throws INVALID_CURSOR for a position from before the configuration changed which attributes are keys */
function parsePosition(text: string): SortEntry {
  try {
    const [id, key]: [SortEntry['id'], SortEntry['key']?] = JSON.parse(text);
    return { id, key };
  } catch (cause) {
    throw new DirectoryError('INVALID_CURSOR', 'the cursor is of another way to find; start again without one', {
      cause,
    });
  }
}
