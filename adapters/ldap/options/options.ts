/** The options of an LDAP backend: read, checked, and made into what the adapter works with. */
import type { z } from 'zod';
import { DirectoryError, type Fault } from '#model/errors.ts';
import type { ResourceTypeName } from '#model/resource.ts';
import type { PoolSettings } from '../connection/pool.ts';
import type { Dialect, IdAttribute } from '../dialect/dialect.ts';
import { givenText } from '../dialect/given-text.ts';
import { tryNormalizeDn } from '../dn.ts';
import { baseOfAll } from '../feed/places.ts';
import type { Conversion } from '../mapping/converters.ts';
import { EntryMap } from '../mapping/entry-map.ts';
import { constantHome, type Home, type ListPlace, listHome, type Place, singleHome } from '../mapping/homes.ts';
import { parseLeafPath } from '../mapping/leaves.ts';
import { parseTemplate } from '../mapping/template.ts';
import type { LockOptions } from '../write/directory-locks.ts';
import type { PasswordOptions } from '../write/password.ts';
import {
  type ConnectionKeys,
  type ConstantKey,
  type ContainerKeys,
  connectionKeys,
  type LdapKeys,
  ldapKeys,
  type PlaceKey,
} from './keys.ts';
import { type ContainerPreset, PRESETS, type Preset } from './presets.ts';

export interface LdapOptions {
  readonly pool: PoolSettings;
  readonly users: ContainerOptions;
  readonly groups: ContainerOptions;
  /** Absent: what changes is not followed. */
  readonly feed?: FeedOptions;
  /** Absent: between gateways nothing but the server keeps unique what has to be. */
  readonly lock?: LockOptions;
}

export interface FeedOptions {
  /** How many of the last changes are kept, those of all tenants together. */
  readonly kept: number;
}

/** Where one type's entries are, and what is in them. */
export interface ContainerOptions {
  readonly type: ResourceTypeName;
  readonly dialect: Dialect;
  readonly id: IdAttribute;
  /** May hold `{tenant}`. */
  readonly base: string;
  readonly objectClasses: readonly string[];
  readonly rdn: string;
  readonly map: EntryMap;
  /** Paths that are known to have no place in an entry; `*` for all. */
  readonly without: '*' | readonly string[];
  /** Attributes of which the server lets no two entries share a value. */
  readonly unique: readonly string[];
  /** The attribute that holds DNs: of the manager, or of the members. */
  readonly link: string | undefined;
  /** What `groupOfNames` has where there is no member. */
  readonly placeholder: string | undefined;
  /** An attribute that every write of Portico changes, for servers that assert nothing: what others of Portico wrote meanwhile shows. */
  readonly guard: string | undefined;
  /** Absent: passwords are refused. */
  readonly password: PasswordOptions | undefined;
}

/** Longer than any call lasts. */
const BREAK_AFTER_MS = 30_000;

/** Absent keys are the preset's. @throws INVALID_VALUE with every fault at once */
export function parseLdapOptions(value: unknown): LdapOptions {
  const parsed = ldapKeys.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap(faultsOfIssue));
  const keys = parsed.data;
  const preset: Preset = PRESETS[keys.preset ?? 'openldap'];
  const { manager = preset.users.manager, password: passwordKeys = {} } = keys.users;
  const { member = preset.groups.member, placeholder = preset.groups.placeholder } = keys.groups;
  const password = passwordKeys === null ? undefined : { ...preset.users.password, ...defined(passwordKeys) };
  const faults = [
    ...faultsOfContainer('users', keys.users),
    ...faultsOfContainer('groups', keys.groups),
    ...(keys.lock ? faultsOfBase('lock.base', keys.lock.base) : []),
    ...faultsOfBind(keys),
    ...faultsOfPlaintext(keys),
    ...faultsOfChanges(keys, preset),
    ...faultsOfPassword(keys, password),
    ...faultsOfLink('users.manager', manager, preset),
    ...faultsOfLink('groups.member', member, preset),
  ];
  if (faults.length > 0) throw invalid(faults);
  const options = {
    pool: poolSettings(keys),
    ...feedOptions(keys, preset),
    users: {
      ...containerOptions('User', preset.dialect, keys.users, preset.users, manager ?? undefined),
      password,
    },
    groups: { ...containerOptions('Group', preset.dialect, keys.groups, preset.groups, member), placeholder },
    ...(keys.lock && { lock: { base: keys.lock.base, breakAfterMs: keys.lock.breakAfterMs ?? BREAK_AFTER_MS } }),
  };
  const clashes = [...faultsOfId('users', options.users), ...faultsOfId('groups', options.groups)];
  if (clashes.length > 0) throw invalid(clashes);
  return options;
}

/** How a server is reached, by the keys that say so alone. @throws INVALID_VALUE with every fault at once */
export function parseConnection(value: unknown): PoolSettings {
  const parsed = connectionKeys.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap(faultsOfIssue));
  const faults = [...faultsOfBind(parsed.data), ...faultsOfPlaintext(parsed.data)];
  if (faults.length > 0) throw invalid(faults);
  return poolSettings(parsed.data);
}

function poolSettings(keys: ConnectionKeys): PoolSettings {
  const { url, replicas, tls, bindDn, bindPassword, timeoutMs, connectTimeoutMs, heartbeatMs, connections } = keys;
  return {
    urls: typeof url === 'string' ? [url] : url,
    ...(replicas && { replicas }),
    ...(tls && { tls: defined(tls) }),
    ...(bindDn !== undefined && { bind: { method: 'simple', dn: bindDn, password: bindPassword ?? '' } as const }),
    ...(bindDn === undefined && usesExternal(keys) && { bind: { method: 'external' } as const }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    ...(heartbeatMs !== undefined && { heartbeatMs }),
    ...(connections !== undefined && { connections }),
  };
}

const CHANGES_KEPT = 100_000;

/** Where no search can follow both types, the preset's way is not taken. */
function feedOptions(
  { changes, changesKept = CHANGES_KEPT, ...keys }: LdapKeys,
  preset: Preset,
): Pick<LdapOptions, 'feed'> {
  const canFollow = sharedBase(keys) !== '';
  return (changes ?? (canFollow ? preset.changes : 'none')) === 'none' ? {} : { feed: { kept: changesKept } };
}

function sharedBase({ users, groups }: Pick<LdapKeys, 'users' | 'groups'>): string {
  return baseOfAll({ users: { base: users.base ?? '' }, groups: { base: groups.base ?? '' } });
}

/** Over a Unix socket, or with a certificate, who connects is known without a name. */
function usesExternal({ url, tls }: ConnectionKeys): boolean {
  const [first = ''] = typeof url === 'string' ? [url] : url;
  return first.startsWith('ldapi:') || tls?.cert !== undefined;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function defined<T extends object>(table: T): Defined<T> {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => value !== undefined)) as Defined<T>;
}

function containerOptions(
  type: ResourceTypeName,
  dialect: Dialect,
  keys: ContainerKeys,
  preset: ContainerPreset,
  link: string | undefined,
): ContainerOptions {
  const attributes = { ...preset.attributes, ...keys.attributes };
  const homes = Object.entries(attributes).flatMap(([path, places]) => (places === null ? [] : [homeOf(path, places)]));
  const templates = Object.entries({ ...preset.templates, ...keys.templates }).flatMap(([name, template]) =>
    template === null ? [] : [[name, parseTemplate(template)] as const],
  );
  return {
    type,
    dialect,
    id: keys.id === undefined ? dialect.id : givenText(keys.id, dialect.id),
    base: keys.base ?? '',
    objectClasses: keys.objectClasses ?? preset.objectClasses,
    rdn: keys.rdn ?? preset.rdn,
    map: new EntryMap({
      homes,
      templates: new Map(templates),
      ...(keys.overflow !== undefined && { overflow: keys.overflow }),
    }),
    without: keys.without ?? [],
    unique: keys.unique ?? preset.unique,
    guard: keys.guard === undefined ? preset.guard : (keys.guard ?? undefined),
    link,
    placeholder: undefined,
    password: undefined,
  };
}

/** RFC 7643 §4.1.2: of several values each, with `value` and `type`. */
const LISTS: ReadonlySet<string> = new Set([
  'emails',
  'phoneNumbers',
  'ims',
  'photos',
  'entitlements',
  'roles',
  'x509Certificates',
]);

function homeOf(path: string, places: PlaceKey | ConstantKey | readonly PlaceKey[]): Home {
  const leaf = parseLeafPath(path);
  if (typeof places === 'object' && 'constant' in places) return constantHome(leaf, places.constant);
  if (isPlaces(places)) return listHome(leaf, places.map(placeOf), true);
  return LISTS.has(path) ? listHome(leaf, [placeOf(places)], true) : singleHome(leaf, placeOf(places));
}

function isPlaces(places: PlaceKey | readonly PlaceKey[]): places is readonly PlaceKey[] {
  return Array.isArray(places);
}

function placeOf(key: PlaceKey): ListPlace & Place {
  if (typeof key === 'string') return placeOf({ attribute: key });
  const attribute = transferred(key.attribute);
  const { as = conversionOf(attribute), type, single } = key;
  return { attribute, conversion: as, ...(type !== undefined && { type }), ...(single && { single }) };
}

/** RFC 4523 §2.1: a server names them so, and takes them under no other name. */
function transferred(attribute: string): string {
  return /^(?:user|cA)Certificate$/i.test(attribute) ? `${attribute};binary` : attribute;
}

/** Syntaxes that are narrower than text, of RFC 4524, RFC 2798 and RFC 4519. */
const KNOWN: ReadonlyMap<string, Conversion> = new Map<string, Conversion>([
  ...['mail', 'rfc822mailbox', 'email', 'uidobject'].map((name) => [name, 'ia5'] as const),
  ...['telephonenumber', 'mobile', 'homephone', 'pager', 'preferredlanguage'].map(
    (name) => [name, 'printable'] as const,
  ),
  ...['photo', 'usercertificate;binary', 'cacertificate;binary', 'usersmimecertificate'].map(
    (name) => [name, 'binary'] as const,
  ),
  ['jpegphoto', 'jpeg'],
  ['pwdaccountlockedtime', 'lock'],
  ...['nsaccountlock', 'logindisabled'].map((name) => [name, 'inverse'] as const),
]);

function conversionOf(attribute: string): Conversion {
  return KNOWN.get(attribute.toLowerCase()) ?? 'text';
}

function faultsOfIssue(issue: z.core.$ZodIssue): readonly Fault[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      expected: 'a key that docs/configuration.md lists',
    }));
  }
  return [{ path: path.join('.'), expected: issue.message.replace(/^Invalid input: expected /, '') }];
}

function faultsOfContainer(name: 'users' | 'groups', { base }: ContainerKeys): readonly Fault[] {
  if (base === undefined) return [{ path: `${name}.base`, expected: 'the DN below which the entries are' }];
  return faultsOfBase(`${name}.base`, base);
}

function faultsOfBase(path: string, base: string): readonly Fault[] {
  if (tryNormalizeDn(base.replaceAll('{tenant}', 'tenant')) !== undefined) return [];
  return [{ path, expected: 'a distinguished name (RFC 4514)', got: base }];
}

/** Whoever writes the other attribute would change the id. */
function faultsOfId(name: 'users' | 'groups', { id, map, dialect }: ContainerOptions): readonly Fault[] {
  if (id.given && !dialect.asserts) {
    return [{ path: `${name}.id`, expected: 'no attribute: this kind of directory writes by its own ids' }];
  }
  const isId = (attribute: string | undefined) => attribute?.toLowerCase() === id.attribute.toLowerCase();
  if (!id.given || !map.written.some(isId)) return [];
  return [{ path: `${name}.id`, expected: 'an LDAP attribute that nothing else is mapped to', got: id.attribute }];
}

function faultsOfBind({ bindDn, bindPassword }: ConnectionKeys): readonly Fault[] {
  if ((bindDn === undefined) === (bindPassword === undefined)) return [];
  return [
    { path: bindDn === undefined ? 'bindDn' : 'bindPassword', expected: 'both bindDn and bindPassword, or neither' },
  ];
}

/** A password that anybody on the way could read, its users' included, is sent only by somebody who says so. */
function faultsOfPlaintext({ url, replicas = [], bindPassword, tls, plaintext }: ConnectionKeys): readonly Fault[] {
  if (bindPassword === undefined || tls?.startTls || plaintext) return [];
  const open = [url, replicas].flat().filter((each) => each.startsWith('ldap:') && !isLoopback(new URL(each).hostname));
  return open.map((each) => ({
    path: 'url',
    expected:
      'ldaps, or tls.startTls, since the password would cross the network in the clear; plaintext: true allows it',
    got: each,
  }));
}

/** Bases that are no names have faults of their own. */
function faultsOfChanges({ changes, users, groups }: LdapKeys, preset: Preset): readonly Fault[] {
  if (changes === 'syncrepl' && preset.changes === 'none') {
    return [{ path: 'changes', expected: 'none: servers of the preset do not know RFC 4533', got: changes }];
  }
  const faults = [...faultsOfContainer('users', users), ...faultsOfContainer('groups', groups)];
  if (changes !== 'syncrepl' || faults.length > 0 || sharedBase({ users, groups }) !== '') return [];
  const expected =
    'none, since users.base and groups.base have no end in common, below which one search could follow both';
  return [{ path: 'changes', expected, got: changes }];
}

/** Active Directory takes a password over an encrypted connection alone (MS-ADTS §3.1.1.3.1.5), and answers no more than 53. */
function faultsOfPassword({ url, tls }: LdapKeys, password: PasswordOptions | undefined): readonly Fault[] {
  if (password?.scheme !== 'unicode' || tls?.startTls) return [];
  const open = [url].flat().filter((each) => each.startsWith('ldap:'));
  return open.map((each) => ({
    path: 'url',
    expected:
      'ldaps, or tls.startTls, since the directory takes passwords encrypted alone; users.password: null does without',
    got: each,
  }));
}

/** Who is linked is read by what the server itself says of it. */
function faultsOfLink(path: string, link: string | null, { dialect: { backLinks } }: Preset): readonly Fault[] {
  if (link === null || backLinks === undefined || Object.hasOwn(backLinks, link)) return [];
  return [{ path, expected: `one of ${Object.keys(backLinks).join(', ')}, which have a back link`, got: link }];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

function invalid(faults: readonly Fault[]): DirectoryError {
  const detail = faults.map(({ path, expected }) => `${path}: expected ${expected}`).join('; ');
  return new DirectoryError('INVALID_VALUE', `options of the LDAP backend: ${detail}`, { faults });
}
