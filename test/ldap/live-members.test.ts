import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter, MemberChange } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { Reader } from '#adapters/ldap/read/reader.ts';
import { TenantView } from '#adapters/ldap/tenant-view.ts';
import { Writer } from '#adapters/ldap/write/writer.ts';
import type { Ref, ResourceId, StoredResource } from '#model/resource.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { callOf, Subject } from '#test/contract/subject.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { empty, openAdminPool, operationsOf, renamingOptions, startTenants, tenantOptions } from './directory.ts';

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
  await openWith(tenantOptions(slapd));
  return () => adapter.close();
});
afterAll(async () => {
  await admin.close();
  await slapd.stop();
});

async function openWith(options: object): Promise<void> {
  adapter = await ldap.open(ldap.options.parse({ ...options, changes: 'syncrepl' }), contractShape);
  subject = new Subject(adapter);
}

/** All that has happened has been told. */
async function told(): Promise<void> {
  await adapter.changes(subject.call, null, 1);
}

const people = 'ou=people,ou=one,dc=example,dc=com';

function count(work: () => Promise<unknown>): Promise<Record<string, number>> {
  return operationsOf(slapd, work);
}

describe('a change of members, by a gateway that is told of changes', () => {
  test('is one operation, whether somebody joins or leaves', async () => {
    const [ada, bob] = await subject.users('ada', 'bob');
    const group = await subject.group('G', [bob]);
    await told();
    expect(await count(() => subject.addMembers(group, ada))).toEqual({ MOD: 1 });
    expect(await count(() => subject.removeMembers(group, bob))).toEqual({ MOD: 1 });
    expect(await subject.members(group)).toEqual([ada.id]);
    const both = subject.membersOf(group, { remove: [ada.id], add: [{ id: bob.id, type: 'User' }] });
    const { resource, ...rest } = await subject.done(both);
    const [joined, left] = [bob, ada].map(({ id }) => [{ type: 'User', id }]);
    expect(rest).toEqual({ changed: true, members: { added: joined, removed: left } });
    expect(resource).toEqual(await subject.now(group));
  });

  test('changes nothing where they are members already, or are not', async () => {
    const [ada, bob] = await subject.users('ada', 'bob');
    const group = await subject.group('G', [ada]);
    await told();
    const nothing = { changed: false, resource: group, members: { added: [], removed: [] } };
    expect(await subject.addMembers(group, ada)).toEqual(nothing);
    expect(await subject.removeMembers(group, bob)).toEqual(nothing);
    const both = await subject.addMembers(group, ada, bob);
    expect(both.members).toEqual({ added: [{ type: 'User', id: bob.id }], removed: [] });
  });

  test('asserts the version that the client names', async () => {
    const [ada, bob] = await subject.users('ada', 'bob');
    const group = await subject.group('G');
    await told();
    await subject.addMembers(group, ada);
    const change = subject.membersOf(group, { add: [{ id: bob.id }] });
    await subject.refused({ ...change, ifVersion: group.version } as typeof change, { code: 'VERSION_MISMATCH' });
    expect(await subject.members(group)).toEqual([ada.id]);
  });

  test('is refused for somebody who is gone', async () => {
    const ada = await subject.user('ada');
    const group = await subject.group('G');
    await slapd.ldapmodify(`dn: ${await dnOf('ada')}\nchangetype: delete\n`);
    await told();
    const change = subject.membersOf(group, { add: [{ id: ada.id }] });
    await expect.poll(() => subject.attempt(change)).toMatchObject({ code: 'INVALID_VALUE', ids: [ada.id] });
  });

  test('looks up groups, which may close a circle, and people under names that can be used again', async () => {
    const [outer, inner] = [await subject.group('Outer'), await subject.group('Inner')];
    await told();
    expect(await count(() => subject.addMembers(outer, inner))).toMatchObject({ MOD: 1, SRCH: expect.any(Number) });
    await subject.refused(subject.membersOf(inner, { add: [{ id: outer.id }] }), { code: 'CYCLE' });
    await adapter.close();
    await openWith(renamingOptions(slapd));
    const ada = await subject.user('ada');
    await told();
    expect(await count(() => subject.addMembers(outer, ada))).toEqual({ SRCH: 1, MOD: 1 });
  });
});

async function dnOf(uid: string): Promise<string> {
  const [, dn = ''] = /^dn: (.+)$/m.exec(await slapd.ldapsearch(`(uid=${uid})`, '1.1')) ?? [];
  return dn;
}

/** As late as can be: nothing that happens is told, and everything is vouched for. */
describe('a gateway that is told too late', () => {
  let writer: Writer;
  let seen: (uid: string) => Promise<StoredResource>;
  beforeEach(async () => {
    await adapter.close();
    await openWith(renamingOptions(slapd));
    const options = ldap.options.parse(renamingOptions(slapd));
    const view = new TenantView(options, subject.tenant, { isLive: true, versionOf: () => '' });
    const reader = new Reader(admin, view, callOf());
    writer = new Writer(reader, (type) => contractShape(subject.tenant, type));
    seen = async (uid) => {
      const [id] = await subject.byKey('User', PATHS.userName, uid);
      const user = await subject.now({ type: 'User', id: id as ResourceId });
      await reader.anyByIds([user.id]);
      return user;
    };
  });

  const change = (group: Ref, members: MemberChange) =>
    writer.apply({ kind: 'update', type: 'Group', id: group.id, members });
  const replaced = async (uid: string) => {
    await slapd.ldapmodify(`dn: uid=${uid},${people}\nchangetype: delete\n`);
    await slapd.ldapmodify(`dn: uid=${uid},${people}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: heir\nsn: heir\n`);
  };

  test('gives nobody the membership that was meant for the former holder of his name', async () => {
    const group = await subject.group('Admins');
    await subject.user('ada');
    const ada = await seen('ada');
    await replaced('ada');
    await expect(change(group, { add: [{ id: ada.id }] })).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      ids: [ada.id],
    });
    expect(await subject.members(group)).toEqual([]);
  });

  test('takes from nobody the membership that the former holder of his name was to lose', async () => {
    await subject.user('ada');
    const ada = await seen('ada');
    await replaced('ada');
    const heir = await seen('ada');
    const group = await subject.group('Admins', [heir]);
    await change(group, { remove: [ada.id] });
    expect(await subject.members(group)).toEqual([heir.id]);
  });
});
