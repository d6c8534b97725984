/** Links as DNs in `member` and `manager`, read in as many searches as the ids need, whatever number of links there is. */
import type { LinkOptions, Page, PageRequest } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { compareText } from '#model/fold.ts';
import type { EdgeName, Linked, ResourceId, ResourceTypeName } from '#model/resource.ts';
import { matchedValues } from '../connection/controls.ts';
import { tryNormalizeDn } from '../dn.ts';
import { any, equals, has } from '../filter/terms.ts';
import { partsOf, type Reader } from '../read/reader.ts';
import type { Container, Found } from '../tenant-view.ts';

/** The far ends of one resource's links: normalized DNs in order, of which only some need be read. */
type Ends = readonly string[];

export async function linked(
  reader: Reader,
  edge: EdgeName,
  direction: 'out' | 'in',
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  if ((options.depth ?? 1) > 1) throw notNested();
  const holder = holderOf(reader, edge);
  if (holder?.link === undefined || ids.length === 0) return ids.map(() => emptyPage(options.page));
  return direction === 'out'
    ? linkedOut(reader, holder, holder.link, ids, options)
    : linkedIn(reader, holder, holder.link, ids, options);
}

/** The type whose entries name the others. */
export function holderOf({ view }: Reader, edge: EdgeName): Container {
  return edge === 'members' ? view.groups : view.users;
}

async function linkedOut(
  reader: Reader,
  holder: Container,
  link: string,
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  const holders = await reader.byIds(holder, ids, [...reader.view.operational, link]);
  const pages = ids.map((id) => {
    const found = holders.get(id);
    const ends = found === undefined ? [] : endsOf(reader, found, link, options.type);
    return cut(ends, options.page);
  });
  const attributes = options.with === undefined ? reader.view.operational : undefined;
  const wanted = pages.flatMap(({ items }) => items);
  const found =
    wanted.length === 0 ? new Map<string, Found>() : await reader.byDns(wanted, attributes ?? everything(reader));
  return pages.map((page) => toPage(page, (dn) => found.get(dn), options));
}

/** Names of resources alone: a placeholder, or what lies elsewhere in the tree, is no link. */
function endsOf({ view }: Reader, { entry, container }: Found, link: string, type: ResourceTypeName | undefined): Ends {
  const wanted = container === view.users ? 'User' : type;
  if (container === view.users && type !== undefined && type !== 'User') return [];
  const names = entry.strings(link).flatMap((text) => {
    const dn = tryNormalizeDn(text);
    const end = dn === undefined ? undefined : view.typeOf(dn);
    return dn !== undefined && end !== undefined && (wanted === undefined || end === wanted) ? [dn] : [];
  });
  return [...new Set(names)].sort(compareText);
}

async function linkedIn(
  reader: Reader,
  holder: Container,
  link: string,
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  const starts = await reader.anyByIds(ids);
  const names = [...starts.values()].map(({ dn }) => dn);
  const holders = await holdersOf(reader, holder, link, names, options.with === undefined ? [] : holder.map.attributes);
  const byId = new Map(holders.map(({ found }) => [found.id as string, found]));
  return ids.map((id) => {
    const start = starts.get(id);
    const wrongType = options.type !== undefined && options.type !== holder.type;
    const ends =
      wrongType || start === undefined
        ? []
        : holders.filter(({ names: held }) => held.has(start.dn)).map(({ found }) => found.id);
    return toPage(cut(ends.toSorted(compareText), options.page), (end) => byId.get(end), options);
  });
}

interface Holder {
  readonly found: Found;
  /** Those asked for that it names, normalized. */
  readonly names: ReadonlySet<string>;
}

/** Who names any of `names`; of a group of 100,000 only the members asked for come back (RFC 3876). */
export async function holdersOf(
  reader: Reader,
  holder: Container,
  link: string,
  names: readonly string[],
  attributes: readonly string[],
): Promise<readonly Holder[]> {
  const read = [...new Set([...reader.view.operational, ...attributes, link])];
  const parts = await Promise.all(
    partsOf(names).map((part) => {
      const filters = part.map((dn) => equals(link, dn));
      const others = read.filter((name) => name !== link).map(has);
      return reader.search(holder, any(...filters), read, [matchedValues([...filters, ...others])]);
    }),
  );
  const merged = new Map<string, { found: Found; names: Set<string> }>();
  for (const found of parts.flat()) {
    const known = merged.get(found.id) ?? { found, names: new Set<string>() };
    for (const text of found.entry.strings(link)) known.names.add(tryNormalizeDn(text) ?? text);
    merged.set(found.id, known);
  }
  return [...merged.values()];
}

export async function areLinked(
  reader: Reader,
  edge: EdgeName,
  pairs: readonly { readonly from: ResourceId; readonly to: ResourceId }[],
  { transitive }: { readonly transitive: boolean },
): Promise<readonly boolean[]> {
  if (transitive) throw notNested();
  const holder = holderOf(reader, edge);
  if (holder.link === undefined || pairs.length === 0) return pairs.map(() => false);
  const ends = await reader.anyByIds(pairs.map(({ to }) => to));
  const holders = await holdersOf(
    reader,
    holder,
    holder.link,
    [...ends.values()].map(({ dn }) => dn),
    [],
  );
  const byId = new Map(holders.map((each) => [each.found.id, each.names]));
  return pairs.map(({ from, to }) => {
    const end = ends.get(to);
    return end !== undefined && (byId.get(from)?.has(end.dn) ?? false);
  });
}

interface Cut {
  readonly items: readonly string[];
  readonly next?: string;
  readonly total: number;
}

/** A position is the end's own name, so that it outlives the link. */
function cut(ends: readonly string[], page: PageRequest): Cut {
  const start = 'offset' in page ? page.offset : startAfter(ends, page.after);
  const items = ends.slice(start, start + page.limit);
  const last = items.at(-1);
  return { items, total: ends.length, ...(last !== undefined && start + page.limit < ends.length && { next: last }) };
}

function startAfter(ends: readonly string[], after: string | undefined): number {
  if (after === undefined) return 0;
  const place = ends.findIndex((end) => compareText(end, after) > 0);
  return place < 0 ? ends.length : place;
}

function toPage(
  { items, next, total }: Cut,
  find: (end: string) => Found | undefined,
  { page, with: paths }: LinkOptions,
): Page<Linked> {
  const found = items.flatMap((end) => {
    const each = find(end);
    return each === undefined ? [] : [{ end, each }];
  });
  return {
    items: found.map(({ each }) => ({
      id: each.id,
      type: each.container.type,
      depth: 1,
      ...(paths !== undefined && { attributes: each.container.map.toAttributes(each.entry) }),
    })),
    ...(next !== undefined && { next }),
    ...(page.positions && { positions: found.map(({ end }) => end) }),
    ...(page.total && { total }),
  };
}

function everything({ view: { users, groups, operational } }: Reader): readonly string[] {
  return [...new Set([...operational, ...users.map.attributes, ...groups.map.attributes])];
}

function emptyPage({ positions, total }: PageRequest): Page<Linked> {
  return { items: [], ...(positions && { positions: [] }), ...(total && { total: 0 }) };
}

function notNested(): DirectoryError {
  return new DirectoryError('UNSUPPORTED', 'the LDAP backend follows links one level at a time');
}
