/** In which order a list stands, and what of it a directory can be asked for. */
import type { Filter } from 'ldapts';
import { type CompareOperator, pathName, type Sort } from '#model/filter.ts';
import { invalidPosition, type Place } from '#model/position.ts';
import type { ResourceId } from '#model/resource.ts';
import { compareEntries, type SortEntry, sortKey } from '#model/sort.ts';
import type { Entry } from '../connection/entry.ts';
import { instantAt, instantFilter } from '../filter/instants.ts';
import { all, any, EVERYTHING } from '../filter/terms.ts';
import type { Container } from '../tenant-view.ts';
import { toResource } from './reader.ts';

export interface Order {
  /** What has to be read of an entry to place it. */
  readonly attributes: readonly string[];
  /** Undefined for an entry without an id. */
  place(entry: Entry): SortEntry | undefined;
  readonly compare: (a: SortEntry, b: SortEntry) => number;
  /** What stands at the place or behind it matches; where there are `keys`, nothing else does. */
  from(place: Place): Filter;
  /** How a server sorts into this very order, the weightiest key first; absent where it would go by rules of its own. */
  readonly keys?: readonly ServerKey[];
}

export interface ServerKey {
  readonly attribute: string;
  readonly rule?: string;
  readonly descending: boolean;
}

/** By id where nothing is asked. Texts are compared by core's own folding, whatever a server takes for their order. */
export function orderOf(container: Container, sort: Sort | undefined): Order {
  const { id, dialect } = container;
  const descending = sort?.order === 'descending';
  const compare = compareEntries(sort?.order ?? 'ascending');
  const ids = id.sortRule === undefined ? [] : [{ attribute: id.attribute, rule: id.sortRule, descending }];
  if (sort === undefined || pathName(sort.by) === 'id') {
    const place = (entry: Entry) => placeOf(container, entry, () => undefined);
    const from = (after: Place) => beyondId(container, after, descending);
    return { attributes: id.attributes, place, compare, from, ...(ids.length > 0 && { keys: ids }) };
  }
  const byPath = { ...placingBy(container, sort), compare };
  const instant = instantAt(sort.by, dialect);
  if (instant === undefined) return { ...byPath, from: () => EVERYTHING };
  const from = (after: Place) => beyondInstant(container, instant, after, descending);
  return { ...byPath, from, ...(ids.length > 0 && { keys: [{ attribute: instant, descending }, ...ids] }) };
}

/** By the value that the resource would have, read from as little of the entry as says it. */
function placingBy(container: Container, { by }: Sort): Pick<Order, 'attributes' | 'place'> {
  const { id, dialect } = container;
  const map = container.map.narrowedTo([by]);
  const part = { ...container, map };
  const keyOf = (entry: Entry, found: ResourceId) =>
    sortKey(toResource({ container: part, entry, id: found, dn: '' }, {}), by);
  const isMeta = by.schema === undefined && by.name === 'meta';
  const stamps = [dialect.version, dialect.created, dialect.modified];
  return {
    attributes: [...id.attributes, ...(isMeta ? stamps : map.attributes)],
    place: (entry) => placeOf(container, entry, keyOf),
  };
}

function placeOf(
  { id }: Container,
  entry: Entry,
  keyOf: (entry: Entry, id: ResourceId) => SortEntry['key'],
): SortEntry | undefined {
  const found = id.read(entry);
  return found === undefined ? undefined : { id: found, key: keyOf(entry, found) };
}

function beyondId({ id }: Container, after: Place, descending: boolean): Filter {
  return id.beyond(after.id, descending) ?? EVERYTHING;
}

/** @throws INVALID_CURSOR */
function beyondInstant(container: Container, attribute: string, after: Place, descending: boolean): Filter {
  if (!Number.isSafeInteger(after.key)) throw invalidPosition();
  const is = (operator: CompareOperator) => instantFilter(container.dialect, attribute, operator, Number(after.key));
  return any(is(descending ? 'lt' : 'gt'), all(is('eq'), beyondId(container, after, descending)));
}
