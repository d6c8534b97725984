import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { type ScimClient, scimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from '../expect-refusal.ts';
import { createUser, USER } from '../people.ts';
import { BULK_REQUEST, bulk, count, patchOf, postUser, sendBulk, statuses } from './bulk-client.ts';

const LIMITS = { bulkMaxOperations: 10, bulkMaxPayloadBytes: 20_000 };
const INVALID = { status: 400, scimType: 'invalidSyntax' };

const calls: string[] = [];
let gateway: ScimGateway;
let client: ScimClient;

beforeAll(async () => {
  gateway = await openScimGateway({
    tenants: ['acme', 'other'],
    limits: LIMITS,
    wrap: (adapter) => hooked(adapter, (method) => calls.push(method)),
  });
  client = gateway.client();
});
afterAll(() => gateway.close());
beforeEach(() => {
  calls.length = 0;
});

const users = (size: number) => Array.from({ length: size }, (_, at) => postUser(`u${at}-${calls.length}`, ''));
const frame = (operations: string, more = '') => `{"schemas":["${BULK_REQUEST}"]${more},"Operations":${operations}}`;

describe('limits', () => {
  test('are announced as they are enforced', async () => {
    const { body } = await client.get('/ServiceProviderConfig');
    expect(body['bulk']).toStrictEqual({ supported: true, maxOperations: 10, maxPayloadSize: 20_000 });
  });

  test('as many operations as are announced are carried out, and one more is refused with all', async () => {
    expect(await bulk(client, users(10))).toHaveLength(10);
    const answer = await sendBulk(client, [postUser('first'), ...users(10)]);
    expectRefusal(answer, { status: 413, detail: /at most 10 operations \(maxOperations\)/ });
    expect(calls).toStrictEqual([]);
  });

  test.each([null, 'chunked'])('a longer body is refused whatever its framing is (%s)', async (framing) => {
    const fitting = frame(JSON.stringify([postUser('fits')])).padEnd(20_000);
    const headers = framing === null ? {} : { 'transfer-encoding': framing };
    expectRefusal(await client.post('/Bulk', `${fitting} `, headers), {
      status: 413,
      detail: /at most 20000 bytes \(maxPayloadSize\)/,
    });
    expect(calls).toStrictEqual([]);
    expect((await client.post('/Bulk', fitting, headers)).status).toBe(200);
  });

  test('the eleventh operation is enough: what follows is not waited for', async () => {
    const answer = await client.post('/Bulk', `{"Operations":[${'{},'.repeat(11)}`, { 'transfer-encoding': 'chunked' });
    expectRefusal(answer, { status: 413 });
  });

  test('no body is longer than the server takes', async () => {
    const small = await openScimGateway({ bodyLimitBytes: 1_000 });
    const own = small.client();
    expect((await own.get('/ServiceProviderConfig')).body['bulk']).toMatchObject({ maxPayloadSize: 1_000 });
    expectRefusal(await sendBulk(own, users(50)), { status: 413, detail: /1000 bytes/ });
    await small.close();
  });

  test('none at all switches bulk off', async () => {
    const off = await openScimGateway({ limits: { bulkMaxOperations: 0 } });
    const own = off.client();
    expect((await own.get('/ServiceProviderConfig')).body['bulk']).toMatchObject({ supported: false });
    expectRefusal(await sendBulk(own, [postUser('a')]), { status: 501, detail: /switched off/ });
    await off.close();
  });
});

describe('a message that is none is refused, and nothing of it is carried out', () => {
  const one = JSON.stringify(postUser('never'));
  test.each([
    ['no object', '[]'],
    ['no schemas', `{"Operations":[${one}]}`],
    [
      'the schema of a search',
      `{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"Operations":[${one}]}`,
    ],
    ['no operations', `{"schemas":["${BULK_REQUEST}"]}`],
    ['operations that are no list', frame(one)],
    ['operations twice', frame(`[${one}]`, `,"Operations":[${one}]`)],
    ['operations in two spellings', frame(`[${one}]`, `,"operations":[${one}]`)],
    ['a list without its end', frame(`[${one}`).slice(0, -1)],
    ['a comma too many', frame(`[${one},]`)],
    ['nothing between commas', frame(`[${one},,${one}]`)],
    ['only a comma', frame('[,]')],
    ['half an operation', frame(`[${one},{"method"]`)],
    ['a brace in the list', frame(`[${one}}]`)],
    ['something behind the end', `${frame(`[${one}]`)}x`],
    ['a key twice in an operation', frame(`[${one},{"method":"POST","method":"PUT"}]`)],
    ['an unknown escape', frame(`[${one},{"method":"\\x"}]`)],
    ['objects within each other', frame(`[${one},${'{"a":'.repeat(40)}1${'}'.repeat(40)}]`)],
    ['lists within each other', frame(`[${one},${'['.repeat(9_000)}`)],
    ['no UTF-8', Buffer.from(frame(`[${one},{"method":"\xff"}]`), 'latin1')],
  ])('%s', async (_, body) => {
    expectRefusal(await client.send('POST', '/Bulk', { body }), INVALID);
    expect(calls).toStrictEqual([]);
  });

  test('another Content-Type', async () => {
    expectRefusal(await client.post('/Bulk', frame('[]'), { 'content-type': 'text/plain' }), { status: 415 });
  });

  test('another method', async () => {
    const answer = await client.get('/Bulk');
    expectRefusal(answer, { status: 405 });
    expect(answer.headers['allow']).toBe('POST');
  });
});

test('the list may be named with escapes, and stand before the schemas', async () => {
  const text = `{ "\\u004fPERATIONS" : [ ${JSON.stringify(postUser('a'))} , ${JSON.stringify(postUser('b'))} ] , "x": "Operations", "y": {"Operations": [1,2]}, "SCHEMAS": ["${BULK_REQUEST}"] }`;
  const answer = await client.post('/Bulk', text);
  expect(answer.body['Operations']).toMatchObject([{ status: '201' }, { status: '201' }]);
});

describe('an operation that is none is refused by itself', () => {
  const data = { schemas: [USER], userName: 'never' };
  const refused: readonly [string, Json, string][] = [
    ['no object', 7, '400'],
    ['a method that is none', { method: 'GET', path: '/Users' }, '400'],
    ['no method', { path: '/Users', bulkId: 'a', data }, '400'],
    ['no path', { method: 'POST', bulkId: 'a', data }, '400'],
    ['no data', { method: 'POST', path: '/Users', bulkId: 'a' }, '400'],
    ['data that is no object', { method: 'POST', path: '/Users', bulkId: 'a', data: [] }, '400'],
    ['a bulkId that is no text', { method: 'POST', path: '/Users', bulkId: 7, data }, '400'],
    ['POST on a resource', { method: 'POST', path: '/Users/1', bulkId: 'a', data }, '405'],
    ['POST on a search', { method: 'POST', path: '/Users/.search', bulkId: 'a', data }, '400'],
    ['DELETE of an endpoint', { method: 'DELETE', path: '/Users' }, '405'],
    ['PATCH without an id', { method: 'PATCH', path: '/Users/', data }, '405'],
    ['bulk within bulk', { method: 'POST', path: '/Bulk', bulkId: 'a', data }, '400'],
    ['/Me', { method: 'DELETE', path: '/Me' }, '400'],
    ['the base', { method: 'POST', path: '/', bulkId: 'a', data }, '405'],
    ['discovery', { method: 'PUT', path: '/Schemas/x', data }, '405'],
    ['an absolute address', { method: 'POST', path: 'http://example.com/Users', bulkId: 'a', data }, '404'],
    ['a foreign address', { method: 'POST', path: '//example.com/Users', bulkId: 'a', data }, '404'],
    ['another tenant', { method: 'POST', path: '/tenants/other/scim/v2/Users', bulkId: 'a', data }, '404'],
    ['the way up', { method: 'POST', path: '/../Users', bulkId: 'a', data }, '404'],
    ['the way up from a type', { method: 'DELETE', path: '/Groups/../Users/1' }, '404'],
    ['an id that is a way', { method: 'DELETE', path: '/Users/..' }, '404'],
    ['an encoded way', { method: 'DELETE', path: '/Users/%2e%2e' }, '404'],
    ['an encoded slash', { method: 'DELETE', path: '/Users/1%2F2' }, '404'],
    ['a query', { method: 'POST', path: '/Users?attributes=id', bulkId: 'a', data }, '404'],
    ['operations of PATCH without their message', { method: 'PATCH', path: '/Users/1', data: { op: 'add' } }, '400'],
  ];
  test.each(refused)('%s', async (_, operation, status) => {
    const told = await bulk(client, [operation, patchOf('/Users/nobody', { op: 'add', path: 'title', value: 'x' })]);
    expect(statuses(told)).toStrictEqual([status, '404']);
    expect(told[0]?.response).toMatchObject({ status, detail: expect.stringMatching(/./) });
    expect(await count(client, '/Users?filter=userName%20eq%20%22never%22&')).toBe(0);
  });
});

test('what is told of a method that is none names those that there are', async () => {
  const [told] = await bulk(client, [{ method: 'GET', path: '/Users' }]);
  expect(told?.response).toMatchObject({ detail: 'method must be one of POST, PUT, PATCH, DELETE, got "GET"' });
});

describe('rights', () => {
  test('a credential that may not write cannot do so by bulk', async () => {
    const answer = await sendBulk(gateway.client('acme', ['scim:read']), [postUser('a')]);
    expectRefusal(answer, { status: 403, detail: /scim:write/ });
    expect(calls).toStrictEqual([]);
  });

  test('nothing of another tenant is reached by path or reference', async () => {
    const foreign = await createUser(gateway.client('other'), 'foreign');
    const told = await bulk(client, [
      { method: 'DELETE', path: `/Users/${foreign}` },
      patchOf(`/Users/${foreign}`, { op: 'add', path: 'title', value: 'x' }),
      { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'G', members: [{ value: foreign }] } },
    ]);
    expect(statuses(told)).toStrictEqual(['404', '404', '400']);
    expect((await gateway.client('other').get(`/Users/${foreign}`)).body).not.toHaveProperty('title');
  });

  test('the endpoint below a tenant is the same, and locations are', async () => {
    const base = `${gateway.origin}/tenants/other/scim/v2`;
    const own = scimClient(base, gateway.token('other'));
    const [told] = await bulk(own, [postUser('below')]);
    expect(told?.location).toMatch(`${base}/Users/`);
    const foreign = await sendBulk(scimClient(base, gateway.token('acme')), [postUser('below')]);
    expect([403, 404]).toContain(foreign.status);
  });
});
