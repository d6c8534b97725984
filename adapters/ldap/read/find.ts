/** Lists: a total order, in pages that any process can go on with. */
import { hash } from 'node:crypto';
import type { Filter } from 'ldapts';
import type { Page, Query } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { pathName, type Sort } from '#model/filter.ts';
import { invalidPosition, parsePosition, placeToPosition } from '#model/position.ts';
import type { StoredResource } from '#model/resource.ts';
import type { SortEntry } from '#model/sort.ts';
import { filterBytes } from '../connection/controls.ts';
import { resolveLinks } from '../filter/link-terms.ts';
import { toLdapFilter } from '../filter/push-down.ts';
import { EVERYTHING } from '../filter/terms.ts';
import type { Container } from '../tenant-view.ts';
import type { List, Part, Selected } from './list.ts';
import { orderOf } from './order.ts';
import type { Reader } from './reader.ts';
import { select } from './select.ts';
import { selectAhead } from './select-ahead.ts';

/**
 * Which entries the page holds, then the entries. A position is a place in the order, so it holds in any process, in both directions,
 * and after its resource has gone.
 */
export async function find(
  reader: Reader,
  container: Container,
  { filter, page, sort, retained }: Query,
): Promise<Page<StoredResource>> {
  if (retained === true) throw new DirectoryError('UNSUPPORTED', 'the LDAP backend retains nothing');
  const wanted =
    filter === undefined ? EVERYTHING : toLdapFilter(filter, container, await resolveLinks(reader, container, filter));
  const order = orderOf(container, sort);
  const list: List = { name: nameOf(reader, container, wanted, sort), reader, container, filter: wanted, order };
  const after = 'after' in page && page.after !== undefined ? toEntry(container, page.after) : undefined;
  const skip = 'offset' in page ? page.offset : 0;
  const part: Part = { after, skip, count: page.limit };
  const parts = page.total && after !== undefined ? [part, COUNT] : [part];
  // Whoever goes on is likely to go on again.
  const goesOn = after !== undefined || skip > 0;
  const selected = await (goesOn ? selectAhead(list, parts) : Promise.all(parts.map((each) => select(list, each))));
  const [{ entries, behind } = NONE, total = { behind }] = selected;
  const found = await reader.byIds(
    container,
    entries.map(({ id }) => id),
  );
  const places = entries.filter(({ id }) => found.has(id));
  const last = entries.at(-1);
  return {
    items: await reader.toResources(places.flatMap(({ id }) => found.get(id) ?? [])),
    ...(last !== undefined && skip + entries.length < behind && { next: placeToPosition(last) }),
    ...(page.positions && { positions: places.map(placeToPosition) }),
    ...(page.total && { total: total.behind }),
  };
}

const COUNT: Part = { skip: 0, count: 0 };
const NONE: Selected = { entries: [], behind: 0 };

function nameOf({ call }: Reader, container: Container, filter: Filter, sort: Sort | undefined): string {
  const order = sort && [pathName(sort.by), sort.by.comparison, sort.order];
  const filterText = filterBytes(filter).toString('base64');
  return hash('sha256', JSON.stringify([container.type, call.consistency, order, filterText]));
}

/** @throws INVALID_CURSOR */
function toEntry(container: Container, position: string): SortEntry {
  const { id, key } = parsePosition(position);
  if (!container.id.accepts(id)) throw invalidPosition();
  return { id, key };
}
