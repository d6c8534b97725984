import type { Page, PageRequest } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { Sort } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import { compareEntries, sortKey } from '#model/sort.ts';
import type { Directory } from '../directory.ts';
import { type Asked, resolveAcross } from '../filter/across.ts';
import { readFilter } from '../filter/read.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { WideSearch } from '../session.ts';
import { findResources } from './find.ts';
import { resolveSorts } from './sort-path.ts';

/** A type to ask, in an order where the search has one that the type knows. */
export type Part = Asked & { readonly sort?: Sort };

/** A list over several types is made of runs that follow each other: each a single type, or several that are merged by their order. */
export type Run = readonly Part[];

/** @throws {DirectoryError} INVALID_FILTER, INVALID_PATH for what no type has; SENSITIVE */
export function runsOf(
  types: readonly ResourceType[],
  { filter, filterOptions, sort }: Pick<WideSearch, 'filter' | 'filterOptions' | 'sort'>,
): readonly Run[] {
  const asked =
    filter === undefined
      ? types.map((type) => ({ type }))
      : resolveAcross(types, readFilter(types, filter, filterOptions), filterOptions);
  return sort === undefined ? asked.map((part) => [part]) : runsInOrder(asked, types, sort);
}

/** Types that know the attribute and compare it alike are merged; the others have no value, which comes last, or first when descending. */
function runsInOrder(
  asked: readonly Asked[],
  types: readonly ResourceType[],
  { by, order }: NonNullable<WideSearch['sort']>,
): readonly Run[] {
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

export function findPart(
  directory: Directory,
  call: Call,
  { type, filter, sort }: Part,
  page: PageRequest,
): Promise<Page<StoredResource>> {
  return findResources(directory, call, type, { ...(filter && { filter }), ...(sort && { sort }), page });
}

/** A resource among those of its run; `part` and `at` tell which page of which part it comes from. */
export interface Merged {
  readonly resource: StoredResource;
  readonly part: number;
  readonly at: number;
}

/** The pages of a run's parts, one per part, as one list in the run's order. */
export function mergePages(run: Run, pages: readonly Page<StoredResource>[]): readonly Merged[] {
  const entries = pages.flatMap(({ items }, part) => {
    const by = run[part]?.sort?.by;
    return items.map((resource, at) => ({ resource, part, at, id: resource.id, key: by && sortKey(resource, by) }));
  });
  return entries.sort(compareEntries(run[0]?.sort?.order ?? 'ascending'));
}

export function totalOf(pages: readonly Page<StoredResource>[]): number {
  return pages.reduce((sum, { total = 0 }) => sum + total, 0);
}
