import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { ResourceId } from '#model/resource.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { Subject } from '#test/contract/subject.ts';
import type { Slapd } from '#test/support/slapd.ts';
import { empty, givenIdOptions, openAdminPool, operationsOf, startTenants } from './directory.ts';

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
  await openWith(givenIdOptions(slapd));
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

function personAt(uid: string, more = ''): Promise<void> {
  const classes = 'objectClass: inetOrgPerson\nobjectClass: porticoResource\n';
  return slapd.ldapmodify(`dn: uid=${uid},${people}\n${classes}uid: ${uid}\ncn: ${uid}\nsn: ${uid}\n${more}`);
}

async function idOf(uid: string): Promise<ResourceId> {
  const [id] = await subject.byKey('User', PATHS.userName, uid);
  if (id === undefined) throw new Error(`${uid} must be there`);
  return id;
}

function givenTo(userName: string, id: string) {
  return { ...subject.createOf('User', { userName }), id: id as ResourceId };
}

describe('ids that are given', () => {
  test('are kept in the entry, whatever they look like, and make links', async () => {
    const user = await subject.stored(givenTo('ada', '00u1a2B3/=(x)*\\'));
    expect(user.id).toBe('00u1a2B3/=(x)*\\');
    expect(await slapd.ldapsearch('(uid=ada)', 'porticoId')).toContain('porticoId: 00u1a2B3/=(x)*\\');
    const group = await subject.group('G', [user]);
    expect(await subject.members(group)).toEqual([user.id]);
    const { resource } = await subject.change(user, { userName: 'lovelace' });
    expect(resource?.id).toBe(user.id);
    expect(await subject.members(group)).toEqual([user.id]);
    await subject.delete(user);
    expect(await subject.members(group)).toEqual([]);
  });

  test('are refused where an entry could not tell them apart from others', async () => {
    for (const id of ['', 'a b', ' a', 'ä', 'x'.repeat(129), 'a\0']) {
      await subject.refused(givenTo('ada', id), { code: 'INVALID_VALUE', path: 'id' });
    }
    expect(await subject.foundIds('User')).toEqual([]);
  });

  test('cost no search where the server itself keeps them apart', async () => {
    const { users, ...options } = givenIdOptions(slapd);
    await adapter.close();
    await openWith({ ...options, users: { ...users, rdn: 'porticoName', unique: ['uid', 'porticoId'] } });
    await subject.user('first');
    expect(await operationsOf(slapd, () => subject.user('ada'))).toEqual({ ADD: 1 });
  });

  test('are looked for before one is given', async () => {
    await subject.stored(givenTo('ada', 'x1'));
    await subject.refused(givenTo('bob', 'x1'), { code: 'UNIQUENESS', path: 'id', ids: ['x1' as ResourceId] });
  });

  test('must have an attribute of their own', () => {
    const { users, ...options } = givenIdOptions(slapd);
    for (const id of ['porticoOverflow', 'UID', 'sn']) {
      expect(() => ldap.options.parse({ ...options, users: { ...users, id } })).toThrow(
        /users\.id: expected .* nothing else/,
      );
    }
  });
});

describe('an entry that others add without an id', () => {
  test('has that of the directory, and is changed, linked and deleted by it', async () => {
    await personAt('ada');
    const [, uuid] = /^entryUUID: (.+)$/m.exec(await slapd.ldapsearch('(uid=ada)', 'entryUUID')) ?? [];
    const id = await idOf('ada');
    expect(id).toBe(uuid);
    const user = await subject.now({ type: 'User', id });
    const group = await subject.group('G', [user]);
    expect(await subject.members(group)).toEqual([id]);
    expect((await subject.change(user, { title: 'T' })).resource).toMatchObject({ id, attributes: { title: 'T' } });
    expect(await subject.foundIds('User')).toEqual([id]);
    await subject.delete(user);
    expect(await subject.foundIds('User')).toEqual([]);
  });

  test('is known by the one that it is given later, and by no other', async () => {
    await personAt('ada');
    const before = await idOf('ada');
    await slapd.ldapmodify(`dn: uid=ada,${people}\nchangetype: modify\nadd: porticoId\nporticoId: x9\n`);
    expect(await subject.get({ type: 'User', id: before })).toBeNull();
    expect(await idOf('ada')).toBe('x9');
    await subject.refused({ kind: 'delete', type: 'User', id: before }, { code: 'NOT_FOUND' });
    await subject.delete({ type: 'User', id: 'x9' as ResourceId });
  });

  test('is not shown where what it has there could be no id', async () => {
    await personAt('ada', 'porticoId: two words\n');
    expect(await subject.foundIds('User')).toEqual([]);
  });
});

test('a list is whole and in order, whichever id an entry has', async () => {
  await personAt('one');
  await personAt('two');
  for (const id of ['0', 'Z', 'a', 'zz']) await subject.stored(givenTo(`user${id}`, id));
  const all = await subject.foundIds('User');
  expect(all).toHaveLength(6);
  expect(all).toEqual([...all].sort());
  expect(await subject.pagedIds('User', {}, 2)).toEqual(all);
});
