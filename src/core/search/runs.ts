import type { Page, PageRequest } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { type AttributePath, pathName } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import { compareKeys, type SortEntry, sortKey } from '#model/sort.ts';

/** One page of a list that is ordered by one key. */
export type FindPage = (page: Extract<PageRequest, { after?: string }>) => Promise<Page<StoredResource>>;

/** All resources that have one value of a key. */
export interface Run {
  readonly items: readonly StoredResource[];
  /** Position of what stands before it; absent at the beginning of the list. */
  readonly before: string | undefined;
  /** Position of what stands behind it; absent at the end of the list. */
  readonly after: string | undefined;
}

/** How many of one value are held at a time. */
export const LONGEST_RUN = 10_000;

/** Read with the first page for the run that the page may end in, so that short ones cost no second call. */
const ROOM = 200;
const FURTHER = 1_000;

const compare = compareKeys('ascending');

/**
 * The runs of a list in its order, each as a whole, from a position on; `limit` items of them are wanted.
 * @throws {DirectoryError} TOO_MANY for a run that is too long; what `find` throws
 */
export async function* runsAfter(
  find: FindPage,
  by: AttributePath,
  start: string | undefined,
  limit: number,
): AsyncGenerator<Run, void, undefined> {
  let [before, last] = [start, start];
  let items: StoredResource[] = [];
  let key: SortEntry['key'];
  let next = start;
  let size = limit + ROOM;
  do {
    const found = await find({ limit: size, positions: true, ...(next !== undefined && { after: next }) });
    for (const [index, resource] of found.items.entries()) {
      const position = found.positions?.[index];
      const own = sortKey(resource, by);
      if (items.length > 0 && compare(key, own) !== 0) {
        yield { items, before, after: position };
        [before, items] = [last, []];
      }
      key = own;
      items.push(resource);
      last = position;
    }
    if (items.length > LONGEST_RUN) throw tooMany(by);
    next = found.next;
    size = FURTHER;
  } while (next !== undefined);
  if (items.length > 0) yield { items, before, after: undefined };
}

function tooMany(by: AttributePath): DirectoryError {
  const many = `more than ${LONGEST_RUN} resources have one value of ${pathName(by)}, or none`;
  const remedy = 'order by an attribute with more values first, or narrow the search';
  return new DirectoryError('TOO_MANY', `${many}, which are too many to be ordered further: ${remedy}`);
}
