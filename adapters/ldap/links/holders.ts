/** Who names an entry: groups by `member`, reports by `manager`. */
import type { Filter } from 'ldapts';
import type { EdgeName, ResourceId, ResourceTypeName } from '#model/resource.ts';
import { type Control, matchedValues } from '../connection/controls.ts';
import { normalizeDn, tryNormalizeDn } from '../dn.ts';
import { all, any, equals, has } from '../filter/terms.ts';
import { idTerms, partsOf, type Reader } from '../read/reader.ts';
import type { Container, Found, TenantView } from '../tenant-view.ts';

/** From so many on two searches cost less than one in which a server goes through their members. */
const MANY_GROUPS = 16;

/** A type whose entries name others. */
export interface Holder extends Container {
  readonly link: string;
}

/** Undefined where the directory has no such links. */
export function holderOf({ view: { users, groups } }: Reader, edge: EdgeName): Holder | undefined {
  const container = edge === 'members' ? groups : users;
  return isHolder(container) ? container : undefined;
}

function isHolder(container: Container): container is Holder {
  return container.link !== undefined;
}

/**
 * The type of what a holder names; undefined where that is no link: a placeholder, what lies elsewhere in the tree, and a group in itself,
 * which stands in for members as well. Normalized.
 */
export function typeNamed(view: TenantView, { container, dn }: Found, name: string): ResourceTypeName | undefined {
  const type = view.typeOf(name);
  if (container.type === 'User') return type === 'User' ? type : undefined;
  return name === dn ? undefined : type;
}

interface Wanted {
  /** Beside what tells which resource a holder is. */
  readonly attributes?: readonly string[];
  /** What else must hold of holders. */
  readonly among?: readonly Filter[];
}

/** Who names each of `names`, both normalized; a name that nobody names is absent. */
export async function holdersOf(
  reader: Reader,
  holder: Holder,
  names: readonly string[],
  { attributes = [], among = [] }: Wanted = {},
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const parts = await Promise.all(
    partsOf(names).map((part) => {
      const named = part.map((dn) => equals(holder.link, dn));
      const { read, controls } = reading(reader, holder, attributes, named);
      const naming = all(any(...named), ...among);
      if (backLinkOf(holder) === undefined) return reader.search(holder, naming, read, controls);
      // Those who are named say by whom.
      const ends = part.map((dn) => equals(holder.dialect.name, dn));
      return reader.searchAll(any(...ends, all(holder.classFilter, naming)), read, controls);
    }),
  );
  return byName(reader, holder, parts.flat());
}

/**
 * Who names the entry of each id; absent for an id that nobody has. One search for as many ids as a filter takes where the entries are
 * where they were last seen: they are asked for by their ids as well, so that a name which is somebody else's by now is not gone by.
 */
export async function holdersById(
  reader: Reader,
  holder: Holder,
  ids: readonly ResourceId[],
  wanted: Wanted = {},
): Promise<ReadonlyMap<ResourceId, readonly Found[]>> {
  const parts = await Promise.all(
    partsOf([...new Set(ids)]).map((part) => holdersOfPart(reader, holder, part, wanted)),
  );
  return new Map(parts.flatMap((part) => [...part]));
}

async function holdersOfPart(
  reader: Reader,
  holder: Holder,
  ids: readonly ResourceId[],
  wanted: Wanted,
): Promise<ReadonlyMap<ResourceId, readonly Found[]>> {
  const { users, groups } = reader.view;
  const terms = idTerms([users, groups], ids);
  if (terms.length === 0) return new Map();
  const names = ids.flatMap((id) => reader.view.names.get(id) ?? []);
  const remembered = new Set(names.map(({ dn }) => normalizeDn(dn)));
  const areMany = names.filter(({ container }) => container === groups).length > MANY_GROUPS;
  const find = holder === groups && areMany && backLinkOf(holder) === undefined ? findApart : findTogether;
  const { starts: found, holders: near } = await find(reader, holder, terms, [...remembered], wanted);
  const asked = new Set(ids);
  const starts = found.filter(({ id }) => asked.has(id));
  const elsewhere = starts.filter(({ dn }) => !remembered.has(dn)).map(({ dn }) => dn);
  const holders = new Map([
    ...near,
    ...(elsewhere.length === 0 ? [] : await holdersOf(reader, holder, elsewhere, wanted)),
  ]);
  return new Map(starts.map(({ id, dn }) => [id, holders.get(dn) ?? []]));
}

/** Those who are named, by id, and those who name them, by their names. */
type Find = (
  reader: Reader,
  holder: Holder,
  terms: readonly Filter[],
  names: readonly string[],
  wanted: Wanted,
) => Promise<{ readonly starts: readonly Found[]; readonly holders: ReadonlyMap<string, readonly Found[]> }>;

/** In one search. */
const findTogether: Find = async (reader, holder, terms, names, { attributes = [], among = [] }) => {
  const named = names.map((dn) => equals(holder.link, dn));
  const { read, controls } = reading(reader, holder, attributes, named);
  const holding = named.length === 0 ? [] : [all(holder.classFilter, any(...named), ...among)];
  const found = await reader.searchAll(any(...terms, ...holding), read, controls);
  return { starts: found, holders: byName(reader, holder, found) };
};

/** Side by side: many groups in groups would bring all of their own members before the server, one by one for each name, to send none. */
const findApart: Find = async (reader, holder, terms, names, wanted) => {
  const [starts, holders] = await Promise.all([
    reader.searchAll(any(...terms), reader.view.identifying),
    holdersOf(reader, holder, names, wanted),
  ]);
  return { starts, holders };
};

/** Of a group of 100,000 only the members asked for come along (RFC 3876), or none where members say themselves what they are in. */
function reading(
  { view }: Reader,
  holder: Holder,
  attributes: readonly string[],
  named: readonly Filter[],
): { readonly read: readonly string[]; readonly controls: readonly Control[] } {
  const { link } = holder;
  const others = [...new Set([...view.operational, ...attributes])].filter((name) => name !== link);
  const backLink = backLinkOf(holder);
  if (backLink !== undefined) return { read: [...others, backLink], controls: [] };
  return { read: [...others, link], controls: [matchedValues([...named, ...others.map(has)])] };
}

export function backLinkOf({ link, dialect }: Holder): string | undefined {
  return dialect.backLinks?.[link];
}

function byName({ view }: Reader, holder: Holder, found: readonly Found[]): ReadonlyMap<string, readonly Found[]> {
  const backLink = backLinkOf(holder);
  return backLink === undefined ? byLink(view, holder, found) : byBackLink(holder, backLink, found);
}

function byBackLink(holder: Holder, backLink: string, found: readonly Found[]): ReadonlyMap<string, readonly Found[]> {
  const holders = new Map(found.filter(({ container }) => container === holder).map((each) => [each.dn, each]));
  const holdersOfEnd = ({ entry }: Found) =>
    entry.strings(backLink).flatMap((text) => holders.get(tryNormalizeDn(text) ?? text) ?? []);
  return new Map(found.map((end) => [end.dn, holdersOfEnd(end)]));
}

function byLink(view: TenantView, holder: Holder, found: readonly Found[]): ReadonlyMap<string, readonly Found[]> {
  const holders = new Map<string, Found[]>();
  for (const each of found) {
    if (each.container !== holder) continue;
    for (const text of each.entry.strings(holder.link)) {
      const name = tryNormalizeDn(text);
      if (name === undefined || typeNamed(view, each, name) === undefined) continue;
      const known = holders.get(name);
      if (known === undefined) holders.set(name, [each]);
      else if (known.at(-1) !== each) known.push(each);
    }
  }
  return holders;
}
