import { afterEach, describe, expect, test } from 'vitest';
import { DirectoryError, type ErrorCode } from '#model/errors.ts';
import { SCIM_ERRORS } from '#scim/errors.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from './expect-refusal.ts';
import { createUser, USER } from './people.ts';

let gateway: ScimGateway;
afterEach(() => gateway.close());

async function failing(error: unknown) {
  gateway = await openScimGateway({
    wrap: (adapter) =>
      hooked(adapter, (method) => {
        if (method === 'getMany') throw error;
      }),
  });
  return gateway.client();
}

describe('what fails behind the face', () => {
  test.each(Object.entries(SCIM_ERRORS))('%s is answered as the table says', async (code, { status, scimType }) => {
    const client = await failing(new DirectoryError(code as ErrorCode, 'what happened, and what to do'));
    const answer = await client.get('/Users/1');
    expectRefusal(answer, {
      status,
      ...(scimType === undefined ? {} : { scimType }),
      detail: /^what happened, and what to do$/,
    });
    expect(answer.headers['retry-after']).toBe([429, 503].includes(status) ? '5' : undefined);
  });

  test('the time that a backend asks for stands in Retry-After', async () => {
    const client = await failing(new DirectoryError('UNAVAILABLE', 'down', { retryAfterMs: 2_400 }));
    expect((await client.get('/Users/1')).headers['retry-after']).toBe('3');
  });

  test('an error of another copy of the class is known by its code', async () => {
    const foreign = Object.assign(new Error('taken'), {
      name: 'DirectoryError',
      code: 'UNIQUENESS',
      faults: [],
      ids: ['42'],
    });
    const client = await failing(foreign);
    expectRefusal(await client.get('/Users/1'), { status: 409, scimType: 'uniqueness', detail: /^taken \(id 42\)$/ });
  });

  test('a code that nobody knows is a bug', async () => {
    const foreign = Object.assign(new Error('constructor of hunter2'), { name: 'DirectoryError', code: 'constructor' });
    const client = await failing(foreign);
    expectRefusal(await client.get('/Users/1'), { status: 500, detail: /^internal error/ });
  });

  test('a bug is a 500 that tells the request id and nothing else, and the log tells the rest', async () => {
    const bug = new TypeError('cn=admin,dc=example,dc=com has password hunter2');
    const client = await failing(bug);
    const answer = await client.get('/Users/1', { 'x-request-id': 'my-request' });
    expect(answer.headers['x-request-id']).toBe('my-request');
    expectRefusal(answer, { status: 500, detail: /^internal error; the log has more under request id my-request$/ });
    expect(gateway.log.at(-1)?.outcome).toStrictEqual({
      operation: 'get',
      detail: 'internal error; the log has more under request id my-request',
      cause: bug,
    });
  });
});

describe('what the log learns of a request', () => {
  test('the operation, and of a refusal what the client was told', async () => {
    gateway = await openScimGateway();
    const client = gateway.client();
    const id = await createUser(client, 'ada');
    await client.get('/Users');
    await client.post('/Users/.search', {});
    await client.patch(`/Users/${id}`, [{ op: 'replace', path: 'shoeSize', value: 44 }]);
    await client.get('/Schemas');
    await client.get('/Me');
    await client.get('/Widgets');
    await client.delete(`/Users/${id}`);
    const outcomes = gateway.log.map(({ outcome }) => [
      outcome.operation,
      outcome.scimType,
      outcome.detail !== undefined,
    ]);
    expect(outcomes).toStrictEqual([
      ['create', undefined, false],
      ['list', undefined, false],
      ['search', 'invalidSyntax', true],
      ['patch', 'invalidPath', true],
      ['discover', undefined, false],
      ['get', undefined, true],
      ['unknown', undefined, true],
      ['delete', undefined, false],
    ]);
  });
});

describe('what a credential may do', () => {
  test('the scope to read does not write, and the other way round (RFC 7644 §2)', async () => {
    gateway = await openScimGateway();
    const reader = gateway.client('acme', ['scim:read']);
    const writer = gateway.client('acme', ['scim:write']);
    expectRefusal(await reader.post('/Users', { schemas: [USER], userName: 'ada' }), {
      status: 403,
      detail: /scim:write/,
    });
    const id = await createUser(writer, 'ada');
    expect((await reader.get(`/Users/${id}`)).status).toBe(200);
    expectRefusal(await writer.get(`/Users/${id}`), { status: 403, detail: /scim:read/ });
    expectRefusal(await reader.delete(`/Users/${id}`), { status: 403 });
    expect((await reader.get(`/Users/${id}`)).status).toBe(200);
  });

  test('another tenant has another directory, and the same text is rendered for neither (RFC 7644 §6)', async () => {
    gateway = await openScimGateway({ tenants: ['acme', 'other'] });
    const [acme, other] = [gateway.client('acme'), gateway.client('other')];
    const id = await createUser(acme, 'ada');
    await acme.get(`/Users/${id}`);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const body =
        method === 'PATCH'
          ? { Operations: [{ op: 'replace', path: 'title', value: 'x' }] }
          : { schemas: [USER], userName: 'ada' };
      expectRefusal(await other.send(method, `/Users/${id}`, method === 'GET' ? {} : { body }), { status: 404 });
    }
    expect((await other.get('/Users')).body['totalResults']).toBe(0);
    expect((await acme.get(`/Users/${id}`)).status).toBe(200);
  });
});
