import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hooked } from '#test/support/hooked-adapter.ts';
import type { Body, ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { addMembers, managedBy, patchOf, postGroup, postUser, sendBulk } from './bulk/bulk-client.ts';
import { createGroup, createUser, ENTERPRISE, USER } from './people.ts';

const calls: string[] = [];
let gateway: ScimGateway;
let client: ScimClient;
let ada: string;
let boss: string;
let staff: string;

beforeAll(async () => {
  gateway = await openScimGateway({ wrap: (adapter) => hooked(adapter, (method) => calls.push(method)) });
  client = gateway.client();
  boss = await createUser(client, 'boss');
  ada = await createUser(client, 'ada', { [ENTERPRISE]: { manager: { value: boss } } });
  for (let at = 0; at < 150; at++)
    await createUser(client, `user${at}`, { [ENTERPRISE]: { manager: { value: boss } } });
  staff = await createGroup(client, 'Staff', [ada, boss]);
});
afterAll(() => gateway.close());

async function costs(what: () => Promise<ScimAnswer>, expected: readonly string[]): Promise<void> {
  calls.length = 0;
  expect((await what()).status).toBeLessThan(300);
  expect(calls).toStrictEqual(expected);
}

const title = (value: string): Body => ({ op: 'replace', path: 'title', value });

describe('an operation costs a fixed number of calls to the backend', () => {
  test('a user by id: one, and one for his groups', () =>
    costs(() => client.get(`/Users/${boss}`), ['getMany', 'linked']));
  test('a user with a manager: one more', () =>
    costs(() => client.get(`/Users/${ada}`), ['getMany', 'linked', 'linked']));
  test('a user without computed attributes: one', () =>
    costs(() => client.get(`/Users/${ada}?attributes=userName`), ['getMany']));
  test('a group: one, and one for its members', () =>
    costs(() => client.get(`/Groups/${staff}`), ['getMany', 'linked']));
  test.each([1, 10, 150])('a page of %i users: one, and one per kind of link', (count) =>
    costs(() => client.get(`/Users?count=${count}&sortBy=userName&startIndex=3`), ['find', 'linked', 'linked']),
  );
  test('a page of groups without members: one', () =>
    costs(() => client.get('/Groups?excludedAttributes=members'), ['find']));
  test('a patch of members by value that answers nothing: one', () =>
    costs(
      () => client.patch(`/Groups/${staff}`, [{ op: 'add', path: 'members', value: [{ value: ada }] }]),
      ['write'],
    ));
  test('any other patch: two, and what its answer shows', () =>
    costs(() => client.patch(`/Users/${boss}?attributes=title`, [title('x')]), ['getMany', 'write']));
  test('PUT: two, and what its answer shows', () =>
    costs(
      () => client.put(`/Users/${boss}?attributes=title`, { schemas: [USER], userName: 'boss' }),
      ['getMany', 'write'],
    ));
  test('a look-up by name: one, and one for the groups', async () => {
    calls.length = 0;
    await client.get('/Users?filter=userName%20eq%20%22boss%22');
    expect(calls.length).toBe(2);
  });
  test('create: one, and what its answer shows', () =>
    costs(() => client.post('/Users?attributes=userName', { schemas: [USER], userName: 'eve' }), ['write']));
  test('delete: one', async () => {
    const id = await createUser(client, 'gone');
    await costs(() => client.delete(`/Users/${id}`), ['write']);
  });
  test('304: one', async () => {
    const { headers } = await client.get(`/Users/${ada}`);
    calls.length = 0;
    expect((await client.get(`/Users/${ada}`, { 'if-none-match': headers['etag'] ?? '' })).status).toBe(304);
    expect(calls).toStrictEqual(['getMany']);
  });

  test.each(['..%2FGroups', '%2e%2e', '%00', 'a%0Ab', 'a%5Cb', '%zz'])(
    'an id that none can have: none (%s)',
    async (id) => {
      calls.length = 0;
      expect((await client.get(`/Users/${id}`)).status).toBe(404);
      expect(calls).toStrictEqual([]);
    },
  );
});

describe('bulk costs a call for 500 operations, and a read for each type in it that is changed', () => {
  const posts = (size: number) => Array.from({ length: size }, (_, at) => postUser(`${size}-${at}`));

  test.each([
    [1, 1],
    [500, 1],
    [501, 2],
    [1_000, 2],
  ])('%i creations in %i', (size, expected) =>
    costs(() => sendBulk(client, posts(size)), new Array<string>(expected).fill('write')),
  );
  test('PUT and PATCH: one read of all', () =>
    costs(
      () =>
        sendBulk(client, [
          patchOf(`/Users/${ada}`, title('1')),
          patchOf(`/Users/${boss}`, title('2')),
          patchOf(`/Groups/${staff}`, { op: 'replace', path: 'externalId', value: 'x' }),
          postUser('last'),
        ]),
      ['getMany', 'getMany', 'write'],
    ));
  test('a group with members who are created beside it, and more of them by PATCH: one', () =>
    costs(
      () =>
        sendBulk(client, [
          postGroup('g', ['bulkId:a', 'bulkId:b']),
          postUser('a'),
          postUser('b'),
          postUser('c', 'c', managedBy('bulkId:b')),
          addMembers('/Groups/bulkId:g', 'bulkId:c'),
          addMembers(`/Groups/${staff}`, 'bulkId:c', 'bulkId:g'),
        ]),
      ['write'],
    ));
  test('a circle: one to create, one to read and one to close it', () =>
    costs(
      () => sendBulk(client, [postUser('x', 'x', managedBy('bulkId:y')), postUser('y', 'y', managedBy('bulkId:x'))]),
      ['write', 'getMany', 'write'],
    ));
  test('failOnErrors: as many operations in a call as may still fail', () =>
    costs(
      () => sendBulk(client, [...posts(3), postUser('bad', ''), ...posts(2)], { failOnErrors: 2 }),
      ['write', 'write', 'write', 'write'],
    ));
});
