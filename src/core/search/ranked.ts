import type { Sort } from '#model/filter.ts';
import { compareText } from '#model/fold.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { compareKeys, type SortEntry, sortKey } from '#model/sort.ts';

/** A resource's place in an order of several keys. */
export interface Ranked {
  readonly keys: readonly SortEntry['key'][];
  readonly id: ResourceId;
}

export function rankOf(resource: StoredResource, sorts: readonly Sort[]): Ranked {
  return { keys: sorts.map(({ by }) => sortKey(resource, by)), id: resource.id };
}

/** Each key in its own direction, then the id in that of the first: the reverse of all sorts is the exact reverse. */
export function compareRanked(sorts: readonly Sort[]): (a: Ranked, b: Ranked) => number {
  const compares = sorts.map(({ order }) => compareKeys(order));
  const sign = sorts[0]?.order === 'descending' ? -1 : 1;
  return (a, b) => {
    for (const [index, compare] of compares.entries()) {
      const order = compare(a.keys[index], b.keys[index]);
      if (order !== 0) return order;
    }
    return sign * compareText(a.id, b.id);
  };
}
