/** Questions of links within a filter: no less than fits is found, by the names of few; core checks again. */
import type { Filter as LdapFilter } from 'ldapts';
import { type Filter, type LinkTerm, linkTermsOf } from '#model/filter.ts';
import type { ResourceId } from '#model/resource.ts';
import { tryNormalizeDn } from '../dn.ts';
import { backLinkOf, type Holder, holderOf, holdersOf } from '../links/holders.ts';
import { NAMES_PER_SEARCH, type Reader } from '../read/reader.ts';
import type { Container, Found } from '../tenant-view.ts';
import { any, EVERYTHING, equals, has, matchesBy, NOTHING } from './terms.ts';

export type LinkFilters = ReadonlyMap<LinkTerm, LdapFilter>;

/** What a directory is asked for each question of links that a filter has. */
export async function resolveLinks(reader: Reader, container: Container, filter: Filter): Promise<LinkFilters> {
  const terms = linkTermsOf(filter);
  const filters = await Promise.all(terms.map((term) => linkFilter(reader, container, term)));
  return new Map(terms.map((term, at) => [term, filters[at] ?? EVERYTHING]));
}

async function linkFilter(reader: Reader, container: Container, term: LinkTerm): Promise<LdapFilter> {
  const holder = holderOf(reader, term.edge);
  if (holder === undefined) return NOTHING;
  const isOut = term.direction === 'out';
  if (isOut && holder !== container) return NOTHING;
  const anything = isOut ? has(holder.link) : EVERYTHING;
  if (term.ids === undefined) return anything;
  const { inChain } = holder.dialect.rules ?? {};
  const followed = isOut ? holder.link : backLinkOf(holder);
  if (term.transitive && inChain !== undefined && followed !== undefined) {
    const ends = await reader.anyByIds(term.ids);
    // It goes through groups as well that are not served.
    return any(...[...ends.values()].map(({ dn }) => matchesBy(inChain, followed, dn)));
  }
  const names = await (isOut
    ? namesAbove(reader, holder, term.ids, term)
    : namesBeneath(reader, holder, term.ids, term));
  if (names === undefined) return anything;
  return any(...names.map((dn) => equals(isOut ? holder.link : container.dialect.name, dn)));
}

/** By whom a holder may name what is asked for: directly, or through holders that are named in turn. Undefined where they are too many. */
async function namesAbove(
  reader: Reader,
  holder: Holder,
  ids: readonly ResourceId[],
  { transitive }: LinkTerm,
): Promise<readonly string[] | undefined> {
  const names = new Set<string>();
  let level = [...(await reader.anyByIds(ids)).values()].map(({ dn }) => dn);
  while (level.length > 0) {
    for (const dn of level) names.add(dn);
    if (names.size > NAMES_PER_SEARCH) return undefined;
    if (!transitive) break;
    const found = [...(await holdersOf(reader, holder, level)).values()].flat();
    level = [...new Set(found.map(({ dn }) => dn))].filter((dn) => !names.has(dn));
  }
  return [...names];
}

/** Whom the holders of these ids name, directly or through holders that they name. Undefined where they are too many. */
async function namesBeneath(
  reader: Reader,
  holder: Holder,
  ids: readonly ResourceId[],
  { transitive }: LinkTerm,
): Promise<readonly string[] | undefined> {
  const names = new Set<string>();
  const read = [...reader.view.operational, holder.link];
  let level: readonly Found[] = [...(await reader.byIds(holder, ids, read)).values()];
  while (level.length > 0) {
    const named = namedBy(level, holder);
    const fresh = named?.filter((dn) => !names.has(dn));
    if (fresh === undefined || names.size + fresh.length > NAMES_PER_SEARCH) return undefined;
    for (const dn of fresh) names.add(dn);
    if (!transitive || fresh.length === 0) break;
    const found = await reader.byDns(fresh, read);
    level = [...found.values()].filter(({ container }) => container === holder);
  }
  return [...names];
}

/** Normalized. Undefined where a server sends the values of a large entry in parts. */
function namedBy(level: readonly Found[], { link }: Holder): readonly string[] | undefined {
  if (
    level.some(({ entry }) => entry.names.some((name) => name.toLowerCase().startsWith(`${link.toLowerCase()};range=`)))
  ) {
    return undefined;
  }
  return [...new Set(level.flatMap(({ entry }) => entry.strings(link).flatMap((text) => tryNormalizeDn(text) ?? [])))];
}
