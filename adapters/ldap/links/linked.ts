/** Links as DNs in `member` and `manager`, read in as many searches as the ids need, whatever number of links there is. */
import type { LinkOptions, Page } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { EdgeName, Linked, ResourceId, ResourceTypeName } from '#model/resource.ts';
import { tryNormalizeDn } from '../dn.ts';
import { any } from '../filter/terms.ts';
import { idTerms, NAMES_PER_SEARCH, type Reader, versionOf } from '../read/reader.ts';
import type { Found } from '../tenant-view.ts';
import { type Holder, holderOf, holdersById, typeNamed } from './holders.ts';
import { cut, emptyPage, toPage } from './page.ts';
import { Rosters } from './rosters.ts';
import { shownOf } from './shown.ts';

export async function linked(
  reader: Reader,
  edge: EdgeName,
  direction: 'out' | 'in',
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  if ((options.depth ?? 1) > 1) throw notNested();
  const holder = holderOf(reader, edge);
  if (holder === undefined || ids.length === 0) return ids.map(() => emptyPage(options.page));
  return direction === 'out' ? linkedOut(reader, holder, ids, options) : linkedIn(reader, holder, ids, options);
}

/**
 * Two searches: of the holders, then of the ends on their pages; one where the ends are managers that came along with the holders. Of a
 * large group of which a page was read before, the first one asks alone whether it is the same.
 */
async function linkedOut(
  reader: Reader,
  holder: Holder,
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  const shown = shownOf(reader, options.with);
  const guessed = holder === reader.view.users ? reader.view.likelyManagers(ids) : [];
  const read = guessed.length === 0 ? reader.view.identifying : shown.attributes;
  const rosters = rostersOf(reader.view);
  const known = await rosters.current(reader, holder, ids, options.type);
  const others = ids.filter((id) => !known.has(id));
  const holders = await reader.byIds(holder, others, [...read, holder.link], guessed);
  const pages = ids.map((id) => {
    const roster = known.get(id);
    if (roster !== undefined) return cut(roster, options.page);
    const found = holders.get(id);
    if (found === undefined) return cut([], options.page);
    const ends = endsOf(reader, holder, found, options.type);
    const page = cut(ends, options.page);
    if (page.next !== undefined) rosters.keep(id, options.type, { version: versionOf(found), ends });
    return page;
  });
  const along = guessed.length === 0 ? [] : [...holders.values()];
  const ends = new Map(along.map((each) => [each.dn, each]));
  const names = pages.flatMap(({ items }) => items).filter((dn) => !ends.has(dn) && !guessed.includes(dn));
  if (names.length > 0) for (const [dn, each] of await reader.byDns(names, shown.attributes)) ends.set(dn, each);
  const found = new Map((await reader.withReferences([...ends.values()])).map((each) => [each.dn, each]));
  return pages.map((page) => toPage(page, (dn) => found.get(dn), shown, options));
}

const rosters = new WeakMap<object, Rosters>();

/** A tenant's: whatever is forgotten with its view. */
function rostersOf(view: object): Rosters {
  const present = rosters.get(view) ?? new Rosters();
  rosters.set(view, present);
  return present;
}

/** Normalized. */
function endsOf(
  { view }: Reader,
  { link }: Holder,
  found: Found,
  wanted: ResourceTypeName | undefined,
): readonly string[] {
  return found.entry.strings(link).flatMap((text) => {
    const dn = tryNormalizeDn(text);
    const type = dn === undefined ? undefined : typeNamed(view, found, dn);
    return dn !== undefined && type !== undefined && (wanted ?? type) === type ? [dn] : [];
  });
}

async function linkedIn(
  reader: Reader,
  holder: Holder,
  ids: readonly ResourceId[],
  options: LinkOptions,
): Promise<readonly Page<Linked>[]> {
  if (options.type !== undefined && options.type !== holder.type) return ids.map(() => emptyPage(options.page));
  const shown = shownOf(reader, options.with);
  const holders = await holdersById(reader, holder, ids, { attributes: shown.attributes });
  const found = await reader.withReferences([...new Set([...holders.values()].flat())]);
  const ends = new Map(found.map((each) => [each.id as string, each]));
  return ids.map((id) => {
    const names = new Set((holders.get(id) ?? []).map((each) => each.id as string));
    return toPage(cut([...names], options.page), (end) => ends.get(end), shown, options);
  });
}

/** Only groups that are asked about are read, of the many that somebody may be in. */
export async function areLinked(
  reader: Reader,
  edge: EdgeName,
  pairs: readonly { readonly from: ResourceId; readonly to: ResourceId }[],
  { transitive }: { readonly transitive: boolean },
): Promise<readonly boolean[]> {
  if (transitive) throw notNested();
  const holder = holderOf(reader, edge);
  if (holder === undefined || pairs.length === 0) return pairs.map(() => false);
  const from = idTerms(
    [holder],
    pairs.map((pair) => pair.from),
  );
  if (from.length === 0) return pairs.map(() => false);
  const among = from.length > NAMES_PER_SEARCH ? [] : [any(...from)];
  const to = pairs.map((pair) => pair.to);
  const holders = await holdersById(reader, holder, to, { among });
  return pairs.map((pair) => holders.get(pair.to)?.some(({ id }) => id === pair.from) ?? false);
}

function notNested(): DirectoryError {
  return new DirectoryError('UNSUPPORTED', 'the LDAP backend follows links one level at a time');
}
