import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from './people.ts';

let gateway: ScimGateway;
let client: ScimClient;
let boss: string;
let ada: string;
let group: string;

beforeAll(async () => {
  gateway = await openScimGateway();
  client = gateway.client();
  boss = await createUser(client, 'boss', { displayName: 'The Boss' });
  ada = await createUser(client, 'ada', {
    name: { givenName: 'Ada', familyName: 'King' },
    emails: [
      { type: 'work', value: 'ada@example.com', primary: true },
      { type: 'home', value: 'ada@example.org' },
    ],
    password: 'Tr0ub4dor&3',
    [ENTERPRISE]: { department: 'R&D', manager: { value: boss } },
  });
  group = await createGroup(client, 'Staff', [ada]);
});
afterAll(() => gateway.close());

/** `attributes` and so on, then what is left of Ada. */
async function shows(query: string, rest: Body): Promise<void> {
  const expected = { schemas: [USER, ENTERPRISE], id: ada, ...rest };
  const one = await client.get(`/Users/${ada}?${query}`);
  expect(one.body, query).toStrictEqual(expected);
  const list = await client.get(`/Users?filter=userName%20eq%20%22ada%22&${query}`);
  expect(list.body['Resources'], query).toStrictEqual([expected]);
}

describe('attributes (RFC 7644 §3.9)', () => {
  const manager = () => ({ value: boss, $ref: `${client.baseUrl}/Users/${boss}`, displayName: 'The Boss' });
  const staff = () => ({ value: group, $ref: `${client.baseUrl}/Groups/${group}`, display: 'Staff', type: 'direct' });

  test('what is asked for stands beside what is always returned', () =>
    shows('attributes=userName', { userName: 'ada' }));
  test('a sub-attribute stands alone', () => shows('attributes=name.givenName', { name: { givenName: 'Ada' } }));
  test('a sub-attribute of several values', () =>
    shows('attributes=emails.value', { emails: [{ value: 'ada@example.com' }, { value: 'ada@example.org' }] }));
  test('names are matched in any case, with white space around them', () =>
    shows('ATTRIBUTES=USERNAME,%20Name.FamilyName', { userName: 'ada', name: { familyName: 'King' } }));
  test('a qualified name', () => shows(`attributes=${USER}:userName`, { userName: 'ada' }));
  test('an attribute of an extension', () =>
    shows(`attributes=${ENTERPRISE}:department`, { [ENTERPRISE]: { department: 'R&D' } }));
  test('a whole extension', () =>
    shows(`attributes=${ENTERPRISE}`, { [ENTERPRISE]: { department: 'R&D', manager: manager() } }));
  test('the manager alone, with his name as it is now', () =>
    shows(`attributes=${ENTERPRISE}:manager`, { [ENTERPRISE]: { manager: manager() } }));
  test('a sub-attribute of the manager', () =>
    shows(`attributes=${ENTERPRISE}:manager.value`, { [ENTERPRISE]: { manager: { value: boss } } }));
  test('groups, which follow from membership', () => shows('attributes=groups', { groups: [staff()] }));
  test('a sub-attribute of groups', () => shows('attributes=groups.value', { groups: [{ value: group }] }));
  test('an unknown name is ignored', () => shows('attributes=shoeSize', {}));
  test('a password is never shown (RFC 7643 §7)', () => shows('attributes=password', {}));
  test('meta.resourceType alone', () => shows('attributes=meta.resourceType', { meta: { resourceType: 'User' } }));
  test('meta.location alone', () =>
    shows('attributes=meta.location', { meta: { location: `${client.baseUrl}/Users/${ada}` } }));
});

describe('excludedAttributes (RFC 7644 §3.9)', () => {
  test('what is excluded is missing, what is always returned is not', async () => {
    const { body } = await client.get(
      `/Users/${ada}?excludedAttributes=id,schemas,emails,groups,meta,${ENTERPRISE}:manager`,
    );
    expect(body).toStrictEqual({
      schemas: [USER, ENTERPRISE],
      id: ada,
      userName: 'ada',
      name: { givenName: 'Ada', familyName: 'King' },
      active: true,
      [ENTERPRISE]: { department: 'R&D' },
    });
  });

  test('members are left out of groups', async () => {
    const { body } = await client.get('/Groups?excludedAttributes=members,meta');
    expect(body['Resources']).toStrictEqual([{ schemas: [GROUP], id: group, displayName: 'Staff' }]);
  });
});

describe('answers to writes are projected too (RFC 7644 §3.9)', () => {
  test('create, replace and patch', async () => {
    const created = await client.post('/Users?attributes=userName', { schemas: [USER], userName: 'eve', title: 'Spy' });
    const id = String(created.body['id']);
    expect(created.body).toStrictEqual({ schemas: [USER], id, userName: 'eve' });
    const replaced = await client.put(`/Users/${id}?attributes=title`, {
      schemas: [USER],
      userName: 'eve',
      title: 'Agent',
    });
    expect(replaced.body).toStrictEqual({ schemas: [USER], id, title: 'Agent' });
    const patched = await client.patch(`/Users/${id}?excludedAttributes=meta,userName`, [
      { op: 'remove', path: 'title' },
    ]);
    expect(patched.body).toStrictEqual({ schemas: [USER], id, active: true });
  });

  test('a patch of a group is answered by a body where attributes ask for one (RFC 7644 §3.5.2)', async () => {
    const operation = { op: 'replace', path: 'displayName', value: 'Staff' };
    expect((await client.patch(`/Groups/${group}`, [operation])).status).toBe(204);
    const { status, body } = await client.patch(`/Groups/${group}?attributes=displayName`, [operation]);
    expect(status).toBe(200);
    expect(body).toStrictEqual({ schemas: [GROUP], id: group, displayName: 'Staff' });
  });
});
