import { expect } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { Body, ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from '../scim/people.ts';
import { found, listed, read, valuesOf } from './answers.ts';
import { openRows } from './rows.ts';
import { PATCH_OP } from './witness.ts';

const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const row = openRows();

/** The outcome of one operation. */
interface Result {
  readonly method: string;
  readonly status: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: { readonly [name: string]: Json };
}

function bulk(scim: ScimClient, operations: readonly Json[], more: Body = {}): Promise<ScimAnswer> {
  return scim.post('/Bulk', { schemas: [BULK], ...more, Operations: operations });
}

async function results(scim: ScimClient, operations: readonly Json[], more: Body = {}): Promise<readonly Result[]> {
  const answer = await bulk(scim, operations, more);
  expect(answer.status, answer.text).toBe(200);
  return answer.body['Operations'] as unknown as readonly Result[];
}

function statuses(answered: readonly Result[]): string {
  return answered.map(({ status }) => status).join(' ');
}

function createUserOperation(bulkId: string, userName: string, more: Body = {}): Json {
  return { method: 'POST', path: '/Users', bulkId, data: { schemas: [USER], userName, ...more } };
}

function createGroupOperation(bulkId: string, displayName: string, members: readonly string[]): Json {
  const data = { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) };
  return { method: 'POST', path: '/Groups', bulkId, data };
}

function patchOperation(path: string, ...operations: readonly Json[]): Json {
  return { method: 'PATCH', path, data: { schemas: [PATCH_OP], Operations: operations } };
}

async function membersOf(scim: ScimClient, group: string): Promise<readonly string[]> {
  const [found] = listed(await scim.get(`/Groups?filter=displayName%20eq%20%22${group}%22`)).Resources;
  return found === undefined ? [] : valuesOf(found, 'members').map(({ display }) => display ?? '');
}

row('O1', async ({ scim }) => {
  const answer = await bulk(scim, [createUserOperation('a', 'ann')]);
  expect(answer).toMatchObject({ status: 200, body: { schemas: [BULK_RESPONSE], Operations: [{ status: '201' }] } });
  for (const schemas of [[PATCH_OP], [], [USER]]) {
    const wrong = await scim.post('/Bulk', { schemas, Operations: [createUserOperation('b', 'ben')] });
    expectRefusal(wrong, { status: 400, scimType: 'invalidSyntax' });
  }
  expect(await found(scim, 'userName pr')).toEqual(['ann']);
});

row('O2', async ({ scim }) => {
  const gone = await createUser(scim, 'gone');
  const kept = await createUser(scim, 'kept');
  const [created, put, patched, deleted, failed] = await results(scim, [
    createUserOperation('new', 'ann'),
    { method: 'PUT', path: `/Users/${kept}`, bulkId: 'put', data: { schemas: [USER], userName: 'kept', title: 'Dr' } },
    patchOperation(`/Users/${kept}`, { op: 'add', path: 'nickName', value: 'K' }),
    { method: 'DELETE', path: `/Users/${gone}` },
    createUserOperation('again', 'ann'),
  ]);
  const location = (id: string) => `${scim.baseUrl}/Users/${id}`;
  expect(created).toMatchObject({ method: 'POST', bulkId: 'new', status: '201' });
  expect(created?.location).toMatch(location(''));
  const { meta } = await read(scim, `/Users/${kept}`);
  expect(put).toMatchObject({ method: 'PUT', bulkId: 'put', status: '200', location: location(kept) });
  expect(patched).toMatchObject({ method: 'PATCH', status: '200', location: location(kept), version: meta.version });
  expect(deleted).toMatchObject({ method: 'DELETE', status: '204', location: location(gone) });
  expect(failed).toMatchObject({ method: 'POST', bulkId: 'again', status: '409' });
  expect(failed?.location).toBeUndefined();
});

row('O3', async ({ scim }) => {
  const user = await createUser(scim, 'ann');
  const patch = { op: 'replace', path: 'id', value: 'x' };
  const [bulkIdOnly, ...answered] = await results(scim, [
    createUserOperation('ok', 'fine'),
    createUserOperation('a', 'ANN'),
    { method: 'POST', path: '/Users', bulkId: 'b', data: { schemas: [USER] } },
    { method: 'DELETE', path: '/Users/unknown' },
    patchOperation(`/Users/${user}`, patch),
  ]);
  expect(bulkIdOnly?.status).toBe('201');
  const alone = [
    await scim.post('/Users', { schemas: [USER], userName: 'ANN' }),
    await scim.post('/Users', { schemas: [USER] }),
    await scim.delete('/Users/unknown'),
    await scim.patch(`/Users/${user}`, [patch]),
  ];
  for (const [index, { status, body }] of alone.entries()) {
    expect(answered[index]).toMatchObject({ status: String(status), response: body });
    expect(body['schemas']).toEqual([ERROR]);
  }
});

row('O4', async ({ scim }) => {
  await createUser(scim, 'taken');
  const operations = ['a', 'taken', 'b', 'taken', 'c'].map((name, index) => createUserOperation(`${index}`, name));
  expect(statuses(await results(scim, operations))).toBe('201 409 201 409 201');
  expect(await found(scim, 'userName pr')).toEqual(['a', 'b', 'c', 'taken']);
});

row('O5', async ({ scim }) => {
  await createUser(scim, 'taken');
  const operations = ['a', 'taken', 'b', 'taken', 'c', 'd'].map((name, index) => createUserOperation(`${index}`, name));
  expect(statuses(await results(scim, operations, { failOnErrors: 2 }))).toBe('201 409 201 409');
  expect(await found(scim, 'userName pr')).toEqual(['a', 'b', 'taken']);
  expect(statuses(await results(scim, operations.slice(1), { failOnErrors: 1 }))).toBe('409');
});

row('O6', async ({ scim }) => {
  const data = { schemas: [USER], userName: 'nameless' };
  const missing = await bulk(scim, [{ method: 'POST', path: '/Users', data }]);
  const twice = await bulk(scim, [createUserOperation('x', 'one'), createUserOperation('x', 'two')]);
  for (const answer of [missing, twice]) {
    const operations = (answer.body['Operations'] ?? []) as unknown as readonly Result[];
    expect([answer.status, ...operations.map(({ status }) => Number(status))], answer.text).toContain(400);
  }
  expect(await found(scim, 'userName eq "nameless" or userName eq "two"')).toEqual([]);
});

row('O7', async ({ scim }) => {
  const answered = await results(scim, [
    createUserOperation('boss', 'boss', { displayName: 'Boss' }),
    createUserOperation('ann', 'ann', { displayName: 'Ann', [ENTERPRISE]: { manager: { value: 'bulkId:boss' } } }),
    createGroupOperation('g', 'team', ['bulkId:ann']),
    patchOperation('/Groups/bulkId:g', { op: 'add', path: 'members', value: [{ value: 'bulkId:boss' }] }),
    { method: 'PUT', path: '/Users/bulkId:boss', data: { schemas: [USER], userName: 'boss', displayName: 'Chief' } },
    patchOperation('/Users/bulkId:boss', { op: 'add', path: `${ENTERPRISE}:manager`, value: { value: 'bulkId:ann' } }),
  ]);
  expect(statuses(answered)).toMatch(/^201 201 201 20[04] 200 200$/);
  const [ann] = listed(await scim.get('/Users?filter=userName%20eq%20%22ann%22')).Resources;
  expect(ann?.[ENTERPRISE]).toMatchObject({ manager: { displayName: 'Chief' } });
  expect((await membersOf(scim, 'team')).toSorted()).toEqual(['Ann', 'Chief']);
  expect((await scim.get('/Users')).text + (await scim.get('/Groups')).text).not.toMatch(/bulkid/i);
});

row('O8', async ({ scim }) => {
  const manager = (bulkId: string) => ({ [ENTERPRISE]: { manager: { value: `bulkId:${bulkId}` } } });
  const people = await results(scim, [
    createUserOperation('a', 'ann', { displayName: 'Ann', ...manager('b') }),
    createUserOperation('b', 'ben', { displayName: 'Ben', ...manager('a') }),
  ]);
  expect(statuses(people)).toBe('201 201');
  const [ann, ben] = listed(await scim.get('/Users?sortBy=userName')).Resources;
  expect(ann?.[ENTERPRISE]).toMatchObject({ manager: { displayName: 'Ben' } });
  expect(ben?.[ENTERPRISE]).toMatchObject({ manager: { displayName: 'Ann' } });
  const groups = await results(scim, [
    createGroupOperation('x', 'x', ['bulkId:y']),
    createGroupOperation('y', 'y', ['bulkId:x']),
  ]);
  expect(statuses(groups)).toContain('409');
  const left = listed(await scim.get('/Groups')).totalResults;
  expect(left).toBe(groups.filter(({ status }) => status === '201').length);
});

row('O9', async ({ scim }) => {
  const answered = await results(scim, [
    createGroupOperation('g', 'early', ['bulkId:late']),
    createUserOperation('late', 'ann', { displayName: 'Ann' }),
  ]);
  expect(statuses(answered)).toBe('201 201');
  expect(answered.map(({ bulkId }) => bulkId)).toEqual(['g', 'late']);
  expect(await membersOf(scim, 'early')).toEqual(['Ann']);
});

row('O10', async ({ scim }) => {
  await createUser(scim, 'taken');
  const answered = await results(scim, [
    createGroupOperation('g', 'to nobody', ['bulkId:nobody']),
    createUserOperation('failed', 'taken'),
    createGroupOperation('h', 'to failed', ['bulkId:failed']),
    patchOperation('/Users/bulkId:failed', { op: 'add', path: 'title', value: 'x' }),
  ]);
  expect(statuses(answered)).toMatch(/^(400|409) 409 (400|409) (400|404|409)$/);
  expect(listed(await scim.get('/Groups')).totalResults).toBe(0);
  expect((await scim.get('/Users')).text).not.toMatch(/bulkid/i);
});

row('O11', { main: { limits: { bulkMaxOperations: 3 } } }, async ({ scim }) => {
  expect((await scim.get('/ServiceProviderConfig')).body).toMatchObject({
    bulk: { supported: true, maxOperations: 3 },
  });
  const operations = ['a', 'b', 'c', 'd'].map((name) => createUserOperation(name, name));
  expectRefusal(await bulk(scim, operations), { status: 413, detail: /\b3\b/ });
  expect(await found(scim, 'userName pr')).toEqual([]);
  expect(statuses(await results(scim, operations.slice(1)))).toBe('201 201 201');
});

row('O12', { main: { limits: { bulkMaxPayload: '8kb' } } }, async ({ scim }) => {
  expect((await scim.get('/ServiceProviderConfig')).body).toMatchObject({ bulk: { maxPayloadSize: 8_192 } });
  const operations = Array.from({ length: 200 }, (_, index) => createUserOperation(`${index}`, `user${index}`));
  expectRefusal(await bulk(scim, operations), { status: 413, detail: /8192|8kb/ });
  expect(await found(scim, 'userName pr')).toEqual([]);
  const announced = await scim.send('POST', '/Bulk', { headers: { 'content-length': '900000000' } });
  expectRefusal(announced, { status: 413, detail: /8192|8kb/ });
});

row('O13', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const { version } = (await read(scim, `/Users/${id}`)).meta;
  const put = { method: 'PUT', path: `/Users/${id}`, version, data: { schemas: [USER], userName: 'ann', title: 'Dr' } };
  expect(statuses(await results(scim, [put]))).toBe('200');
  const stale = [
    { ...put, data: { schemas: [USER], userName: 'ann', title: 'x' } },
    { method: 'DELETE', path: `/Users/${id}`, version },
  ];
  expect(statuses(await results(scim, stale))).toBe('412 412');
  expect((await read(scim, `/Users/${id}`))['title']).toBe('Dr');
});

row('O14', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const data = { schemas: [USER], userName: 'ben' };
  const wrong = [
    { method: 'POST', path: `/Users/${id}`, bulkId: '1', data },
    { method: 'POST', path: '/Bulk', bulkId: '2', data: { schemas: [BULK], Operations: [] } },
    { method: 'PATCH', path: '/Me', data: { schemas: [PATCH_OP], Operations: [] } },
    { method: 'DELETE', path: '/Users' },
    { method: 'DELETE', path: `https://evil.example/Users/${id}` },
    { method: 'DELETE', path: `/Groups/../Users/${id}` },
    { method: 'POST', path: '/Users/.search', bulkId: '3', data: {} },
    { method: 'GET', path: `/Users/${id}` },
    { method: 'DELETE', path: `/Schemas/${USER}` },
  ];
  for (const operation of wrong) {
    const answer = await bulk(scim, [operation]);
    const [result] = (answer.body['Operations'] ?? []) as unknown as readonly Result[];
    expect(Number(result?.status ?? answer.status), operation.path).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  }
  expect(await found(scim, 'userName pr')).toEqual(['ann']);
});

row('O15', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const operations = [{ op: 'add', path: 'title', value: 'Dr' }];
  const bare = { method: 'PATCH', path: `/Users/${id}`, data: operations };
  const answered = await results(scim, [patchOperation(`/Users/${id}`, ...operations), bare]);
  expect(statuses(answered)).toBe('200 400');
  expect(answered[1]?.response).toMatchObject({ schemas: [ERROR], scimType: 'invalidSyntax' });
  expect((await read(scim, `/Users/${id}`))['title']).toBe('Dr');
});

row('O16', { main: { limits: { bulkMaxOperations: 0 } } }, async ({ scim }) => {
  expect((await scim.get('/ServiceProviderConfig')).body).toMatchObject({ bulk: { supported: false } });
  expectRefusal(await bulk(scim, [createUserOperation('a', 'ann')]), { status: 501 });
  expect(await found(scim, 'userName pr')).toEqual([]);
});

row('O17', { other: {} }, async ({ scim, client }) => {
  const theirs = await createUser(client('other'), 'theirs');
  expectRefusal(await bulk(client('main', ['scim:read']), [createUserOperation('a', 'ann')]), { status: 403 });
  const answered = await results(scim, [
    { method: 'DELETE', path: `/Users/${theirs}` },
    patchOperation(`/Users/${theirs}`, { op: 'add', path: 'title', value: 'x' }),
    createGroupOperation('g', 'g', [theirs]),
  ]);
  expect(statuses(answered)).toBe('404 404 400');
  expect((await read(client('other'), `/Users/${theirs}`))['title']).toBeUndefined();
  await createGroup(scim, 'g');
});
