import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { StoredResource } from '#model/resource.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { Subject } from '#test/contract/subject.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { empty, openAdminPool, operationsOf, startTenants, tenantOptions } from './directory.ts';

let slapd: Slapd;
let admin: LdapPool;
let adapter: DirectoryAdapter;
let subject: Subject;

beforeAll(async () => {
  slapd = await startTenants(['one']);
  admin = openAdminPool(slapd);
});
beforeEach(async () => {
  await empty(admin);
  adapter = await ldap.open(ldap.options.parse(tenantOptions(slapd)), contractShape);
  subject = new Subject(adapter);
  return () => adapter.close();
});
afterAll(async () => {
  await admin.close();
  await slapd.stop();
});

const people = 'ou=people,ou=one,dc=example,dc=com';
const groups = 'ou=groups,ou=one,dc=example,dc=com';

/** As others made it, for members that may not exist. */
async function groupOf(cn: string, members: readonly string[]): Promise<StoredResource> {
  const values = members.map((dn) => (dn === '' ? 'member:' : `member: ${dn}`)).join('\n');
  await slapd.ldapmodify(
    `dn: cn=${cn},${groups}\nobjectClass: groupOfNames\nobjectClass: porticoResource\ncn: ${cn}\ndisplayName: ${cn}\n${values}\n`,
  );
  const [id] = await subject.byKey('Group', PATHS.displayName, cn);
  if (id === undefined) throw new Error(`${cn} must be there`);
  return subject.now({ type: 'Group', id });
}

async function valuesOf(cn: string): Promise<readonly string[]> {
  const text = await slapd.ldapsearch(`(cn=${cn})`, 'member');
  return [...text.matchAll(/^member: ?(.*)$/gm)].map(([, dn = '']) => dn);
}

function ghosts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `uid=gone${i},${people}`);
}

describe('a change of more than a thousand members', () => {
  test('writes the list anew where little stays, and keeps what is none of its own', async () => {
    const [ada, bob] = await subject.users('ada', 'bob');
    const group = await groupOf('g', ['cn=elsewhere', ...ghosts(1_200)]);
    await subject.addMembers(group, ada);
    const change = subject.membersOf(group, { replace: true, add: [{ id: bob.id }] });
    const logged = slapd.log().length;
    expect(await operationsOf(slapd, () => subject.done(change))).toMatchObject({ MOD: 1 });
    // One change of the attribute, where additions and deletions are two.
    expect(slapd.log().slice(logged)).toMatch(/ MOD attr=member\n/);
    expect(await subject.members(group)).toEqual([bob.id]);
    expect(await valuesOf('g')).toHaveLength(2);
    expect(await valuesOf('g')).toContain('cn=elsewhere');
  });

  test('may leave nobody, where a groupOfNames must have somebody', async () => {
    const group = await groupOf('g', ghosts(1_001));
    const { members } = await subject.done(subject.membersOf(group, { replace: true }));
    expect(members).toBe('many');
    expect(await valuesOf('g')).toEqual(['cn=portico-placeholder']);
  });
});

describe('what stands in for a member', () => {
  const own = (cn: string) => `cn=${cn},${groups}`;
  test.each([
    ['the placeholder', () => 'cn=portico-placeholder'],
    ['a dummy of others', () => 'cn=dummy'],
    ['no name at all', () => ''],
    ['what lies outside of both bases', () => 'uid=eve,ou=elsewhere,dc=example,dc=com'],
    ['a base itself', () => people],
    ['somebody who is gone', () => `uid=gone,${people}`],
    ['what is no person', () => `ou=unit,${people}`],
  ])('is no member: %s', async (_, stand) => {
    await slapd.ldapmodify(`dn: ou=unit,${people}\nobjectClass: organizationalUnit\nou: unit\n`).catch(() => undefined);
    const group = await groupOf('g', [stand()]);
    const user = await subject.user('ada');
    expect(await subject.members(group)).toEqual([]);
    await subject.addMembers(group, user);
    expect(await subject.linked('members', 'out', group, { page: { limit: 9, positions: true } })).toMatchObject({
      items: [{ id: user.id }],
      positions: [expect.any(String)],
    });
    await subject.removeMembers(group, user);
    expect(await subject.members(group)).toEqual([]);
    expect(await valuesOf('g')).toEqual([stand()]);
  });

  test('is a group that names itself: it does not contain itself', async () => {
    const group = await groupOf('g', [own('g')]);
    const outer = await subject.group('Outer', [group]);
    const user = await subject.user('ada');
    await subject.addMembers(group, user);
    expect(await subject.linked('members', 'out', group, { page: { limit: 9, total: true } })).toMatchObject({
      items: [{ id: user.id }],
      total: 1,
    });
    expect(await subject.linkedIds('members', 'in', group)).toEqual([outer.id]);
    const pairs = [{ from: group.id, to: group.id }];
    expect(await adapter.areLinked(subject.call, 'members', pairs, { transitive: false })).toEqual([false]);
    await subject.done(subject.membersOf(group, { replace: true }));
    expect(await valuesOf('g')).toEqual([own('g')]);
  });

  test('is counted nowhere', async () => {
    const group = await groupOf('g', ['cn=dummy', '', own('g')]);
    const counted = { page: { limit: 0, total: true } };
    expect(await subject.linked('members', 'out', group, counted)).toEqual({ items: [], total: 0 });
    await subject.addMembers(group, await subject.user('ada'));
    expect(await subject.linked('members', 'out', group, counted)).toEqual({ items: [], total: 1 });
  });
});
