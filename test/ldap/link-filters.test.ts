import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { LinkTerm } from '#model/filter.ts';
import type { ResourceId, ResourceTypeName, StoredResource } from '#model/resource.ts';
import { contractShape } from '#test/contract/sample.ts';
import { callOf, expectRejection, Subject, sorted } from '#test/contract/subject.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { empty, openAdminPool, startTenants, tenantOptions } from './directory.ts';

let slapd: Slapd;
let admin: LdapPool;
let adapter: DirectoryAdapter;
let subject: Subject;
let ada: StoredResource;
let bob: StoredResource;
let cyd: StoredResource;
let staff: StoredResource;
let team: StoredResource;

beforeAll(async () => {
  slapd = await startTenants(['one']);
  admin = openAdminPool(slapd);
  adapter = await ldap.open(ldap.options.parse(tenantOptions(slapd)), contractShape);
  subject = new Subject(adapter);
});
beforeEach(async () => {
  await empty(admin);
  ada = await subject.user('a, "d" +a\\ #1');
  bob = await subject.user('bob', {}, { manager: ada.id });
  cyd = await subject.user('cyd*)(', {}, { manager: bob.id });
  team = await subject.group('team', [cyd]);
  staff = await subject.group('staff', [ada, bob, team]);
});
afterAll(async () => {
  await Promise.all([adapter.close(), admin.close()]);
  await slapd.stop();
});

function linked(
  edge: LinkTerm['edge'],
  direction: LinkTerm['direction'],
  ids?: readonly { readonly id: ResourceId }[],
  transitive = false,
): LinkTerm {
  return { kind: 'linked', edge, direction, transitive, ...(ids && { ids: ids.map(({ id }) => id) }) };
}

/** As others do, whom no rule of Portico binds. */
async function name(holder: StoredResource, link: string, named: StoredResource): Promise<void> {
  const [from = '', to = ''] = await Promise.all([holder, named].map(dnOf));
  await admin.modify(callOf(), { dn: from, changes: [{ operation: 'add', attribute: link, values: [to] }] });
}

async function dnOf({ id }: StoredResource): Promise<string | undefined> {
  const filter = `(entryUUID=${id})`;
  const { entries } = await admin.search(callOf(), { base: slapd.suffix, scope: 'sub', filter, attributes: ['1.1'] });
  return entries[0]?.dn;
}

async function found(type: ResourceTypeName, filter: LinkTerm): Promise<readonly ResourceId[]> {
  return sorted(await subject.foundIds(type, { filter }));
}

const idsOf = (...resources: readonly StoredResource[]) => sorted(resources.map(({ id }) => id));

test('the directory finds who is in a group, by the names of its members', async () => {
  expect(await found('User', linked('members', 'in', [staff]))).toEqual(idsOf(ada, bob));
  expect(await found('Group', linked('members', 'in', [staff]))).toEqual(idsOf(team));
  expect(await found('User', linked('members', 'in', [staff], true))).toEqual(idsOf(ada, bob, cyd));
  expect(await found('User', linked('members', 'in', [ada]))).toEqual([]);
});

test('the directory finds the groups of somebody, and those that hold these', async () => {
  expect(await found('Group', linked('members', 'out', [cyd]))).toEqual(idsOf(team));
  expect(await found('Group', linked('members', 'out', [cyd], true))).toEqual(idsOf(team, staff));
  expect(await found('Group', linked('members', 'out', [ada, cyd]))).toEqual(idsOf(team, staff));
  expect(await found('User', linked('members', 'out', [ada]))).toEqual([]);
});

test('the directory finds reports and managers, one level or all', async () => {
  expect(await found('User', linked('manager', 'out', [ada]))).toEqual(idsOf(bob));
  expect(await found('User', linked('manager', 'out', [ada], true))).toEqual(idsOf(bob, cyd));
  expect(await found('User', linked('manager', 'in', [cyd]))).toEqual(idsOf(bob));
  expect(await found('User', linked('manager', 'in', [cyd], true))).toEqual(idsOf(ada, bob));
  expect(await found('User', linked('manager', 'out'))).toEqual(idsOf(bob, cyd));
});

test('circles of groups and of managers come to an end', async () => {
  await name(team, 'member', staff);
  await name(ada, 'manager', cyd);
  expect(await found('User', linked('members', 'in', [team], true))).toEqual(idsOf(ada, bob, cyd));
  expect(await found('User', linked('manager', 'out', [ada], true))).toEqual(idsOf(ada, bob, cyd));
});

test('of a group with too many members to name them all, everybody is left to core', async () => {
  const names = Array.from({ length: 300 }, (_, i) => `member: uid=x${i},ou=people,ou=one,dc=example,dc=com`);
  await slapd.ldapmodify(
    `dn: cn=crowd,ou=groups,ou=one,dc=example,dc=com\nobjectClass: groupOfNames\ncn: crowd\n${names.join('\n')}\n`,
  );
  const { items } = await subject.find('Group');
  const crowd = items.filter(({ id }) => id !== staff.id && id !== team.id);
  expect(crowd).toHaveLength(1);
  expect(await found('User', linked('members', 'in', crowd))).toEqual(idsOf(ada, bob, cyd));
});

test('what may find too much is refused beneath not', async () => {
  const filter = { kind: 'not', operand: linked('members', 'in', [staff]) } as const;
  await expectRejection(subject.find('User', { filter }), 'UNSUPPORTED');
});
