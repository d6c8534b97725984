import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { returnPreference } from '#scim/request/preferences.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import type { Body, ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { createGroup, createUser, GROUP, USER } from './people.ts';

const calls: string[] = [];
let gateway: ScimGateway;
let client: ScimClient;
let user: string;
let group: string;
let count = 0;

beforeAll(async () => {
  gateway = await openScimGateway({ wrap: (adapter) => hooked(adapter, (method) => calls.push(method)) });
  client = gateway.client();
  user = await createUser(client, 'ada');
  group = await createGroup(client, 'Staff', [user]);
});
afterAll(() => gateway.close());
beforeEach(() => {
  count += 1;
  calls.length = 0;
});

const title = (): Body => ({ op: 'replace', path: 'title', value: `title ${count}` });
const rename = (): Body => ({ op: 'replace', path: 'displayName', value: `Staff ${count}` });

function shown({ status, text, headers }: ScimAnswer) {
  return [status, text !== '', headers['preference-applied']];
}

const MINIMAL = { prefer: 'return=minimal' };
const WHOLE = { prefer: 'return=representation' };

describe('Prefer: return=minimal (RFC 7240 §4.2)', () => {
  test('a creation is told by 201, Location and ETag alone', async () => {
    const answer = await client.post('/Users', { schemas: [USER], userName: `user${count}` }, MINIMAL);
    expect(shown(answer)).toStrictEqual([201, false, 'return=minimal']);
    expect(answer.headers['content-length']).toBe('0');
    expect(answer.headers['content-type']).toBeUndefined();
    expect(calls).toStrictEqual(['write']);
    const location = answer.headers['location'] ?? '';
    const created = await client.get(location.slice(client.baseUrl.length));
    expect(created.body['userName']).toBe(`user${count}`);
    expect(created.headers['etag']).toBe(answer.headers['etag']);
  });

  test('PUT and PATCH are told by 204 and ETag, without the calls that a body costs', async () => {
    const put = await client.put(`/Users/${user}`, { schemas: [USER], userName: 'ada', title: 'x' }, MINIMAL);
    expect(shown(put)).toStrictEqual([204, false, 'return=minimal']);
    expect(calls).toStrictEqual(['getMany', 'write']);
    const patched = await client.patch(`/Users/${user}`, [title()], MINIMAL);
    expect(shown(patched)).toStrictEqual([204, false, 'return=minimal']);
    expect(patched.headers['etag']).toBe((await client.get(`/Users/${user}`)).headers['etag']);
    expect(patched.headers['content-location']).toBeUndefined();
  });

  test('attributes asked for are answered all the same (RFC 7644 §3.5.2)', async () => {
    const answer = await client.patch(`/Users/${user}?attributes=title`, [title()], MINIMAL);
    expect(shown(answer)).toStrictEqual([200, true, undefined]);
    expect(answer.body['title']).toBe(`title ${count}`);
    const created = await client.post('/Users?attributes=id', { schemas: [USER], userName: `user${count}` }, MINIMAL);
    expect(shown(created)).toStrictEqual([201, true, undefined]);
  });

  test('a refusal says why', async () => {
    const answer = await client.post('/Users', { schemas: [USER], userName: 'ada' }, MINIMAL);
    expect(shown(answer)).toStrictEqual([409, true, undefined]);
  });

  test.each(['/Users', '/'])('a read of %s is whole', async (path) => {
    expect(shown(await client.get(path, MINIMAL))).toStrictEqual([200, true, undefined]);
  });
});

describe('Prefer: return=representation', () => {
  test('a PATCH of a group is answered by the group, which it is not by default', async () => {
    expect(shown(await client.patch(`/Groups/${group}`, [rename()]))).toStrictEqual([204, false, undefined]);
    count += 1;
    const answer = await client.patch(`/Groups/${group}`, [rename()], WHOLE);
    expect(shown(answer)).toStrictEqual([200, true, 'return=representation']);
    expect(answer.body['displayName']).toBe(`Staff ${count}`);
  });

  test('a creation is as ever', async () => {
    const answer = await client.post('/Groups', { schemas: [GROUP], displayName: `New ${count}` }, WHOLE);
    expect(shown(answer)).toStrictEqual([201, true, 'return=representation']);
  });
});

describe('a Prefer header', () => {
  test.each<readonly [string, string | readonly string[], boolean]>([
    ['in any case', 'Return=MINIMAL', true],
    ['in quotes', 'return="minimal"', true],
    ['among others', 'respond-async, wait=10, return=minimal; foo="bar"', true],
    ['in a header of its own', ['wait=10', 'return=minimal'], true],
    ['given twice, of which the first counts', 'return=minimal, return=representation', true],
    ['given twice, the other way round', 'return=representation, return=minimal', false],
    ['within another value', 'foo="a, return=minimal"', false],
    ['of a longer name', 'xreturn=minimal', false],
    ['of a longer value', 'return=minimalist', false],
    ['that is empty', 'return=', false],
    ['of other things', 'handling=strict', false],
  ])('%s', async (_, prefer, minimal) => {
    const answer = await client.patch(`/Users/${user}`, [title()], { prefer });
    expect(answer.status).toBe(minimal ? 204 : 200);
  });
});

test.each(['",', '"', ',', ' ', 'return=', 'return="'])(
  'a Prefer header full of %j is read in linear time',
  (piece) => {
    const prefer = `",${piece.repeat(16_000 / piece.length)}`;
    const start = performance.now();
    for (let time = 0; time < 20; time++) expect(returnPreference({ prefer })).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1_000);
  },
);

test('every answer is for who asked for it alone, and to be asked for again', async () => {
  const answers = [
    await client.get(`/Users/${user}`),
    await client.get('/Users'),
    await client.get('/Schemas'),
    await client.get('/Users/nobody'),
    await client.patch(`/Groups/${group}`, [rename()]),
    await client.delete(`/Groups/${group}`),
    await client.send('GET', '/ServiceProviderConfig', { headers: { authorization: null } }),
    await client.send('GET', '/Users', { headers: { authorization: null } }),
  ];
  for (const { headers } of answers) {
    expect(headers['cache-control']).toBe('private, no-cache');
  }
});
