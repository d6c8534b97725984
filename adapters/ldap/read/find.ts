/** Lists: a total order, in pages that any process can go on with. */
import type { Page, Query } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { invalidPosition, parsePosition, placeToPosition } from '#model/position.ts';
import type { StoredResource } from '#model/resource.ts';
import type { SortEntry } from '#model/sort.ts';
import { resolveLinks } from '../filter/link-terms.ts';
import { toLdapFilter } from '../filter/push-down.ts';
import { EVERYTHING } from '../filter/terms.ts';
import type { Container } from '../tenant-view.ts';
import type { List } from './list.ts';
import { orderOf } from './order.ts';
import type { Reader } from './reader.ts';
import { select } from './select.ts';

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
  const list: List = { reader, container, filter: wanted, order: orderOf(container, sort) };
  const after = 'after' in page && page.after !== undefined ? toEntry(container, page.after) : undefined;
  const skip = 'offset' in page ? page.offset : 0;
  const [{ entries, behind }, total] = await Promise.all([
    select(list, { after, skip, count: page.limit }),
    page.total && after !== undefined ? countAll(list) : undefined,
  ]);
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
    ...(page.total && { total: total ?? behind }),
  };
}

async function countAll(list: List): Promise<number> {
  return (await select(list, { skip: 0, count: 0 })).behind;
}

/** @throws INVALID_CURSOR */
function toEntry(container: Container, position: string): SortEntry {
  const { id, key } = parsePosition(position);
  if (!container.id.accepts(id)) throw invalidPosition();
  return { id, key };
}
