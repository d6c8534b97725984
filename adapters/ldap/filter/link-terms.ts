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
  const names = await (isOut
    ? namesAbove(reader, holder, term.ids, term)
    : namesBeneath(reader, holder, term.ids, term));
  if (names === undefined) return (await chainFilter(reader, holder, term)) ?? anything;
  return any(...names.map((dn) => equals(isOut ? holder.link : container.dialect.name, dn)));
}

/**
 * What the server's own rule finds, through groups as well that are not served. A server that goes through entry by entry pays for each id:
 * undefined for several, where the rule does not matter, and where the server has none.
 */
export async function chainFilter(
  reader: Reader,
  holder: Holder,
  { ids = [], transitive, direction }: LinkTerm,
): Promise<LdapFilter | undefined> {
  const { inChain } = holder.dialect.rules ?? {};
  const followed = direction === 'out' ? holder.link : backLinkOf(holder);
  if (!transitive || ids.length !== 1 || inChain === undefined || followed === undefined) return undefined;
  const [end] = (await reader.anyByIds(ids)).values();
  return end === undefined ? NOTHING : matchesBy(inChain, followed, end.dn);
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
