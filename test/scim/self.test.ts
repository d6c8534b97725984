import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hooked } from '#test/support/hooked-adapter.ts';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from './expect-refusal.ts';
import { createUser, USER } from './people.ts';

const calls: string[] = [];
let gateway: ScimGateway;
let client: ScimClient;
let id: string;
let location: string;

beforeAll(async () => {
  gateway = await openScimGateway({
    tenants: ['acme', 'other'],
    user: 'Ada',
    wrap: (adapter) => hooked(adapter, (method) => calls.push(method)),
  });
  client = gateway.client();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  if (id !== undefined) await client.delete(`/Users/${id}`);
  id = await createUser(client, 'ada', { title: 'Countess' });
  location = `${client.baseUrl}/Users/${id}`;
  calls.length = 0;
});

const title = (value: string): Body => ({ op: 'replace', path: 'title', value });

describe('/Me is the user behind the credential (RFC 7644 §3.11)', () => {
  test('GET and HEAD answer as at the permanent address, which is the Location', async () => {
    const real = await client.get(`/Users/${id}?attributes=title`);
    for (const path of ['/Me?attributes=title', '//Me/?attributes=title']) {
      const answer = await client.get(path);
      expect(answer.text).toBe(real.text);
      expect(answer.headers).toMatchObject({ location, 'content-location': location, etag: real.headers['etag'] });
    }
    const head = await client.send('HEAD', '/Me');
    expect([head.status, head.text, head.headers['location']]).toStrictEqual([200, '', location]);
  });

  test('PUT and PATCH change the user', async () => {
    const put = await client.put('/Me', { schemas: [USER], userName: 'ada', title: 'Programmer' });
    expect([put.status, put.headers['location'], put.body['title']]).toStrictEqual([200, location, 'Programmer']);
    const patched = await client.patch('/Me', [title('Analyst')]);
    expect([patched.status, patched.headers['location']]).toStrictEqual([200, location]);
    const bare = await client.patch('/Me', [title('Engineer')], { prefer: 'return=minimal' });
    expect([bare.status, bare.headers['location']]).toStrictEqual([204, location]);
    expect((await client.get(`/Users/${id}`)).body['title']).toBe('Engineer');
  });

  test('DELETE deletes the user, after which there is none', async () => {
    const answer = await client.delete('/Me');
    expect([answer.status, answer.headers['location']]).toStrictEqual([204, location]);
    expectRefusal(await client.get(`/Users/${id}`), { status: 404 });
    expectRefusal(await client.get('/Me'), { status: 404, detail: /no User has the userName "Ada"/ });
  });

  test('conditions are those of the user', async () => {
    const tag = (await client.get('/Me')).headers['etag'] ?? '';
    const same = await client.get('/Me', { 'if-none-match': tag });
    expect([same.status, same.headers['location']]).toStrictEqual([304, location]);
    const stale = await client.patch('/Me', [title('x')], { 'if-match': 'W/"stale"' });
    expectRefusal(stale, { status: 412 });
    expect(stale.headers['location']).toBe(location);
  });

  test('a refusal has the Location as well', async () => {
    const answer = await client.patch('/Me', [title('x'), { op: 'replace', path: 'shoeSize', value: 44 }]);
    expectRefusal(answer, { status: 400, scimType: 'invalidPath' });
    expect(answer.headers['location']).toBe(location);
  });

  test.each([
    ['GET', '/Me?attributes=title', ['byKeys', 'getMany']],
    ['GET', '/Me', ['byKeys', 'getMany', 'linked']],
    ['DELETE', '/Me', ['byKeys', 'write']],
  ])('%s %s costs one look-up more than the permanent address', async (method, path, expected) => {
    expect((await client.send(method, path)).status).toBeLessThan(300);
    expect(calls).toStrictEqual(expected);
  });

  test('nothing is created there, nor below it', async () => {
    const answer = await client.post('/Me', { schemas: [USER], userName: 'eve' });
    expectRefusal(answer, { status: 405 });
    expect(answer.headers['allow']).toBe('GET, HEAD, PUT, PATCH, DELETE');
    expectRefusal(await client.get('/Me/emails'), { status: 404 });
  });

  test('the scopes are those of the method', async () => {
    expectRefusal(await gateway.client('acme', ['scim:read']).delete('/Me'), { status: 403, detail: /scim:write/ });
    expectRefusal(await gateway.client('acme', ['scim:write']).get('/Me'), { status: 403, detail: /scim:read/ });
    expect(calls).toStrictEqual([]);
  });

  test('the same name in another tenant is another person, or nobody', async () => {
    expectRefusal(await gateway.client('other').get('/Me'), { status: 404 });
  });
});

test('a credential of a client alone stands for nobody, and learns what to set', async () => {
  const plain = await openScimGateway();
  await createUser(plain.client(), 'ada');
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await plain.client().send(method, '/Me', { body: {} });
    expectRefusal(answer, { status: 404, detail: /"user" of its entry in auth\.tokens/ });
    expect(answer.headers['location']).toBeUndefined();
  }
  await plain.close();
});
