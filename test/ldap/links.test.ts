import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { idsOf, Subject, UNKNOWN_ID } from '#test/contract/subject.ts';
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
  adapter = await ldap.open(ldap.options.parse(optionsAlone()), contractShape);
  subject = new Subject(adapter);
  return () => adapter.close();
});
afterAll(async () => {
  await admin.close();
  await slapd.stop();
});

/** Nothing is asked but what a test asks. */
function optionsAlone(): object {
  return { ...tenantOptions(slapd), changes: 'none' };
}

const people = 'ou=people,ou=one,dc=example,dc=com';
const groups = 'ou=groups,ou=one,dc=example,dc=com';
const page = { page: { limit: 10 } };

function personAt(uid: string): string {
  return `dn: uid=${uid},${people}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n`;
}

function groupAt(cn: string, ...members: readonly string[]): string {
  return `dn: cn=${cn},${groups}\nobjectClass: groupOfNames\nobjectClass: porticoResource\ncn: ${cn}\ndisplayName: ${cn}\n${members.map((dn) => `member: ${dn}\n`).join('')}`;
}

function rename(from: string, to: string): Promise<void> {
  return slapd.ldapmodify(`dn: uid=${from},${people}\nchangetype: modrdn\nnewrdn: uid=${to}\ndeleteoldrdn: 1\n`);
}

async function seen(uid: string): Promise<ResourceId> {
  const [id] = await subject.byKey('User', PATHS.userName, uid);
  if (id === undefined) throw new Error(`${uid} must be there`);
  return id;
}

/** What each search asks for: filter and attributes. */
async function searchesOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  let from = 0;
  await count(() => {
    from = slapd.log().length;
    return work();
  });
  const lines = slapd.log().slice(from).split('\n');
  const asked = lines.flatMap((line) => / SRCH (base=.*|attr=.*)$/.exec(line)?.[1] ?? []);
  const attributes = asked.filter((text) => text.startsWith('attr='));
  return asked.filter((text) => text.startsWith('base=')).map((text, i) => `${text} ${attributes[i]}`);
}

function count(work: () => Promise<unknown>): Promise<Record<string, number>> {
  return operationsOf(slapd, work);
}

function groupsOf(...ids: readonly ResourceId[]) {
  return adapter.linked(subject.call, 'members', 'in', ids, page);
}

describe('a hundred users', () => {
  let users: readonly StoredResource[];
  let group: StoredResource;
  beforeEach(async () => {
    users = await Promise.all(Array.from({ length: 100 }, (_, i) => subject.user(`u${i}`)));
    group = await subject.group('G', users.slice(50));
    await subject.group('H', users.slice(0, 1));
  });

  test('cost one search: to get, to look up, and to tell whose groups and reports they have', async () => {
    const ids = idsOf(users);
    const keys = users.map(({ attributes }) => ({ attribute: 'userName', value: String(attributes['userName']) }));
    const { call } = subject;
    expect(await count(() => adapter.getMany(call, 'User', ids))).toEqual({ SRCH: 1 });
    expect(await count(() => adapter.byKeys(call, 'User', keys))).toEqual({ SRCH: 1 });
    expect(await count(() => groupsOf(...ids))).toEqual({ SRCH: 1 });
    expect(await count(() => adapter.linked(call, 'manager', 'in', ids, page))).toEqual({ SRCH: 1 });
    const pairs = ids.map((to) => ({ from: group.id, to }));
    const ask = () => adapter.areLinked(call, 'members', pairs, { transitive: false });
    expect(await count(ask)).toEqual({ SRCH: 1 });
    expect(await ask()).toEqual(ids.map((_, i) => i >= 50));
    expect((await groupsOf(...ids)).map(({ items }) => items.length)).toEqual(
      ids.map((_, i) => Number(i >= 50 || i === 0)),
    );
  });

  test('cost a second search where the gateway has not seen them before', async () => {
    const fresh = await ldap.open(ldap.options.parse(optionsAlone()), contractShape);
    await fresh.ping(subject.call);
    const ask = () => fresh.linked(subject.call, 'members', 'in', idsOf(users), page);
    expect(await count(ask)).toEqual({ SRCH: 2 });
    expect(await count(ask)).toEqual({ SRCH: 1 });
    await fresh.close();
  });

  test('are the members of a group for two searches, whatever the page', async () => {
    const ask = () => subject.linked('members', 'out', group, { page: { limit: 100, total: true } });
    expect(await count(ask)).toEqual({ SRCH: 2 });
    expect((await ask()).items).toHaveLength(50);
    const paged = await subject.pagedLinkIds('members', 'out', group, {}, 7);
    expect(paged).toEqual(idsOf((await ask()).items));
  });
});

describe('groups in groups', () => {
  test('where they are many, are asked for beside their own members, which are not gone through', async () => {
    const ada = await subject.user('ada');
    const inner = await Promise.all(Array.from({ length: 17 }, (_, i) => subject.group(`inner ${i}`, [ada])));
    const outer = await subject.group('outer', inner.slice(1));
    const ask = () => groupsOf(...idsOf(inner));
    const asked = await searchesOf(ask);
    expect(asked).toHaveLength(2);
    const byId = asked.find((search) => search.includes('(entryUUID='));
    expect(byId).not.toContain(' member');
    expect((await ask()).map(({ items }) => idsOf(items))).toEqual(inner.map((_, i) => (i === 0 ? [] : [outer.id])));
    expect(await count(() => groupsOf(...idsOf(inner.slice(1))))).toEqual({ SRCH: 1 });
  });
});

describe('a group of more than a thousand', () => {
  let group: ResourceId;
  beforeEach(async () => {
    await slapd.ldapmodify(['a', 'b', 'c', 'd'].map(personAt).join('\n'));
    const strangers = Array.from({ length: 1_000 }, (_, i) => `uid=x${i},${people}`);
    await slapd.ldapmodify(groupAt('g', ...['a', 'b', 'c'].map((uid) => `uid=${uid},${people}`), ...strangers));
    [group = UNKNOWN_ID] = idsOf((await subject.find('Group')).items);
  });
  const pageAfter = async (after?: string) => {
    const request = { limit: 1, total: true, ...(after !== undefined && { after }) };
    const [found] = await adapter.linked(subject.call, 'members', 'out', [group], { page: request });
    return found;
  };
  const uidOf = (id: ResourceId | undefined) => slapd.ldapsearch(`(entryUUID=${id})`, 'uid');

  test('is read once for all of its pages', async () => {
    const first = await pageAfter();
    const asked = await searchesOf(() => pageAfter(first?.next));
    expect(asked).toHaveLength(2);
    expect(asked.join('\n')).not.toContain(' member');
    const second = await pageAfter(first?.next);
    expect(second?.total).toBe(1_003);
    expect(await uidOf(second?.items[0]?.id)).toContain('uid: b');
  });

  test('is read again when it has changed', async () => {
    const first = await pageAfter();
    const change = `delete: member\nmember: uid=b,${people}\n`;
    await slapd.ldapmodify(`dn: cn=g,${groups}\nchangetype: modify\n${change}`);
    const second = await pageAfter(first?.next);
    expect(second?.total).toBe(1_002);
    expect(await uidOf(second?.items[0]?.id)).toContain('uid: c');
  });
});

describe('a name that somebody else has by now', () => {
  test('gives nobody the groups and reports of its former holder, nor of its present one', async () => {
    await slapd.ldapmodify([personAt('ada'), groupAt('old', `uid=ada,${people}`)].join('\n'));
    const former = await seen('ada');
    await rename('ada', 'lovelace');
    const heir = personAt('ada');
    const report = personAt('bob').replace(/$/, `manager: uid=ada,${people}\n`);
    await slapd.ldapmodify([heir, report, groupAt('new', `uid=ada,${people}`)].join('\n'));
    expect(await groupsOf(former, UNKNOWN_ID)).toEqual([{ items: [] }, { items: [] }]);
    expect(await subject.linkedIds('manager', 'in', { type: 'User', id: former })).toEqual([]);
    const pairs = (await subject.find('Group')).items.map(({ id }) => ({ from: id, to: former }));
    expect(await adapter.areLinked(subject.call, 'members', pairs, { transitive: false })).toEqual([false, false]);
  });

  test('is not asked for where the entry has moved: its groups are those of its new name', async () => {
    await slapd.ldapmodify([personAt('ada'), personAt('bob')].join('\n'));
    const ids = [await seen('ada'), await seen('bob')];
    await rename('ada', 'zoe');
    await rename('bob', 'ada');
    await rename('zoe', 'bob');
    await slapd.ldapmodify([groupAt('a', `uid=ada,${people}`), groupAt('b', `uid=bob,${people}`)].join('\n'));
    const withNames = { ...page, with: [PATHS.displayName] };
    const pages = await adapter.linked(subject.call, 'members', 'in', ids, withNames);
    expect(pages.map(({ items }) => items.map(({ attributes }) => attributes?.['displayName']))).toEqual([
      ['b'],
      ['a'],
    ]);
  });

  test('costs a second search, and then is known', async () => {
    await slapd.ldapmodify([personAt('ada'), groupAt('g', `uid=zoe,${people}`)].join('\n'));
    const id = await seen('ada');
    await rename('ada', 'zoe');
    expect(await count(() => groupsOf(id))).toEqual({ SRCH: 2 });
    expect(await count(() => groupsOf(id))).toEqual({ SRCH: 1 });
    expect((await groupsOf(id))[0]?.items).toHaveLength(1);
  });
});
