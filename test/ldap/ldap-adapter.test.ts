import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { ResourceId } from '#model/resource.ts';
import { contractShape, draftOf, PATHS } from '#test/contract/sample.ts';
import { Subject } from '#test/contract/subject.ts';
import { run } from '#test/support/run-command.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { empty, openAdminPool, operationsOf, renamingOptions, startTenants, tenantOptions } from './directory.ts';

let slapd: Slapd;
let admin: LdapPool;
let adapter: DirectoryAdapter;
let subject: Subject;

beforeAll(async () => {
  slapd = await startTenants(['one', 'two']);
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

async function openWith(options: unknown): Promise<void> {
  adapter = await ldap.open(ldap.options.parse(options), contractShape);
  subject = new Subject(adapter);
}

const people = 'ou=people,ou=one,dc=example,dc=com';
const groups = 'ou=groups,ou=one,dc=example,dc=com';

function person(uid: string, more = ''): string {
  return `dn: uid=${uid},${people}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n${more}`;
}

async function idOf(uid: string): Promise<ResourceId> {
  const [id] = await subject.byKey('User', PATHS.userName, uid);
  if (id === undefined) throw new Error(`${uid} must be there`);
  return id;
}

describe('a directory that others filled', () => {
  test('is read as it is, without a trace of Portico in it', async () => {
    await slapd.ldapmodify(person('ada', 'mail: ada@example.com\nmail: lovelace@example.org\ntitle: Analyst\n'));
    await slapd.ldapmodify(person('bob', `manager: UID=Ada, ${people}\n`));
    await slapd.ldapmodify(`dn: cn=staff,${groups}\nobjectClass: groupOfNames\ncn: staff\nmember: uid=ADA,${people}\n`);
    const ada = await subject.now({ type: 'User', id: await idOf('ada') });
    expect(ada.attributes).toMatchObject({
      userName: 'ada',
      title: 'Analyst',
      emails: [{ value: 'ada@example.com' }, { value: 'lovelace@example.org' }],
      name: { familyName: 'ada', formatted: 'ada' },
    });
    const bob = await subject.now({ type: 'User', id: await idOf('bob') });
    expect(bob.links).toEqual({ manager: ada.id });
    expect(await subject.linkedIds('members', 'in', ada)).toHaveLength(1);
    expect(await subject.linkedIds('manager', 'in', ada)).toEqual([bob.id]);
  });

  test('keeps values that Portico does not show, and classes that it does not know', async () => {
    await slapd.ldapmodify(person('ada', 'uid: second\nroomNumber: 12\ntitle: One\n'));
    const ada = await subject.now({ type: 'User', id: await idOf('ada') });
    await subject.change(ada, { title: 'Two' });
    const text = await slapd.ldapsearch('(uid=ada)');
    for (const line of ['uid: second', 'roomNumber: 12', 'title: Two']) expect(text).toContain(line);
  });

  test('has groups whose last member leaves, and whose placeholder nobody sees', async () => {
    await slapd.ldapmodify(person('ada'));
    await slapd.ldapmodify(`dn: cn=g,${groups}\nobjectClass: groupOfNames\ncn: g\nmember: uid=ada,${people}\n`);
    const id = await idOf('ada');
    const [group] = (await subject.find('Group')).items;
    if (group === undefined) throw new Error('the group is there');
    await subject.removeMembers(group, { type: 'User', id });
    expect(await slapd.ldapsearch('(cn=g)', 'member')).toContain('member: cn=portico-placeholder');
    expect(await subject.linked('members', 'out', group, { page: { limit: 5, total: true } })).toEqual({
      items: [],
      total: 0,
    });
  });

  test('may have members that are gone, and entries with bytes that are no text', async () => {
    await slapd.ldapmodify(person('ada'));
    await slapd.ldapmodify(person('eve', 'title:: /w==\n').replace('title::', 'userPassword::'));
    await slapd.ldapmodify(
      `dn: cn=g,${groups}\nobjectClass: groupOfNames\ncn: g\nmember: uid=gone,${people}\nmember: uid=ada,${people}\nmember: o=elsewhere\n`,
    );
    const [group] = (await subject.find('Group')).items;
    if (group === undefined) throw new Error('the group is there');
    expect(await subject.linkedIds('members', 'out', group)).toEqual([await idOf('ada')]);
    expect((await subject.find('User')).items).toHaveLength(2);
  });

  test('shows what others change after Portico has written, without losing the rest', async () => {
    const user = await subject.user('ada', {
      externalId: 'x',
      emails: [
        { value: 'a@example.com', type: 'work', primary: true },
        { value: 'b@example.com', type: 'home' },
      ],
    });
    const [, name = ''] = /^dn: (.+)$/m.exec(await slapd.ldapsearch('(uid=ada)', '1.1')) ?? [];
    await slapd.ldapmodify(
      `dn: ${name}\nchangetype: modify\nreplace: mail\nmail: a@example.com\nmail: c@example.com\n-\nreplace: title\ntitle: New\n`,
    );
    expect((await subject.now(user)).attributes).toMatchObject({
      externalId: 'x',
      title: 'New',
      emails: [{ value: 'a@example.com', type: 'work', primary: true }, { value: 'c@example.com' }],
    });
  });
});

describe('a name that is used again', () => {
  beforeEach(async () => {
    await adapter.close();
    await openWith(renamingOptions(slapd));
  });

  test('inherits no membership that a crash has left behind', async () => {
    await slapd.ldapmodify(
      `dn: cn=admins,${groups}\nobjectClass: groupOfNames\ncn: admins\nmember: cn=nobody\nmember: uid=ada,${people}\n`,
    );
    await slapd.ldapmodify(person('report', `manager: uid=ada,${people}\n`));
    const ada = await subject.user('ada');
    expect(await subject.linkedIds('members', 'in', ada)).toEqual([]);
    expect(await subject.linkedIds('manager', 'in', ada)).toEqual([]);
  });

  test('follows the entry into its groups and reports, and leaves nothing at the old one', async () => {
    const ada = await subject.user('ada');
    const group = await subject.group('G', [ada]);
    const report = await subject.user('bob', {}, { manager: ada.id });
    await subject.change(ada, { userName: 'lovelace', title: 'T' });
    expect(await subject.members(group)).toEqual([ada.id]);
    expect(await subject.linkedIds('manager', 'out', report)).toEqual([ada.id]);
    expect(await slapd.ldapsearch('(|(member=*)(manager=*))')).not.toContain('uid=ada');
    const heir = await subject.user('ada');
    expect(await subject.linkedIds('members', 'in', heir)).toEqual([]);
  });

  test('is put back where the rest of the change is refused', async () => {
    const options = renamingOptions(slapd);
    await adapter.close();
    await openWith({ ...options, users: { ...options.users, attributes: { title: 'uidNumber' } } });
    const ada = await subject.user('ada');
    const group = await subject.group('G', [ada]);
    await subject.refused(subject.contentOf(ada, { userName: 'eve', title: '7' }), { code: 'INVALID_VALUE' });
    expect((await subject.now(ada)).attributes).toEqual(ada.attributes);
    expect(await subject.members(group)).toEqual([ada.id]);
    expect(await slapd.ldapsearch('(member=*)', 'member')).not.toContain('uid=eve');
  });
});

describe('an entry that is not where it was', () => {
  test('is found again, to be changed and to be deleted', async () => {
    await slapd.ldapmodify(person('ada'));
    const user = await subject.now({ type: 'User', id: await idOf('ada') });
    const moved = (from: string, to: string) =>
      slapd.ldapmodify(`dn: uid=${from},${people}\nchangetype: modrdn\nnewrdn: uid=${to}\ndeleteoldrdn: 0\n`);
    await moved('ada', 'eve');
    const before = await subject.now(user);
    await moved('eve', 'zoe');
    const { resource } = await subject.change(before, { title: 'T' }).catch(async () => {
      // Its version has changed with its name: what core does is to read it again.
      return subject.change(await subject.now(user), { title: 'T' });
    });
    expect(resource?.attributes).toMatchObject({ title: 'T' });
    await moved('zoe', 'amy');
    await subject.delete(user);
    expect(await slapd.ldapsearch('(objectClass=inetOrgPerson)')).toBe('');
  });

  test('is not taken for the one that has its name now', async () => {
    await slapd.ldapmodify(person('ada'));
    const user = await subject.now({ type: 'User', id: await idOf('ada') });
    await slapd.ldapmodify(`dn: uid=ada,${people}\nchangetype: delete\n`);
    await slapd.ldapmodify(person('ada', 'title: Heir\n'));
    await subject.refused(subject.contentOf(user, { ...user.attributes, title: 'T' }), { code: 'NOT_FOUND' });
    await subject.refused({ kind: 'delete', type: 'User', id: user.id }, { code: 'NOT_FOUND' });
    await slapd.ldapmodify(`dn: uid=ada,${people}\nchangetype: delete\n`);
    await slapd.ldapmodify(`dn: uid=ada,${people}\nobjectClass: account\nuid: ada\n`);
    await subject.refused({ kind: 'delete', type: 'User', id: user.id }, { code: 'NOT_FOUND' });
    expect(await slapd.ldapsearch('(uid=ada)', 'objectClass')).toContain('account');
    await slapd.ldapmodify(`dn: uid=ada,${people}\nchangetype: delete\n`);
  });
});

describe('a password', () => {
  test('opens the directory to its user, is stored hashed, and no longer does once it is cleared', async () => {
    const draft = { ...draftOf('User', { userName: 'ada' }), secrets: { password: 'correct horse' } };
    const user = await subject.stored({ kind: 'create', type: 'User', draft });
    const [, dn = ''] = /^dn: (.+)$/m.exec(await slapd.ldapsearch('(uid=ada)', '1.1')) ?? [];
    const whoami = (password: string) => run('ldapwhoami', ['-x', '-H', slapd.url, '-D', dn, '-w', password]);
    expect(await whoami('correct horse')).toContain('dn:');
    await expect(whoami('wrong')).rejects.toThrow('49');
    const { stdout = '' } = { stdout: await slapd.ldapsearch('(uid=ada)', 'userPassword') };
    const [, stored = ''] = /^userPassword:: (.+)$/m.exec(stdout) ?? [];
    expect(Buffer.from(stored, 'base64').toString()).toMatch(/^\{SSHA\}/);
    const cleared = { ...draftOf('User', user.attributes), secrets: { password: null } };
    await subject.done({ kind: 'update', type: 'User', id: user.id, content: { before: user, draft: cleared } });
    await expect(whoami('correct horse')).rejects.toThrow('49');
  });
});

describe('active', () => {
  test('is a lock of ppolicy: who is disabled cannot bind, and can again once enabled', async () => {
    const options = renamingOptions(slapd);
    await adapter.close();
    await openWith({ ...options, users: { ...options.users, attributes: { active: 'pwdAccountLockedTime' } } });
    const draft = { ...draftOf('User', { userName: 'ada', active: true }), secrets: { password: 'correct horse' } };
    const user = await subject.stored({ kind: 'create', type: 'User', draft });
    const whoami = () => run('ldapwhoami', ['-x', '-H', slapd.url, '-D', `uid=ada,${people}`, '-w', 'correct horse']);
    await whoami();
    const disabled = await subject.change(user, { active: false });
    expect(disabled.resource?.attributes).toMatchObject({ active: false });
    await expect(whoami()).rejects.toThrow('49');
    await subject.change(await subject.now(user), { active: true });
    await whoami();
  });
});

describe('round trips', () => {
  test('are few, and the same whatever the number of users', async () => {
    const users = await subject.users('a', 'b', 'c', 'd');
    const [first] = users;
    const group = await subject.group('G', users.slice(1));
    const ids = users.map(({ id }) => id);
    const { call } = subject;
    await adapter.getMany(call, 'User', ids);
    const count = (work: () => Promise<unknown>) => operationsOf(slapd, work);
    expect(await count(() => subject.user('new'))).toEqual({ ADD: 1 });
    expect(await count(() => adapter.getMany(call, 'User', ids))).toEqual({ SRCH: 1 });
    expect(await count(() => subject.byKey('User', PATHS.userName, 'a'))).toEqual({ SRCH: 1 });
    expect(await count(() => adapter.linked(call, 'members', 'in', ids, { page: { limit: 9 } }))).toEqual({ SRCH: 1 });
    await adapter.changes(call, null, 1);
    expect(await count(() => subject.addMembers(group, first))).toEqual({ MOD: 1 });
    expect(await count(() => subject.change(first, { title: 'T' }))).toEqual({ MOD: 1 });
    expect(await count(() => subject.delete(first))).toEqual({ SRCH: 1, DEL: 1, MOD: 1 });
  });
});

describe('what a directory has no place for', () => {
  const { users, groups: others, ...rest } = tenantOptions({ url: 'ldap://127.0.0.1', suffix: 'dc=x' } as Slapd);
  const bare = ({ overflow: _, ...options }: typeof users | typeof others) => options;

  test('is named at the start, unless it is said to have none', async () => {
    const { bindDn: _, bindPassword: __, ...keys } = rest;
    const strict = await ldap.open(ldap.options.parse({ ...keys, users: bare(users), groups: others }), contractShape);
    expect(() => strict.capabilities(subject.tenant, 'User')).toThrow(
      /User attributes: externalId, emails.type, emails.primary; /,
    );
    const without = { ...bare(users), without: ['externalId', 'emails'] };
    const open = await ldap.open(ldap.options.parse({ ...keys, users: without, groups: others }), contractShape);
    expect(open.capabilities(subject.tenant, 'User').ids).toBe('assigned');
    await Promise.all([strict.close(), open.close()]);
  });

  test('is refused by name where a write carries it all the same', async () => {
    const options = tenantOptions(slapd);
    await adapter.close();
    await openWith({ ...options, users: { ...bare(options.users), without: '*' } });
    await subject.refused(subject.createOf('User', { userName: 'a', externalId: 'x' }), {
      code: 'INVALID_VALUE',
      path: 'externalId',
    });
    expect((await subject.user('a', { title: 'T' })).attributes).toMatchObject({ userName: 'a', title: 'T' });
  });
});

describe('tenants', () => {
  test('of one directory have different bases, or the second one is refused', async () => {
    const options = tenantOptions(slapd);
    const shared = {
      ...options,
      users: { ...options.users, base: people },
      groups: { ...options.groups, base: groups },
    };
    await adapter.close();
    await openWith(shared);
    await subject.user('a');
    expect(() => adapter.capabilities('two' as never, 'User')).toThrow(/would share the entries/);
    expect(() => adapter.capabilities('_system' as never, 'Schema')).toThrow(/system\.backend/);
  });
});
