/** Searches of one call, and what they find as resources. */
import type { Filter } from 'ldapts';
import { type Call, withOwnTime } from '#model/call.ts';
import type { Links, ResourceId, StoredResource, Version } from '#model/resource.ts';
import type { Control } from '../connection/controls.ts';
import type { Entry } from '../connection/entry.ts';
import type { LdapPool } from '../connection/pool.ts';
import { tryNormalizeDn } from '../dn.ts';
import { all, any, equals } from '../filter/terms.ts';
import { parseTime } from '../mapping/converters.ts';
import { referencedDns, withIds } from '../mapping/references.ts';
import type { Container, Found, TenantView } from '../tenant-view.ts';

/** A filter grows with every id; a server takes this many without effort. */
export const NAMES_PER_SEARCH = 250;
/** It compares what it finds with each of them, so that many thousands cost it less in shorter filters: two thirds. */
const MANY = 1_000;
const NAMES_OF_MANY = 100;
const OWN_TIME_MS = 2_000;
const NOBODY: ReadonlyMap<string, Found> = new Map();

export class Reader {
  readonly pool: LdapPool;
  readonly view: TenantView;
  readonly call: Call;

  constructor(pool: LdapPool, view: TenantView, call: Call) {
    this.pool = pool;
    this.view = view;
    this.call = call;
  }

  /** With time of its own, for what has to be found out, or put right, after a write. */
  inOwnTime(): Reader {
    return new Reader(this.pool, this.view, withOwnTime(this.call, OWN_TIME_MS));
  }

  /** Resources of one type. */
  async search(
    container: Container,
    filter: Filter,
    attributes: readonly string[] = container.read,
    controls: readonly Control[] = [],
  ): Promise<readonly Found[]> {
    const wanted = all(container.classFilter, filter);
    const request = { base: container.base, scope: 'sub', filter: wanted, attributes, controls } as const;
    const { entries } = await this.pool.search(this.call, request);
    return this.#found(entries).filter((found) => found.container === container);
  }

  /** Resources of both types, in one search where the bases have something in common. */
  async searchAll(
    filter: Filter,
    attributes: readonly string[] = this.view.operational,
    controls: readonly Control[] = [],
  ): Promise<readonly Found[]> {
    const { users, groups } = this.view;
    const wanted = all(any(users.classFilter, groups.classFilter), filter);
    return this.#found(await this.entries(wanted, attributes, controls));
  }

  /** Whatever is there below either base and what they have in common, resources or not. */
  async entries(
    filter: Filter,
    attributes: readonly string[] = this.view.operational,
    controls: readonly Control[] = [],
  ): Promise<readonly Entry[]> {
    const { base, users, groups } = this.view;
    if (base !== '') return this.#entries(base, filter, attributes, controls);
    const bases = [users.base, groups.base];
    const found = await Promise.all(bases.map((each) => this.#entries(each, filter, attributes, controls)));
    return found.flat();
  }

  /** With those of the same type that have one of the names, normalized DNs. */
  async byIds(
    container: Container,
    ids: readonly ResourceId[],
    attributes?: readonly string[],
    names: readonly string[] = [],
  ): Promise<ReadonlyMap<ResourceId, Found>> {
    const terms = [...idTerms([container], ids), ...this.#nameTerms(names)];
    return this.#inParts(terms, (filter) => this.search(container, filter, attributes));
  }

  /** Of whichever type. */
  async anyByIds(ids: readonly ResourceId[], attributes?: readonly string[]): Promise<ReadonlyMap<ResourceId, Found>> {
    const terms = idTerms([this.view.users, this.view.groups], ids);
    return this.#inParts(terms, (filter) => this.searchAll(filter, attributes));
  }

  /** By normalized DN; what is no resource, or no longer there, is absent. */
  async byDns(dns: readonly string[], attributes?: readonly string[]): Promise<ReadonlyMap<string, Found>> {
    const found = await this.#inParts(this.#nameTerms(dns), (filter) => this.searchAll(filter, attributes));
    return new Map([...found.values()].map((each) => [each.dn, each]));
  }

  /**
   * What any of the terms finds, with its managers: from the same search where they are the ones that were found the last time. `asked`
   * are ids, and keys that are looked up, by which that is remembered; `isAsked` tells what is wanted from a manager that came along.
   */
  async resources(
    container: Container,
    terms: readonly Filter[],
    asked: readonly string[],
    isAsked: (found: Found) => boolean,
  ): Promise<readonly StoredResource[]> {
    const names = this.view.likelyManagers(asked);
    const managers = new Map<string, ResourceId | undefined>(names.map((name) => [name, undefined]));
    const search = (filter: Filter) => this.search(container, filter);
    const found = await this.#inParts([...terms, ...this.#nameTerms(names)], search);
    const wanted = [...found.values()].filter((each) => !managers.has(each.dn) || isAsked(each));
    for (const { dn, id } of found.values()) managers.set(dn, id);
    return this.toResources(wanted, managers);
  }

  /** With their managers, all in one search; `known` are ids by normalized DN that need none, undefined where there is no such person. */
  async toResources(
    found: readonly Found[],
    known: ReadonlyMap<string, ResourceId | undefined> = new Map(),
  ): Promise<readonly StoredResource[]> {
    const names = found.map(managersOf);
    const managers = names.flat().filter((name) => !known.has(name));
    const unknown = [...managers, ...referencesOf(found, known)];
    const others = unknown.length === 0 ? NOBODY : await this.byDns(unknown);
    const idOf = (name: string) => known.get(name) ?? others.get(name)?.id;
    const managerAt = (name: string) => {
      const other = others.get(name);
      return other === undefined || other.container === this.view.users ? idOf(name) : undefined;
    };
    return found.map((each, i) => {
      const dns = names[i] ?? [];
      this.view.managers.set(each.id, dns.length === 0 ? undefined : dns);
      const [manager] = dns.flatMap((name) => managerAt(name) ?? []);
      return toResource(mapped(each, idOf), manager === undefined ? {} : { manager });
    });
  }

  /** With ids where their entries hold DNs of others (`as: dn`), all in one search; as they are where no attribute does. */
  async withReferences(
    found: readonly Found[],
    known: ReadonlyMap<string, ResourceId> = new Map(),
  ): Promise<readonly Found[]> {
    const unknown = referencesOf(found, known);
    const others = unknown.length === 0 ? NOBODY : await this.byDns(unknown);
    return found.map((each) => mapped(each, (name) => known.get(name) ?? others.get(name)?.id));
  }

  #nameTerms(dns: readonly string[]): readonly Filter[] {
    const { name } = this.view.users.dialect;
    return [...new Set(dns)].map((dn) => equals(name, dn));
  }

  async #inParts(
    terms: readonly Filter[],
    search: (filter: Filter) => Promise<readonly Found[]>,
  ): Promise<ReadonlyMap<ResourceId, Found>> {
    const parts = partsOf(terms);
    const [only] = parts;
    const found =
      only !== undefined && parts.length === 1
        ? await search(any(...only))
        : (await Promise.all(parts.map((part) => search(any(...part))))).flat();
    return new Map(found.map((each) => [each.id, each]));
  }

  async #entries(
    base: string,
    filter: Filter,
    attributes: readonly string[],
    controls: readonly Control[],
  ): Promise<readonly Entry[]> {
    const { entries } = await this.pool.search(this.call, { base, scope: 'sub', filter, attributes, controls });
    return entries;
  }

  #found(entries: readonly Entry[]): readonly Found[] {
    return entries.flatMap((entry) => {
      const found = this.view.found(entry);
      if (found === undefined) this.view.checkShown(entry);
      return found ?? [];
    });
  }
}

/** Of the names in `as: dn` attributes those of which nothing is known. */
function referencesOf(found: readonly Found[], known: ReadonlyMap<string, ResourceId | undefined>): readonly string[] {
  const names = found.flatMap(({ container, entry }) => referencedDns(container.map, entry));
  return names.filter((name) => known.get(name) === undefined);
}

function mapped(found: Found, idOf: (dn: string) => ResourceId | undefined): Found {
  const entry = withIds(found.container.map, found.entry, idOf);
  return entry === found.entry ? found : { ...found, entry };
}

/** Normalized. Of several the first one that exists counts: a renaming that broke off leaves two. */
export function managersOf({ container, entry }: Found): readonly string[] {
  if (container.type !== 'User' || container.link === undefined) return [];
  return entry.strings(container.link).flatMap((text) => tryNormalizeDn(text) ?? []);
}

export function versionOf({ entry, container: { dialect } }: Found): Version {
  return dialect.versionOf(entry);
}

export function toResource(found: Found, links: Links): StoredResource {
  const { container, entry, id } = found;
  return {
    id,
    type: container.type,
    attributes: container.map.toAttributes(entry),
    links,
    version: versionOf(found),
    createdAt: timeAt(entry, container.dialect.created),
    modifiedAt: timeAt(entry, container.dialect.modified),
  };
}

function timeAt(entry: Entry, attribute: string): Date {
  return new Date(parseTime(entry.string(attribute) ?? '') ?? 0);
}

/** One for each id that a resource of these types could have. */
export function idTerms(containers: readonly Container[], ids: readonly ResourceId[]): readonly Filter[] {
  const attributes = new Map(containers.map(({ id }) => [id.attribute, id]));
  return [...attributes.values()].flatMap((attribute) =>
    [...new Set(ids)].filter((id) => attribute.accepts(id)).map((id) => attribute.equals(id)),
  );
}

export function partsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const size = items.length > MANY ? NAMES_OF_MANY : NAMES_PER_SEARCH;
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
