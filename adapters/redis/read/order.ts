import type { PageRequest } from '#adapters/adapter.ts';
import { pathName, type Sort } from '#model/filter.ts';
import { type Place, parsePosition } from '#model/position.ts';
import type { ResourceTypeName, StoredResource } from '#model/resource.ts';
import { compareEntries, sortKey } from '#model/sort.ts';
import { indexAt } from '../indexes.ts';
import { idsKey, orderKey } from '../keys.ts';
import type { Slice } from '../store.ts';
import { encodeText, LAST, SEPARATOR } from '../text.ts';

/** The order of a list, and the set that holds it, if there is one. */
export class ListOrder {
  readonly direction: Sort['order'];
  readonly compare: (a: Place, b: Place) => number;
  readonly #by: Sort['by'] | undefined;
  /** Undefined where no set is in this order. */
  readonly #key: string | undefined;

  constructor(type: ResourceTypeName, sort: Sort | undefined, retained: boolean) {
    const by = sort === undefined || pathName(sort.by) === 'id' ? undefined : sort.by;
    const index = by && indexAt(type, by);
    this.direction = sort?.order ?? 'ascending';
    const compare = compareEntries(this.direction);
    this.compare = (a, b) => compare({ key: a.key, id: a.id }, { key: b.key, id: b.id });
    this.#by = by;
    if (by === undefined) this.#key = idsKey(type, retained);
    else if (index !== undefined && !index.path.multiValued && !retained) this.#key = orderKey(index.name, type);
  }

  get isKept(): boolean {
    return this.#key !== undefined;
  }

  placeOf(resource: StoredResource): Place {
    const { id } = resource;
    return this.#by === undefined ? { id } : { id, key: sortKey(resource, this.#by) };
  }

  /** Where a request begins. @throws INVALID_CURSOR */
  startOf(page: PageRequest): Place | undefined {
    if ('offset' in page || page.after === undefined) return undefined;
    const { id, key } = parsePosition(page.after);
    return this.#by === undefined ? { id } : { id, key };
  }

  /** `count` members of the set behind a place, or from its beginning. @throws {TypeError} where no set is in this order */
  behind(place: Place | undefined, count: number, retained: boolean): Slice {
    const start = place && `(${this.#member(place)}`;
    const part =
      this.direction === 'ascending'
        ? ({ command: 'ZRANGEBYLEX', from: start ?? '-', to: '+' } as const)
        : ({ command: 'ZREVRANGEBYLEX', from: start ?? '+', to: '-' } as const);
    return { key: this.#set, ...part, count, retained };
  }

  /** `count` members by rank. @throws {TypeError} as `behind` */
  from(offset: number, count: number, retained: boolean): Slice {
    const command = this.direction === 'ascending' ? 'ZRANGE' : 'ZREVRANGE';
    return { key: this.#set, command, from: offset, to: offset + count - 1, count, retained };
  }

  get #set(): string {
    if (this.#key === undefined) throw new TypeError('no set is in this order');
    return this.#key;
  }

  #member({ key, id }: Place): string {
    if (this.#by === undefined) return encodeText(id);
    return (typeof key === 'string' ? encodeText(key) : LAST) + SEPARATOR + encodeText(id);
  }
}
