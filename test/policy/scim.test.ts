import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCOPES } from '#model/principal.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from '#test/scim/people.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const POLICIES = new Map([
  ['apps', { hide: ['emails', 'name.familyName', `${ENTERPRISE}:employeeNumber`] }],
  ['phonebook', { show: ['displayName', 'phoneNumbers'] }],
  ['nameless', { hide: ['displayName'] }],
  ['nobody', { hide: ['userName', 'groups', 'manager', `${GROUP}:displayName`] }],
]);

let gateway: ScimGateway;
let all: ScimClient;
let ada: string;
let staff: string;
const calls: string[] = [];
const under = (policy: string) => gateway.client('acme', SCOPES, policy);

beforeAll(async () => {
  gateway = await openScimGateway({
    policies: POLICIES,
    user: 'ada',
    wrap: (adapter) => hooked(adapter, (method) => calls.push(method)),
  });
  all = gateway.client();
  const boss = await createUser(all, 'boss', { displayName: 'The Boss' });
  ada = await createUser(all, 'ada', {
    displayName: 'Ada',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ type: 'work', value: 'ada@example.com' }],
    phoneNumbers: [{ value: '+44 1' }],
    [ENTERPRISE]: { employeeNumber: '1815', manager: { value: boss } },
  });
  staff = await createGroup(all, 'Staff', [ada]);
});
afterAll(() => gateway.close());

const expectForbidden = (answer: ScimAnswer, ...words: readonly string[]) => {
  expect(answer.status, answer.text).toBe(403);
  for (const word of words) expect(String(answer.body['detail'])).toContain(word);
};

describe('what a credential with a policy reads', () => {
  test('lacks what is hidden, in a resource, in a list, in a search and at /Me, and the rest is as others have it', async () => {
    const { emails, groups, name, [ENTERPRISE]: _, ...rest } = (await all.get(`/Users/${ada}`)).body;
    expect([emails, groups, name].every((value) => value !== undefined)).toBe(true);
    const client = under('apps');
    const { body } = await client.get(`/Users/${ada}`);
    expect(body).toMatchObject({ ...rest, groups, name: { givenName: 'Ada' } });
    expect(body).not.toHaveProperty('emails');
    expect(body[ENTERPRISE]).toEqual({ manager: expect.objectContaining({ displayName: 'The Boss' }) });
    for (const answer of [
      await client.get('/Users?filter=userName%20eq%20%22ada%22'),
      await client.post('/.search', { schemas: [SEARCH], filter: 'userName eq "ada"' }),
    ]) {
      expect(answer.body['Resources']).toEqual([body]);
    }
    expect((await client.get('/Me')).body).toEqual(body);
  });

  test('is what is shown and no more, and costs no call for links that are hidden', async () => {
    const client = under('phonebook');
    calls.length = 0;
    const { body } = await client.get(`/Users/${ada}`);
    expect(calls).toEqual(['getMany']);
    expect(body).toEqual({
      schemas: [USER],
      id: ada,
      displayName: 'Ada',
      phoneNumbers: [{ value: '+44 1' }],
      meta: expect.anything(),
    });
    expect((await client.get(`/Groups/${staff}`)).body).toEqual({
      schemas: [GROUP],
      id: staff,
      displayName: 'Staff',
      meta: expect.anything(),
    });
  });

  test('holds no name of a group or a manager whose name is hidden, and /Me finds whom it means by a hidden userName', async () => {
    const client = under('nobody');
    const { status, text, body } = await client.get('/Me');
    expect([status, body['id']]).toEqual([200, ada]);
    for (const word of ['userName', 'Staff', 'The Boss', 'groups', 'manager']) expect(text).not.toContain(`"${word}"`);
    expect((await client.get(`/Groups/${staff}`)).text).not.toMatch(/Staff|members/);
  });

  test('shows links without the names that are hidden', async () => {
    const { body, text } = await under('nameless').get(`/Users/${ada}`);
    expect(body['groups']).toEqual([{ value: staff, $ref: expect.any(String), type: 'direct' }]);
    expect(body[ENTERPRISE]).toMatchObject({ manager: { value: expect.any(String) } });
    expect((await under('nameless').get(`/Groups/${staff}`)).body['members']).toEqual([
      { value: ada, $ref: expect.any(String), type: 'User' },
    ]);
    for (const name of ['Staff', 'The Boss', 'displayName', 'display']) expect(text).not.toContain(name);
  });

  test('cannot be widened by attributes, nor by what another credential was shown before', async () => {
    for (const client of [all, under('apps'), all, under('apps')]) {
      const sees = client === all;
      expect((await client.get(`/Users/${ada}`)).text.includes('Lovelace')).toBe(sees);
      expect((await client.get(`/Users/${ada}?attributes=emails,name.familyName`)).text.includes('Lovelace')).toBe(
        sees,
      );
    }
  });
});

describe('a request that names what is hidden is refused, whatever the answer would have been', () => {
  test.each([
    'emails eq "ada@example.com"',
    'emails.value sw "nobody"',
    'emails[type eq "work"]',
    'emails pr',
    'not (emails.type eq "home")',
    'userName eq "nobody" and name.familyName eq "Lovelace"',
    'name pr',
    `${ENTERPRISE}:employeeNumber eq "0"`,
    `${ENTERPRISE} pr`,
    `schemas eq "${ENTERPRISE}"`,
  ])('by the filter %s', async (filter) => {
    const client = under('apps');
    const query = `filter=${encodeURIComponent(filter)}`;
    for (const path of [`/Users?${query}`, `/Users?${query}&cursor`, `/?${query}`]) {
      expectForbidden(await client.get(path), 'is hidden', '"apps"');
    }
    expectForbidden(await client.post('/Users/.search', { schemas: [SEARCH], filter }), 'is hidden');
  });

  test('by sortBy, and by links', async () => {
    expectForbidden(await under('apps').get('/Users?sortBy=emails.value'), 'emails.value', 'sorted by');
    expectForbidden(await under('apps').get('/?sortBy=name.familyName'), 'name.familyName');
    const links = [`groups.value eq "${staff}"`, 'manager pr', `groups[value eq "x"]`];
    for (const filter of links) {
      expectForbidden(await under('nobody').get(`/Users?filter=${encodeURIComponent(filter)}`), 'is hidden');
    }
    expectForbidden(await under('nobody').get(`/Groups?filter=${encodeURIComponent('members pr')}`), 'membership');
  });
});

describe('a credential with a policy writes what it sees', () => {
  const patch = (operation: { readonly [name: string]: never | string | object }, policy = 'apps') =>
    under(policy).patch(`/Users/${ada}`, [operation as never]);

  test('by PATCH of what is seen, of which the answer shows no more than a GET', async () => {
    const { status, body } = await patch({ op: 'replace', path: 'name.givenName', value: 'Augusta' });
    expect([status, body['name']]).toEqual([200, { givenName: 'Augusta' }]);
    expect((await all.get(`/Users/${ada}`)).body['name']).toMatchObject({ familyName: 'Lovelace' });
  });

  test.each([
    { op: 'replace', path: 'emails', value: [] as never },
    { op: 'add', value: { emails: [{ value: 'ada@example.com' }] } },
    { op: 'replace', path: 'emails[value eq "ada@example.com"].type', value: 'home' },
    { op: 'replace', path: 'name', value: { givenName: 'A' } },
    { op: 'replace', value: { 'name.familyName': 'Lovelace' } },
    { op: 'replace', value: { [`${ENTERPRISE}:employeeNumber`]: '1815' } },
    { op: 'replace', path: ENTERPRISE, value: { employeeNumber: '1815' } },
    { op: 'remove', path: ENTERPRISE },
  ])('never by PATCH of what is hidden: %j', async (operation) => {
    const before = (await all.get(`/Users/${ada}`)).text;
    expectForbidden(await patch(operation), 'is hidden', 'written');
    expect((await all.get(`/Users/${ada}`)).text).toBe(before);
  });

  test('never by PUT, which would clear what it does not see', async () => {
    expectForbidden(await under('apps').put(`/Users/${ada}`, { schemas: [USER], userName: 'ada' }), 'PATCH');
    expect(
      (
        await under('apps').put(`/Groups/${staff}`, {
          schemas: [GROUP],
          displayName: 'Staff',
          members: [{ value: ada }],
        })
      ).status,
    ).toBe(200);
  });

  test('by POST without what is hidden, and alike within a bulk request', async () => {
    const client = under('apps');
    const body = { schemas: [USER], userName: 'cyd' };
    expectForbidden(await client.post('/Users', { ...body, emails: [{ value: 'ada@example.com' }] }), 'emails.value');
    const operations = [
      { method: 'POST', path: '/Users', bulkId: 'a', data: { ...body, name: { familyName: 'X' } } },
      { method: 'PATCH', path: `/Users/${ada}`, data: { Operations: [{ op: 'remove', path: 'emails' }] } },
      { method: 'POST', path: '/Users', bulkId: 'b', data: body },
    ];
    const answer = await client.post('/Bulk', { schemas: [BULK], Operations: operations });
    const statuses = (answer.body['Operations'] as readonly { readonly status: string }[]).map(({ status }) => status);
    expect(statuses).toEqual(['403', '403', '201']);
  });

  test('never members, groups or a manager that are hidden', async () => {
    const client = under('nobody');
    expectForbidden(await client.patch(`/Groups/${staff}`, [{ op: 'add', path: 'members', value: [{ value: ada }] }]));
    expectForbidden(await patch({ op: 'replace', path: 'manager', value: ada }, 'nobody'), 'manager');
    expectForbidden(await patch({ op: 'add', path: 'groups', value: [{ value: staff }] as never }, 'nobody'), 'groups');
    expectForbidden(await client.post('/Groups', { schemas: [GROUP], members: [{ value: ada }], displayName: 'X' }));
  });
});

test('a cursor that was given out without a policy opens for no credential that has one', async () => {
  const { body } = await all.get('/Users?cursor&count=1');
  const path = `/Users?cursor=${String(body['nextCursor'])}&count=1`;
  expect((await all.get(path)).status).toBe(200);
  expect((await under('apps').get(path)).body['scimType']).toBe('invalidCursor');
});

test('groups are not named by a name that is hidden', async () => {
  await using stack = new AsyncDisposableStack();
  const policies = new Map([['apps', { hide: [`${GROUP}:displayName`] }]]);
  const own = await openScimGateway({ policies, lifeCycle: { userGroups: 'existing' } });
  stack.defer(() => own.close());
  const id = await createUser(own.client(), 'ada');
  const group = await createGroup(own.client(), 'Staff');
  const client = own.client('acme', SCOPES, 'apps');
  const join = (value: { readonly [name: string]: string }) =>
    client.patch(`/Users/${id}`, [{ op: 'add', path: 'groups', value: [value] }]);
  for (const display of ['Staff', 'None']) expectForbidden(await join({ display }), 'displayName');
  expect((await join({ value: group })).status).toBe(200);
});
