/** What of the directory is a tenant's: where his types are, and which entry is of which type. */
import type { Filter } from 'ldapts';
import { LRUCache } from 'lru-cache';
import { DirectoryError, type Fault } from '#model/errors.ts';
import { type AttributePath, pathName } from '#model/filter.ts';
import type { ResourceId, ResourceTypeName, TenantId } from '#model/resource.ts';
import type { Entry } from './connection/entry.ts';
import { commonBase, escapeRdnValue, isBelow, normalizeDn, tryNormalizeDn } from './dn.ts';
import { all, equals, not } from './filter/terms.ts';
import type { EntryMap } from './mapping/entry-map.ts';
import { leafKey } from './mapping/leaves.ts';
import { Names, type Witness } from './names.ts';
import type { ContainerOptions, LdapOptions } from './options/options.ts';
import type { LockOptions } from './write/directory-locks.ts';
import { UniqueWrites } from './write/unique-writes.ts';

/** A type's place in one tenant's part of the tree. */
export interface Container extends ContainerOptions {
  readonly normalBase: string;
  /** Which entries below the base are of the type. */
  readonly classFilter: Filter;
  /** What reading a resource asks for; never the members. */
  readonly read: readonly string[];
}

/** An entry that is a resource. */
export interface Found {
  readonly container: Container;
  readonly entry: Entry;
  readonly id: ResourceId;
  /** Normalized, see `normalizeDn`. */
  readonly dn: string;
}

/** Where a resource was seen, as the directory writes it. */
export interface Name {
  readonly dn: string;
  readonly version: string;
  readonly container: Container;
}

/** Some 200 bytes each. */
const NAMES_KEPT = 50_000;

export class TenantView {
  readonly users: Container;
  readonly groups: Container;
  readonly names: Names<Name>;
  /** By what was asked for, the normalized DNs in place of the manager the last time: a guess, which whoever reads confirms. */
  readonly managers = new LRUCache<string, readonly string[]>({ max: NAMES_KEPT });
  readonly lock: LockOptions | undefined;
  readonly uniqueWrites: UniqueWrites;
  /** What both bases have in common; empty where nothing. */
  readonly base: string;
  /** What has to be read of an entry for `found` to know it. */
  readonly identifying: readonly string[];
  /** The same, with its stamps. */
  readonly operational: readonly string[];

  constructor({ users, groups, lock }: LdapOptions, tenant: TenantId, witness?: Witness) {
    this.names = new Names(NAMES_KEPT, witness);
    this.identifying = [...new Set([users, groups].flatMap(identifyingOf))];
    this.operational = [...new Set([users, groups].flatMap(operationalOf))];
    this.users = containerOf(users, tenant, [...this.operational, ...(users.link === undefined ? [] : [users.link])]);
    this.groups = containerOf(groups, tenant, this.operational);
    this.lock = lock && { ...lock, base: inTenant(lock.base, tenant) };
    this.uniqueWrites = new UniqueWrites(this.lock);
    this.base = commonBase(this.users.base, this.groups.base);
  }

  /** Of what was asked for before: guesses. */
  likelyManagers(asked: readonly string[]): readonly string[] {
    return asked.flatMap((each) => this.managers.get(each) ?? []);
  }

  container(type: ResourceTypeName): Container | undefined {
    return [this.users, this.groups].find((container) => container.type === type);
  }

  /** An entry as a resource; undefined where it is none: elsewhere in the tree, of another class, or without id or version. */
  found(entry: Entry): Found | undefined {
    const dn = tryNormalizeDn(entry.dn);
    const container = dn === undefined ? undefined : this.#containerAt(dn, entry);
    const id = container?.id.read(entry);
    if (dn === undefined || container === undefined || id === undefined || isUnversioned(container, entry))
      return undefined;
    this.names.set(id, { dn: entry.dn, version: container.dialect.versionOf(entry), container });
    return { container, entry, id, dn };
  }

  /**
   * Of an entry that is no resource.
   * @throws UNAVAILABLE where it lacks what every entry of the server has, so that it is one which the account may not read
   */
  checkShown(entry: Entry): void {
    const dn = tryNormalizeDn(entry.dn);
    const container = dn === undefined ? undefined : this.#containerAt(dn, entry);
    if (container === undefined) return;
    const { id, dialect } = container;
    const isIdHidden = id === dialect.id && id.read(entry) === undefined;
    if (isIdHidden || isUnversioned(container, entry)) throw hidden(isIdHidden ? id.attribute : dialect.version);
  }

  #containerAt(dn: string, entry: Entry): Container | undefined {
    const classes = entry.strings('objectClass').map((name) => name.toLowerCase());
    return [this.users, this.groups].find(
      ({ normalBase, objectClasses: [first = ''], dialect: { strangers = '' } }) =>
        isBelow(dn, normalBase) && classes.includes(first.toLowerCase()) && !classes.includes(strangers),
    );
  }

  /** Which type a name would have, by its place alone; normalized. The deeper base counts. */
  typeOf(dn: string): ResourceTypeName | undefined {
    const { users, groups } = this;
    const [deep, high] = users.normalBase.length > groups.normalBase.length ? [users, groups] : [groups, users];
    if (isBelow(dn, deep.normalBase)) return deep.type;
    return isBelow(dn, high.normalBase) ? high.type : undefined;
  }
}

/** No write of it could be asserted. */
function isUnversioned({ dialect }: Container, entry: Entry): boolean {
  return dialect.asserts && entry.buffers(dialect.version).length === 0;
}

function hidden(attribute: string): DirectoryError {
  const detail = `the directory does not show ${attribute} of its entries; grant the account that Portico binds with the right to read it`;
  return new DirectoryError('UNAVAILABLE', detail);
}

/** What has to be read of every entry. */
export function operationalOf(options: ContainerOptions): readonly string[] {
  const { created, modified } = options.dialect;
  return [...identifyingOf(options), created, modified];
}

function identifyingOf({ id, dialect: { versionAttributes } }: ContainerOptions): readonly string[] {
  return [...id.attributes, ...versionAttributes, 'objectClass'];
}

function inTenant(base: string, tenant: TenantId): string {
  return base.replaceAll('{tenant}', escapeRdnValue(tenant));
}

function containerOf(options: ContainerOptions, tenant: TenantId, read: readonly string[]): Container {
  const base = inTenant(options.base, tenant);
  const { strangers } = options.dialect;
  return {
    ...options,
    base,
    normalBase: normalizeDn(base),
    classFilter: all(
      equals('objectClass', options.objectClasses[0] ?? 'top'),
      ...(strangers === undefined ? [] : [not(equals('objectClass', strangers))]),
    ),
    read: [...new Set([...read, ...options.map.written, ...(options.guard === undefined ? [] : [options.guard])])],
  };
}

/** @throws UNSUPPORTED naming every attribute of the type that an entry has no place for, which would be lost */
export function checkHomes({ map, without, type }: ContainerOptions, shape: readonly AttributePath[]): void {
  if (map.overflow !== undefined || without === '*') return;
  const said = (path: AttributePath) => without.includes(pathName(path)) || without.includes(wholeName(path));
  const homeless = shape.filter((path) => !hasHome(map, path) && !said(path)).map(pathName);
  if (homeless.length === 0) return;
  const table = `${type === 'User' ? 'users' : 'groups'}`;
  const faults: Fault[] = homeless.map((name) => ({
    path: name,
    expected: `an LDAP attribute in ${table}.attributes`,
    remedy: `map it, name it in ${table}.without, or configure ${table}.overflow, which keeps what has no place`,
  }));
  const names = homeless.join(', ');
  throw new DirectoryError(
    'UNSUPPORTED',
    `the directory has no place for ${type} attributes: ${names}; set ${table}.overflow, or name them in ${table}.without`,
    { faults },
  );
}

/** The attribute of a sub-attribute. */
function wholeName({ sub: _, ...whole }: AttributePath): string {
  return pathName(whole);
}

/** The server keeps `id` and `meta` of every entry. Of the elements of a list an LDAP attribute keeps the values; their types, where each place is for one; and nothing else. */
function hasHome(map: EntryMap, { schema, name, sub }: AttributePath): boolean {
  if (schema === undefined && (name === 'id' || name === 'meta')) return true;
  const base = [...(schema === undefined ? [] : [schema]), name];
  const whole = map.homes.get(leafKey(base));
  if (whole === undefined || sub === undefined)
    return map.homes.has(leafKey(sub === undefined ? base : [...base, sub]));
  if (whole.shape !== 'complex list') return true;
  return sub === 'value' || (sub === 'type' && whole.places.every(({ type }) => type !== undefined));
}
