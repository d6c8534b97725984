import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { wholeAnswers } from '#adapters/ldap/connection/whole-answers.ts';
import { chainFilter } from '#adapters/ldap/filter/link-terms.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { holderOf } from '#adapters/ldap/links/holders.ts';
import { Reader } from '#adapters/ldap/read/reader.ts';
import { CODE } from '#adapters/ldap/result-error.ts';
import { type Found, TenantView } from '#adapters/ldap/tenant-view.ts';
import { modifyByGuid } from '#adapters/ldap/write/by-guid.ts';
import type { Filter } from '#model/filter.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { callOf, Subject, sorted, TENANT } from '#test/contract/subject.ts';
import { missingForSamba, type Samba, startSamba } from '#test/support/samba.ts';
import { serveDiscovered } from './discovered.ts';
import { addTenants, domainOptions, emptyDomain, openDomainPool } from './domain.ts';

const INVALID_CREDENTIALS = 49;
const GOOD_PASSWORD = 'Correct-horse 7 battery';

const missing = missingForSamba();
if (missing !== undefined) process.stderr.write(`Active Directory: not run, since ${missing}\n`);

describe.skipIf(missing !== undefined)('a domain of Active Directory, by Samba', () => {
  let samba: Samba;
  let admin: LdapPool;
  let adapter: DirectoryAdapter;
  let subject: Subject;

  beforeAll(async () => {
    samba = await startSamba();
    admin = openDomainPool(samba);
    await addTenants(admin, samba, ['one']);
  }, 300_000);
  afterAll(async () => {
    await admin?.close();
    await samba?.stop();
  });
  beforeEach(async () => {
    await emptyDomain(admin, samba, ['one']);
    adapter = await open();
    subject = new Subject(adapter);
    return () => adapter.close();
  });

  const open = () => ldap.open(ldap.options.parse(domainOptions(samba)), contractShape);
  const person = (cn: string) => `CN=${cn},OU=people,OU=one,${samba.suffix}`;
  const group = (cn: string) => `CN=${cn},OU=groups,OU=one,${samba.suffix}`;
  const add = (dn: string, attributes: Record<string, readonly string[]>) => admin.add(callOf(), { dn, attributes });
  const set = (dn: string, attribute: string, ...values: readonly string[]) =>
    admin.modify(callOf(), { dn, changes: [{ operation: 'replace', attribute, values }] });

  async function read(dn: string, attribute: string): Promise<readonly string[]> {
    const request = { base: dn, scope: 'base', filter: '(objectClass=*)', attributes: [attribute] } as const;
    const { entries } = await admin.search(callOf(), request);
    return entries[0]?.strings(attribute) ?? [];
  }

  async function withPassword(userName: string, password: string | null): Promise<StoredResource> {
    const { draft, ...create } = subject.createOf('User', { userName, active: true });
    return subject.stored({ ...create, draft: { ...draft, secrets: { password } } });
  }

  async function only(): Promise<StoredResource> {
    const { items } = await subject.find('User');
    expect(items).toHaveLength(1);
    return items[0] as StoredResource;
  }

  test('what is there is served as it is, and a computer is no user', async () => {
    const flags = { userAccountControl: ['514'], userPrincipalName: ['ada@example.test'] };
    await add(person('Ada Lovelace'), { objectClass: ['user'], ...flags, sn: ['Lovelace'], mail: ['ada@x'] });
    await add(`CN=PC1,OU=people,OU=one,${samba.suffix}`, { objectClass: ['computer'] });
    const ada = await only();
    expect(ada.attributes).toMatchObject({
      userName: 'ada@example.test',
      active: false,
      name: { familyName: 'Lovelace' },
      emails: [{ value: 'ada@x' }],
    });
    expect(await subject.now(ada)).toEqual(ada);
    expect(await subject.byKey('User', PATHS.userName, 'ADA@example.test')).toEqual([ada.id]);
    const guid = `<GUID=${ada.id}>`;
    expect(await read(guid, 'cn')).toEqual(['Ada Lovelace']);
  });

  test('who is disabled cannot bind, and what else the account says stays', async () => {
    const ada = await withPassword('ada@example.test', GOOD_PASSWORD);
    const bind = () => samba.bind('ada@example.test', GOOD_PASSWORD);
    expect(await bind()).toBe(0);
    const passwordNeverExpires = 0x10000;
    await set(person('ada@example.test'), 'userAccountControl', String(0x200 | passwordNeverExpires));
    const { resource } = await subject.change(await subject.now(ada), { active: false });
    expect(resource?.attributes['active']).toBe(false);
    expect(await bind()).toBe(INVALID_CREDENTIALS);
    expect(await read(person('ada@example.test'), 'userAccountControl')).toEqual([
      String(0x200 | 0x2 | passwordNeverExpires),
    ]);
    await subject.change(await subject.now(ada), { active: true });
    expect(await bind()).toBe(0);
  });

  test('who is pushed without a password is enabled and cannot bind, until there is one', async () => {
    const ada = await subject.user('ada@example.test', { active: true });
    expect(await samba.bind('ada@example.test', GOOD_PASSWORD)).toBe(INVALID_CREDENTIALS);
    const change = async (password: string | null) => {
      const before = await subject.now(ada);
      const { content, ...update } = subject.contentOf(before, before.attributes);
      const draft = { ...content?.draft, secrets: { password } };
      await subject.done({ ...update, content: { before, draft } } as Parameters<typeof subject.done>[0]);
    };
    await change(GOOD_PASSWORD);
    expect(await samba.bind('ada@example.test', GOOD_PASSWORD)).toBe(0);
    await change(null);
    expect(await samba.bind('ada@example.test', GOOD_PASSWORD)).toBe(INVALID_CREDENTIALS);
  });

  test('a password that the policy refuses is an error that says so, and nothing is stored', async () => {
    await expect(withPassword('ada@example.test', 'short')).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringMatching(/password policy of the domain/),
    });
    expect(await subject.foundIds('User')).toEqual([]);
  });

  test('a name that somebody elsewhere in the domain has is taken, by whichever attribute', async () => {
    await add(`CN=Elsewhere,CN=Users,${samba.suffix}`, {
      objectClass: ['user'],
      userPrincipalName: ['taken@example.test'],
      sAMAccountName: ['grace'],
    });
    for (const userName of ['taken@example.test', 'grace@other.test']) {
      await subject.refused(subject.createOf('User', { userName }), { code: 'UNIQUENESS', path: 'userName' });
    }
    await admin.delete(callOf(), { dn: `CN=Elsewhere,CN=Users,${samba.suffix}` });
  });

  test('a group is renamed, and the directory itself follows in whatever names it', async () => {
    const ada = await subject.user('ada@example.test');
    const inner = await subject.group('Inner', [ada]);
    const outer = await subject.group('Outer', [inner]);
    const { resource } = await subject.change(inner, { displayName: 'Renamed' });
    expect(resource?.attributes['displayName']).toBe('Renamed');
    expect(await read(group('Outer'), 'member')).toEqual([group('Renamed')]);
    expect(await read(group('Renamed'), 'sAMAccountName')).toEqual(['Renamed']);
    expect(await subject.linkedIds('members', 'out', outer)).toEqual([inner.id]);
    expect(await subject.linkedIds('members', 'in', ada)).toEqual([inner.id]);
  });

  test('what an administrator has set in place of a template stays when the name changes', async () => {
    const ada = await subject.user('ada@example.test');
    await set(person('ada@example.test'), 'sAMAccountName', 'lovelace');
    await subject.change(await subject.now(ada), { userName: 'countess@example.test' });
    expect(await read(person('countess@example.test'), 'sAMAccountName')).toEqual(['lovelace']);
  });

  test('of two who write what they have read one is refused, whatever they change', async () => {
    const other = new Subject(await open());
    const ada = await subject.user('ada@example.test', { title: 'old' });
    const answers = await Promise.all([
      subject.attempt(subject.contentOf(ada, { ...ada.attributes, title: 'new' })),
      other.attempt(other.contentOf(ada, { ...ada.attributes, displayName: 'Ada' })),
    ]);
    await other.adapter.close();
    const codes = answers.map((answer) => ('changed' in answer ? 'done' : answer.code)).toSorted();
    expect(codes).toEqual(['VERSION_MISMATCH', 'done']);
  });

  test('a write is refused where what it replaces is not there any more and, under the guard, where Portico has written', async () => {
    const ada = await subject.user('ada@example.test', { title: 'old' });
    const reader = new Reader(admin, new TenantView(ldap.options.parse(domainOptions(samba)), TENANT), callOf());
    const stale = (await reader.byIds(reader.view.users, [ada.id])).get(ada.id) as Found;
    const write = (isGuarded: boolean) =>
      modifyByGuid(reader, stale, [{ operation: 'replace', attribute: 'title', values: ['new'] }], isGuarded);
    await subject.change(ada, { displayName: 'Ada' });
    await expect(write(true)).rejects.toMatchObject({ code: CODE.valueExists });
    await set(person('ada@example.test'), 'title', 'theirs');
    await expect(write(false)).rejects.toMatchObject({ code: CODE.noSuchAttribute });
    await set(person('ada@example.test'), 'title', 'old');
    expect((await write(false)).entry.strings('title')).toEqual(['new']);
  });

  test('members added at once are all there', async () => {
    const people = await subject.users('a@x', 'b@x', 'c@x', 'd@x', 'e@x', 'f@x');
    const all = await subject.group('All');
    await Promise.all(people.map((each) => subject.addMembers(all, each)));
    expect((await subject.linkedIds('members', 'out', all)).toSorted()).toEqual(people.map(({ id }) => id).toSorted());
    const again = await subject.addMembers(all, people[0]);
    expect(again).toMatchObject({ changed: false, members: { added: [], removed: [] } });
  });

  test('groups lose who is deleted, and get a new version', async () => {
    const ada = await subject.user('ada@example.test');
    const inner = await subject.group('Inner', [ada]);
    const deleted = await subject.delete(ada);
    expect(deleted.touched).toEqual([{ id: inner.id, type: 'Group' }]);
    const now = await subject.now(inner);
    expect(now.version).not.toBe(inner.version);
    expect(await read(group('Inner'), 'member')).toEqual([]);
  });

  test('second and further values go where one does not fit', async () => {
    const emails = [{ value: 'a@x' }, { value: 'b@x' }, { value: 'c@x' }];
    const ada = await subject.user('ada@example.test', { emails });
    expect(ada.attributes['emails']).toEqual(emails);
    expect(await read(person('ada@example.test'), 'mail')).toEqual(['a@x']);
    expect((await read(person('ada@example.test'), 'otherMailbox')).toSorted()).toEqual(['b@x', 'c@x']);
  });

  test('who is in a group, or what somebody is in, through whatever groups, is found level by level, and by the rule of the domain', async () => {
    const [ada, bob] = await subject.users('ada@example.test', 'bob@example.test');
    const inner = await subject.group('Inner', [ada]);
    const middle = await subject.group('Middle', [inner]);
    const outer = await subject.group('Outer', [middle, bob]);
    const fits = (direction: 'in' | 'out', id: ResourceId): Filter => ({
      ...{ kind: 'linked', edge: 'members', direction, transitive: true },
      ids: [id],
    });
    expect((await subject.foundIds('User', { filter: fits('in', outer.id) })).toSorted()).toEqual(
      sorted([ada.id, bob.id]),
    );
    expect(await subject.foundIds('User', { filter: fits('in', inner.id) })).toEqual([ada.id]);
    expect((await subject.foundIds('Group', { filter: fits('in', outer.id) })).toSorted()).toEqual(
      sorted([inner.id, middle.id]),
    );
    expect((await subject.foundIds('Group', { filter: fits('out', ada.id) })).toSorted()).toEqual(
      sorted([inner.id, middle.id, outer.id]),
    );
    const view = new TenantView(ldap.options.parse(domainOptions(samba)), TENANT);
    const reader = new Reader(admin, view, callOf());
    const groups = holderOf(reader, 'members');
    if (groups === undefined) throw new Error('groups have members');
    const byRule = async (direction: 'in' | 'out', ...ids: readonly ResourceId[]) => {
      const filter = await chainFilter(reader, groups, {
        ...{ kind: 'linked', edge: 'members', transitive: true },
        ...{ direction, ids },
      });
      return filter && sorted((await reader.searchAll(filter)).map(({ id }) => id));
    };
    expect(await byRule('in', outer.id)).toEqual(sorted([ada.id, bob.id, inner.id, middle.id]));
    expect(await byRule('out', ada.id)).toEqual(sorted([inner.id, middle.id, outer.id]));
    expect(await byRule('out', ada.id, bob.id)).toBeUndefined();
  });

  test('the configuration for it is found by looking', async () => {
    await add(person('Ada Lovelace'), { objectClass: ['user'], userPrincipalName: ['ada@example.test'] });
    await add(group('Staff'), { objectClass: ['group'], member: [person('Ada Lovelace')] });
    const { url, ca, adminDn, adminPassword, suffix } = samba;
    const connection = { url, tls: { ca }, bindDn: adminDn, bindPassword: adminPassword };
    const proposal = await ldap.discover?.(connection, `OU=one,${suffix}`, callOf());
    expect(proposal?.options).toEqual({
      preset: 'active-directory',
      users: { base: `OU=people,OU=one,${suffix}`, without: '*' },
      groups: { base: `OU=groups,OU=one,${suffix}`, without: '*' },
    });
    const said = JSON.stringify(proposal);
    expect(said).not.toMatch(/unique_uri|Indexes|badPwdCount|objectGUID|uSNCreated|memberOf/);
  });

  test('the configuration that portico ldap discover prints passes portico check and serves the domain', async () => {
    await add(person('Ada Lovelace'), { objectClass: ['user'], userPrincipalName: ['ada@example.test'] });
    await add(group('Staff'), { objectClass: ['group'], member: [person('Ada Lovelace')] });
    const { scim, graphql } = await serveDiscovered(samba, '--base', `OU=one,${samba.suffix}`);
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
    const created = await scim.post('/Users', { schemas, userName: 'bob@example.test', active: false });
    expect(created.status).toBe(201);
    expect(await read(person('bob@example.test'), 'userAccountControl')).toEqual(['514']);
    const query = '{ users { nodes { userName memberOf { nodes { displayName } } } } }';
    expect(await graphql(query)).toEqual({
      data: {
        users: {
          nodes: expect.arrayContaining([
            { userName: 'ada@example.test', memberOf: { nodes: [{ displayName: 'Staff' }] } },
            { userName: 'bob@example.test', memberOf: { nodes: [] } },
          ]),
        },
      },
    });
  });

  test('who is disabled is found by the bit of the account that says so', async () => {
    const ada = await subject.user('ada@example.test', { active: true });
    const bob = await subject.user('bob@example.test', { active: false });
    const found = (literal: boolean) =>
      subject.foundIds('User', { filter: { kind: 'compare', path: PATHS.active, operator: 'eq', literal } });
    expect(await found(true)).toEqual([ada.id]);
    expect(await found(false)).toEqual([bob.id]);
  });

  test('times are compared as the directory writes them', async () => {
    const ada = await subject.user('ada@example.test');
    const since = (instant: number) =>
      subject.foundIds('User', {
        filter: { kind: 'compare', path: PATHS.created, operator: 'ge', literal: instant },
      });
    expect(await since(ada.createdAt.getTime())).toEqual([ada.id]);
    expect(await since(ada.createdAt.getTime() + 1_000)).toEqual([]);
  });

  test('answers in pieces are put together: entries by pages, values by ranges', async () => {
    const names = Array.from({ length: 25 }, (_, i) => `u${i}`);
    for (const cn of names) await add(person(cn), { objectClass: ['user'], sAMAccountName: [cn] });
    await add(group('All'), { objectClass: ['group'], member: names.map(person) });
    const pieces = { entries: 7, values: 10, attributes: ['member', 'memberOf'] };
    const pool = wholeAnswers(admin, pieces);
    const request = { base: `OU=one,${samba.suffix}`, scope: 'sub', filter: '(objectClass=user)' } as const;
    const { entries } = await pool.search(callOf(), { ...request, attributes: ['cn', 'memberOf'] });
    expect(entries.flatMap((entry) => entry.strings('cn')).toSorted()).toEqual(names.toSorted());
    expect(new Set(entries.flatMap((entry) => entry.strings('memberOf')))).toEqual(new Set([group('All')]));
    const streamed: string[] = [];
    await pool.stream(callOf(), { ...request, attributes: ['cn'] }, (entry) => streamed.push(...entry.strings('cn')));
    expect(streamed.toSorted()).toEqual(names.toSorted());
    const groups = await pool.search(callOf(), { ...request, filter: '(cn=All)', attributes: ['member'] });
    expect(groups.entries[0]?.strings('member').toSorted()).toEqual(names.map(person).toSorted());
    expect(groups.entries[0]?.names).toEqual(['member']);
  });
});
