import type { Page } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Sort } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import { compareEntries, sortKey } from '#model/sort.ts';
import type { Directory } from './directory.ts';
import { type Asked, resolveAcross } from './filter/across.ts';
import { readFilter } from './filter/read.ts';
import { findResources } from './find.ts';
import type { ResourceType } from './schema/attribute.ts';
import type { WideSearch } from './session.ts';
import { resolveSorts } from './sort-path.ts';

/** How far an order over several types reaches: each of them is read from its beginning to find what stands at a place. */
const MERGED_AT_MOST = 10_000;

/** A type to ask, in an order where the search has one that the type knows. */
type Part = Asked & { readonly sort?: Sort };

interface Place {
  readonly offset: number;
  readonly limit: number;
}

/**
 * The list is made of runs that follow each other, each a single type or several that are merged by their order. A run's place
 * follows from the totals of those before it, so that each type is asked once.
 */
export async function findAcross(
  directory: Directory,
  call: Call,
  types: readonly ResourceType[],
  { filter, filterOptions, sort, offset, limit }: WideSearch,
): Promise<Page<StoredResource>> {
  const asked =
    filter === undefined
      ? types.map((type) => ({ type }))
      : resolveAcross(types, readFilter(types, filter, filterOptions), filterOptions);
  const runs = sort === undefined ? asked.map((part) => [part]) : runsInOrder(asked, types, sort);
  const items: StoredResource[] = [];
  let total = 0;
  for (const run of runs) {
    const place = { offset: Math.max(0, offset - total), limit: limit - items.length };
    const found = await findInRun(directory, call, run, place);
    items.push(...found.items);
    total += found.total ?? 0;
  }
  return { items, total };
}

/** Types that know the attribute and compare it alike are merged; the others have no value, which comes last, or first when descending. */
function runsInOrder(
  asked: readonly Asked[],
  types: readonly ResourceType[],
  { by, order }: NonNullable<WideSearch['sort']>,
): readonly (readonly Part[])[] {
  const sorts = resolveSorts(types, by, order);
  const merged = new Map<string, Part[]>();
  const without: Part[][] = [];
  for (const part of asked) {
    const sort = sorts.get(part.type);
    if (sort === undefined) {
      without.push([part]);
      continue;
    }
    const { comparison } = sort.by;
    const run = merged.get(comparison);
    if (run === undefined) merged.set(comparison, [{ ...part, sort }]);
    else run.push({ ...part, sort });
  }
  const runs = [...merged.values(), ...without];
  return order === 'ascending' ? runs : runs.reverse();
}

async function findInRun(
  directory: Directory,
  call: Call,
  run: readonly Part[],
  { offset, limit }: Place,
): Promise<Page<StoredResource>> {
  const [only] = run;
  if (run.length > 1) return findMerged(directory, call, run, { offset, limit });
  return only === undefined ? { items: [], total: 0 } : findPart(directory, call, only, { offset, limit });
}

/** The first resources of each type hold those of any place among them. */
async function findMerged(
  directory: Directory,
  call: Call,
  run: readonly Part[],
  { offset, limit }: Place,
): Promise<Page<StoredResource>> {
  const end = limit === 0 ? 0 : offset + limit;
  if (end > MERGED_AT_MOST) {
    throw new DirectoryError(
      'TOO_MANY',
      `sortBy over several resource types reaches the first ${MERGED_AT_MOST} results; sort one type at its own endpoint or by meta.resourceType eq, or narrow the filter`,
    );
  }
  const pages = await Promise.all(run.map((part) => findPart(directory, call, part, { offset: 0, limit: end })));
  const entries = pages.flatMap(({ items }, at) => {
    const by = run[at]?.sort?.by;
    return items.map((resource) => ({ resource, id: resource.id, key: by && sortKey(resource, by) }));
  });
  entries.sort(compareEntries(run[0]?.sort?.order ?? 'ascending'));
  return {
    items: entries.slice(offset, end).map(({ resource }) => resource),
    total: pages.reduce((sum, { total = 0 }) => sum + total, 0),
  };
}

function findPart(directory: Directory, call: Call, { type, filter, sort }: Part, place: Place) {
  const search = { ...(filter && { filter }), ...(sort && { sort }), page: { ...place, total: true } };
  return findResources(directory, call, type, search);
}
