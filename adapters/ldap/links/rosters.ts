/** Members of large groups, for those who read them page by page: a directory gives nothing less than all of them. */
import { LRUCache } from 'lru-cache';
import type { ResourceId, ResourceTypeName, Version } from '#model/resource.ts';
import { type Reader, versionOf } from '../read/reader.ts';
import type { Holder } from './holders.ts';

interface Roster {
  /** Of the group that had these members. */
  readonly version: Version;
  /** Normalized names in any order. */
  readonly ends: readonly string[];
}

/** Below it, to read a group anew costs no more than to ask whether it is the same. */
const LARGE = 1_000;
/** Of a tenant: some 120 bytes each. */
const MOST_NAMES = 250_000;
const LONGEST_MS = 60_000;

export class Rosters {
  readonly #kept = new LRUCache<string, Roster>({
    maxSize: MOST_NAMES,
    sizeCalculation: ({ ends }) => ends.length,
    ttl: LONGEST_MS,
  });

  /** Nothing where they are few, or too many to be kept. */
  keep(id: ResourceId, type: ResourceTypeName | undefined, roster: Roster): void {
    if (roster.ends.length >= LARGE) this.#kept.set(keyOf(id, type), roster);
  }

  /** Of those groups that still are as they were, in one search; none where nothing was kept. `type` of the members alone. */
  async current(
    reader: Reader,
    holder: Holder,
    ids: readonly ResourceId[],
    type: ResourceTypeName | undefined,
  ): Promise<ReadonlyMap<ResourceId, readonly string[]>> {
    const kept = new Map(ids.flatMap((id) => this.#entry(id, type)));
    const found = kept.size === 0 ? new Map() : await reader.byIds(holder, [...kept.keys()], reader.view.identifying);
    const current = [...kept].filter(([id, { version }]) => found.has(id) && versionOf(found.get(id)) === version);
    return new Map(current.map(([id, { ends }]) => [id, ends]));
  }

  #entry(id: ResourceId, type: ResourceTypeName | undefined): readonly (readonly [ResourceId, Roster])[] {
    const roster = this.#kept.get(keyOf(id, type));
    return roster === undefined ? [] : [[id, roster]];
  }
}

function keyOf(id: ResourceId, type: ResourceTypeName = ''): string {
  return `${type} ${id}`;
}
