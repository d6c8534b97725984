import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { createGroup, createUser, USER } from '../people.ts';
import { addMembers, bulk, idOf, membersOf, patchOf, postGroup, postUser, sendBulk, statuses } from './bulk-client.ts';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

let gateway: ScimGateway;
let client: ScimClient;

beforeEach(async () => {
  gateway = await openScimGateway();
  client = gateway.client();
});
afterEach(() => gateway.close());

describe('what is told of each operation', () => {
  test('a creation tells method, bulkId, version, location and a status that is a string', async () => {
    const [told, ...more] = await bulk(client, [postUser('qwerty', 'alice')]);
    const user = await client.get(`/Users/${idOf(told)}`);
    expect(more).toStrictEqual([]);
    expect(told).toStrictEqual({
      location: (user.body['meta'] as { location: string }).location,
      method: 'POST',
      bulkId: 'qwerty',
      version: user.headers['etag'],
      status: '201',
    });
    expect(user.body['userName']).toBe('alice');
  });

  test('add, update and remove in one request, each with the status that it has alone', async () => {
    const [ada, bob, eve, staff] = [
      await createUser(client, 'ada'),
      await createUser(client, 'bob'),
      await createUser(client, 'eve'),
      await createGroup(client, 'Staff'),
    ];
    const told = await bulk(client, [
      postUser('new'),
      { method: 'PUT', path: `/Users/${ada}`, data: { schemas: [USER], userName: 'ada', title: 'Countess' } },
      patchOf(`/Users/${bob}`, { op: 'replace', path: 'title', value: 'Builder' }),
      addMembers(`/Groups/${staff}`, ada),
      { method: 'DELETE', path: `/Users/${eve}` },
    ]);
    expect(statuses(told)).toStrictEqual(['201', '200', '200', '204', '204']);
    expect(told.slice(1).map(idOf)).toStrictEqual([ada, bob, staff, eve]);
    expect(told[4]).not.toHaveProperty('version');
    expect((await client.get(`/Users/${ada}`)).body).toMatchObject({ title: 'Countess' });
    const { body, headers } = await client.get(`/Users/${bob}`);
    expect([body['title'], headers['etag']]).toStrictEqual(['Builder', told[2]?.version]);
    expect((await client.get(`/Users/${eve}`)).status).toBe(404);
  });

  test('an operation that fails carries the body of the error, and the others go on', async () => {
    await createUser(client, 'taken');
    const told = await bulk(client, [
      postUser('a', 'taken'),
      { method: 'DELETE', path: '/Users/nobody' },
      postUser('b', ''),
      postUser('c'),
    ]);
    expect(statuses(told)).toStrictEqual(['409', '404', '400', '201']);
    expect(told[0]).toStrictEqual({
      method: 'POST',
      bulkId: 'a',
      status: '409',
      response: {
        schemas: [ERROR],
        status: '409',
        scimType: 'uniqueness',
        detail: expect.stringContaining('userName is already taken'),
      },
    });
    expect(told[1]).toMatchObject({ location: `${client.baseUrl}/Users/nobody`, response: { status: '404' } });
    expect(told[2]?.response).toMatchObject({ scimType: 'invalidValue' });
    expect(gateway.log.at(-1)?.outcome).toMatchObject({
      operation: 'bulk',
      detail: expect.stringMatching(/^3 of 4 operations failed; the first with 409: userName/),
    });
  });

  test('names of attributes and methods are read in any case', async () => {
    const { data } = postUser('a') as { readonly data: object };
    const [told] = await bulk(client, [{ Method: 'post', PATH: '/Users', BulkId: 'a', Data: data as never }]);
    expect(told).toMatchObject({ method: 'POST', bulkId: 'a', status: '201' });
  });

  test('a password is hashed and never told', async () => {
    const secret = 'correct horse battery';
    const answer = await sendBulk(client, [
      postUser('a', 'a', { password: secret }),
      postUser('b', 'b', { password: `bulkId:${secret}`, emails: 7 }),
    ]);
    expect(answer.text).not.toContain(secret);
    expect((await client.get('/Users?attributes=password')).text).not.toContain(secret);
  });

  test('no operations get no answers', async () => {
    expect(await bulk(client, [])).toStrictEqual([]);
  });
});

describe('failOnErrors', () => {
  const operations = [postUser('a'), postUser('b', ''), postUser('c'), postUser('d', ''), postUser('e')];

  test.each([
    [1, ['201', '400']],
    [2, ['201', '400', '201', '400']],
    [3, ['201', '400', '201', '400', '201']],
  ])('%i errors end the request, and what was processed is told', async (failOnErrors, expected) => {
    expect(statuses(await bulk(client, operations, { failOnErrors }))).toStrictEqual(expected);
    expect(Number((await client.get('/Users?count=0')).body['totalResults'])).toBe(
      expected.filter((status) => status === '201').length,
    );
  });

  test('an error that only the backend finds counts in its place', async () => {
    const told = await bulk(client, [postUser('a', 'same'), postUser('b', 'same'), postUser('c')], { failOnErrors: 1 });
    expect(statuses(told)).toStrictEqual(['201', '409']);
    expect((await client.get('/Users?count=0')).body['totalResults']).toBe(1);
  });

  test.each([0, -1, 1.5, 'x', true])('%s is no number of errors', async (failOnErrors) => {
    const answer = await sendBulk(client, [postUser('a')], { failOnErrors });
    expect([answer.status, answer.body['scimType']]).toStrictEqual([400, 'invalidValue']);
    expect((await client.get('/Users?count=0')).body['totalResults']).toBe(0);
  });
});

describe('order', () => {
  test('operations on one resource take effect in order', async () => {
    const staff = await createGroup(client, 'Staff');
    const title = (value: string) => patchOf('/Users/bulkId:a', { op: 'replace', path: 'title', value });
    const told = await bulk(client, [
      postUser('a'),
      title('1'),
      title('2'),
      addMembers(`/Groups/${staff}`, 'bulkId:a'),
      patchOf(`/Groups/${staff}`, { op: 'remove', path: 'members[value eq "bulkId:a"]' }),
      patchOf('/Users/bulkId:a', { op: 'add', path: 'nickName', value: 'x' }),
      { method: 'DELETE', path: '/Users/bulkId:a' },
      title('3'),
    ]);
    expect(statuses(told)).toStrictEqual(['201', '200', '200', '204', '204', '200', '204', '404']);
    expect(new Set(told.map(({ version }) => version)).size).toBe(7);
  });

  test('a name is free again for what comes after', async () => {
    const ada = await createUser(client, 'ada');
    const told = await bulk(client, [
      postUser('a', 'ada'),
      { method: 'DELETE', path: `/Users/${ada}` },
      postUser('b', 'ada'),
      { method: 'PUT', path: '/Users/bulkId:b', data: { schemas: [USER], userName: 'bob' } },
      postUser('c', 'ada'),
    ]);
    expect(statuses(told)).toStrictEqual(['409', '204', '201', '200', '201']);
  });

  test('a report of a manager who is deleted in the same request can still be changed', async () => {
    const boss = await createUser(client, 'boss');
    const [ada] = await bulk(client, [
      postUser('ada', 'ada', {
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { manager: { value: boss } },
      }),
    ]);
    const told = await bulk(client, [
      { method: 'DELETE', path: `/Users/${boss}` },
      patchOf(`/Users/${idOf(ada)}`, { op: 'add', path: 'title', value: 'x' }),
      postGroup('g', [idOf(ada)]),
    ]);
    expect(statuses(told)).toStrictEqual(['204', '200', '201']);
    expect((await client.get(`/Users/${idOf(ada)}`)).body).toMatchObject({ title: 'x' });
  });
});

test('a user may be moved between groups by PATCH where the tenant has that, among other operations', async () => {
  const moving = await openScimGateway({ lifeCycle: { userGroups: 'existing' } });
  const own = moving.client();
  const staff = await createGroup(own, 'Staff');
  const told = await bulk(own, [
    postUser('a'),
    patchOf('/Users/bulkId:a', { op: 'add', path: 'groups', value: [{ value: staff }] }),
    postUser('b', ''),
    patchOf('/Users/bulkId:a', { op: 'add', path: 'groups', value: [{ value: 'bulkId:g' }] }),
    postGroup('g', []),
    { method: 'DELETE', path: `/Groups/${staff}` },
  ]);
  expect(statuses(told)).toStrictEqual(['201', '200', '400', '200', '201', '204']);
  expect(await membersOf(own, idOf(told[4]))).toStrictEqual([idOf(told[0])]);
  await moving.close();
});

describe('version', () => {
  test('is what If-Match is for a single request', async () => {
    const ada = await createUser(client, 'ada');
    const { headers } = await client.get(`/Users/${ada}`);
    const version = headers['etag'] ?? '';
    const title = (value: string, tag: string) => ({
      ...patchOf(`/Users/${ada}`, { op: 'replace', path: 'title', value }),
      version: tag,
    });
    const told = await bulk(client, [
      title('1', version),
      title('2', version),
      { method: 'DELETE', path: `/Users/${ada}`, version },
      title('3', '*'),
      title('4', 'no tag'),
    ]);
    expect(statuses(told)).toStrictEqual(['200', '412', '412', '200', '400']);
    expect((await client.get(`/Users/${ada}`)).body['title']).toBe('3');
  });

  test('is not offered where the backend cannot compare', async () => {
    const plain = await openScimGateway({ supports: { etag: false } });
    const own = plain.client();
    const ada = await createUser(own, 'ada');
    const told = await bulk(own, [{ method: 'DELETE', path: `/Users/${ada}`, version: 'W/"1"' }, postUser('b')]);
    expect(statuses(told)).toStrictEqual(['501', '201']);
    expect(told[1]).not.toHaveProperty('version');
    await plain.close();
  });
});
