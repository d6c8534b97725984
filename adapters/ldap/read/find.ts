/** Lists: a total order by id, in pages that any process can go on with. */
import type { Filter as LdapFilter } from 'ldapts';
import type { Page, PageRequest, Query } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { pathName } from '#model/filter.ts';
import { compareText } from '#model/fold.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { toLdapFilter } from '../filter/push-down.ts';
import { all, EVERYTHING } from '../filter/terms.ts';
import type { Container } from '../tenant-view.ts';
import type { Reader } from './reader.ts';

/**
 * The ids of all that match are read, which is little for each, then the entries of the page. A position is an id, so it holds in
 * any process, in both directions, and after its resource has gone.
 */
export async function find(
  reader: Reader,
  container: Container,
  { filter, page, sort, retained }: Query,
): Promise<Page<StoredResource>> {
  if (retained === true) throw unsupported('retains nothing');
  if (sort !== undefined && pathName(sort.by) !== 'id') throw unsupported(`does not sort by ${pathName(sort.by)}`);
  const descending = sort?.order === 'descending';
  const after = 'after' in page ? parsePosition(container, page.after) : undefined;
  const wanted = filter === undefined ? EVERYTHING : toLdapFilter(filter, container);
  const bound = page.total === true || after === undefined ? undefined : container.id.beyond(after, descending);
  const bounded = bound === undefined ? wanted : all(wanted, bound);
  const ids = await readIds(reader, container, bounded);
  if (descending) ids.reverse();
  return pageOf(reader, container, page, ids, startOf(ids, page, after, descending));
}

async function readIds(reader: Reader, container: Container, filter: LdapFilter): Promise<ResourceId[]> {
  const ids: ResourceId[] = [];
  const search = {
    base: container.base,
    scope: 'sub',
    filter: all(container.classFilter, filter),
    attributes: [container.id.attribute],
  } as const;
  await reader.pool.stream(reader.call, search, (entry) => {
    const id = container.id.read(entry);
    if (id !== undefined) ids.push(id);
  });
  return ids.sort(compareText);
}

function startOf(
  ids: readonly ResourceId[],
  page: PageRequest,
  after: ResourceId | undefined,
  descending: boolean,
): number {
  if ('offset' in page) return page.offset;
  if (after === undefined) return 0;
  const place = ids.findIndex((id) => (descending ? compareText(id, after) < 0 : compareText(id, after) > 0));
  return place < 0 ? ids.length : place;
}

async function pageOf(
  reader: Reader,
  container: Container,
  { limit, positions, total }: PageRequest,
  ids: readonly ResourceId[],
  start: number,
): Promise<Page<StoredResource>> {
  const wanted = ids.slice(start, start + limit);
  const found = await reader.byIds(container, wanted);
  const items = await reader.toResources(wanted.flatMap((id) => found.get(id) ?? []));
  const last = wanted.at(-1);
  return {
    items,
    ...(last !== undefined && start + limit < ids.length && { next: last }),
    ...(positions && { positions: items.map(({ id }) => id) }),
    ...(total && { total: ids.length }),
  };
}

/** @throws INVALID_CURSOR */
function parsePosition({ id }: Container, after: string | undefined): ResourceId | undefined {
  if (after === undefined || id.accepts(after)) return after as ResourceId | undefined;
  throw new DirectoryError('INVALID_CURSOR', 'not a position that this backend gave out');
}

function unsupported(what: string): DirectoryError {
  return new DirectoryError('UNSUPPORTED', `the LDAP backend ${what}`);
}
