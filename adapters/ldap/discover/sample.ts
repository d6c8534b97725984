/** A part of a directory, read within bounds: some entries right below every unit that may hold people or groups. */
import type { Filter } from 'ldapts';
import type { Entry } from '../connection/entry.ts';
import type { LdapOperations, Limits } from '../connection/pool.ts';
import { any, equals } from '../filter/terms.ts';
import { CODE } from '../result-error.ts';

/** Of each kind right below one unit. */
const ENTRIES_PER_UNIT = 25;
const MOST_UNITS = 200;
/** Units that are asked at once. */
const AT_ONCE = 8;

export const PERSON_CLASSES = ['inetOrgPerson', 'organizationalPerson', 'person', 'user', 'account', 'posixAccount'];
export const GROUP_CLASSES = [
  'groupOfNames',
  'groupOfUniqueNames',
  'group',
  'posixGroup',
  'groupOfURLs',
  'groupOfMembers',
];
const UNIT_CLASSES = [
  'organizationalUnit',
  'organization',
  'domain',
  'dcObject',
  'container',
  'builtinDomain',
  'locality',
];

export interface Sample {
  readonly people: readonly Entry[];
  readonly groups: readonly Entry[];
  /** How many were looked below. */
  readonly units: number;
  /** There were more of them, or more entries below one of them, than were read. */
  readonly partial: boolean;
}

export async function readSample(server: LdapOperations, limits: Limits, base: string): Promise<Sample> {
  const units = await search(server, limits, {
    base,
    scope: 'sub',
    filter: anyOf(UNIT_CLASSES),
    sizeLimit: MOST_UNITS,
    attributes: ['1.1'],
  });
  const names = [...new Set([base, ...units.entries.map(({ dn }) => dn)])];
  const sample = { people: [] as Entry[], groups: [] as Entry[] };
  let partial = units.cut;
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const found = await Promise.all(names.slice(at, at + AT_ONCE).map((name) => readUnit(server, limits, name)));
    for (const { people, groups, cut } of found) {
      sample.people.push(...people);
      sample.groups.push(...groups);
      partial ||= cut;
    }
  }
  return { ...sample, units: names.length, partial };
}

async function readUnit(server: LdapOperations, limits: Limits, base: string) {
  const below = { base, scope: 'one', sizeLimit: ENTRIES_PER_UNIT } as const;
  const [people, groups] = await Promise.all([
    search(server, limits, { ...below, filter: anyOf(PERSON_CLASSES), attributes: ['*', ...OPERATIONAL] }),
    // Never the members, of which there may be a hundred thousand.
    search(server, limits, {
      ...below,
      filter: anyOf(GROUP_CLASSES),
      attributes: ['objectClass', 'cn', 'description', 'displayName', ...OPERATIONAL],
    }),
  ]);
  return { people: people.entries, groups: groups.entries, cut: people.cut || groups.cut };
}

const OPERATIONAL = ['entryUUID', 'entryCSN', 'createTimestamp', 'modifyTimestamp', 'pwdAccountLockedTime'];

async function search(
  server: LdapOperations,
  limits: Limits,
  request: Parameters<LdapOperations['search']>[1],
): Promise<{ readonly entries: readonly Entry[]; readonly cut: boolean }> {
  const accept = [CODE.sizeLimit, CODE.adminLimit, CODE.noSuchObject, CODE.insufficientAccess];
  const { entries, code } = await server.search(limits, { ...request, accept });
  return { entries, cut: code === CODE.sizeLimit || code === CODE.adminLimit };
}

function anyOf(classes: readonly string[]): Filter {
  return any(...classes.map((name) => equals('objectClass', name)));
}
