import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { tokenSha256 } from '#config/token.ts';
import { DirectoryError } from '#model/errors.ts';
import { start } from '#src/compose.ts';
import { load } from '#test/config/configured.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { scimClient } from '#test/support/scim-client.ts';
import { type Company, fillCompany } from '../company.ts';
import { create, Gateway } from '../gateway.ts';

const VIEWER =
  '{ viewer { name tenant scopes user { userName manager { userName } memberOf { nodes { displayName } } } } }';

describe('ask 02: a person or a group is looked up by any value that identifies one, and the caller finds itself', () => {
  let gateway: Gateway;
  let company: Company;
  let failure: Error | undefined;

  beforeAll(async () => {
    const failing = (adapter: DirectoryAdapter) =>
      hooked(adapter, (method) => {
        if (method === 'byKeys' && failure) throw failure;
      });
    gateway = await Gateway.open({ user: 'BOB', decorate: failing });
    company = await fillCompany(gateway);
  });
  beforeEach(() => {
    failure = undefined;
    gateway.calls.length = 0;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test.each([
    ['id', () => company.ada, 'getMany'],
    ['userName', () => 'ADA', 'byKeys'],
    ['externalId', () => 'E1', 'byKeys'],
    ['email', () => 'Ada@Home.Example', 'byKeys'],
  ])('user(by: { %s }) finds the person in one call, and nobody for what nobody has', async (key, value, call) => {
    const query = 'query ($by: UserBy!) { user(by: $by) { userName } }';
    expect(await gateway.data(query, { by: { [key]: value() } })).toEqual({ user: { userName: 'ada' } });
    expect(await gateway.data(query, { by: { [key]: 'nobody' } })).toEqual({ user: null });
    expect(gateway.calls).toEqual([call, call]);
  });

  test.each([
    ['id', () => company.platform],
    ['displayName', () => 'platform'],
  ])('group(by: { %s }) finds the group', async (key, value) => {
    const query = 'query ($by: GroupBy!) { group(by: $by) { displayName } }';
    expect(await gateway.data(query, { by: { [key]: value() } })).toEqual({ group: { displayName: 'Platform' } });
  });

  test('a value that two people have is an error, and not the first of them', async () => {
    for (const userName of ['dan', 'dana']) {
      await create(gateway.session(), 'User', { userName, emails: [{ value: 'dan@acme.example' }] });
    }
    const { data, errors } = await gateway.ask('{ user(by: { email: "dan@acme.example" }) { id } }');
    expect(data).toEqual({ user: null });
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain('2 have this email');
  });

  test('viewer is the credential with the person behind it, whose userName folds as userName does', async () => {
    expect(await gateway.data(VIEWER)).toEqual({
      viewer: {
        name: 'tests',
        tenant: 'acme',
        scopes: ['graphql:read', 'graphql:write'],
        user: { userName: 'bob', manager: { userName: 'ada' }, memberOf: { nodes: [{ displayName: 'Platform' }] } },
      },
    });
    expect([...gateway.calls].sort()).toEqual(['byKeys', 'getMany', 'linked']);
  });

  test('it costs no call where the person is not asked for', async () => {
    await gateway.data('{ viewer { __typename name } }');
    expect(gateway.calls).toEqual([]);
  });

  test('a credential of a client alone, or of somebody who is gone, has no user', async () => {
    for (const user of [undefined, 'gone']) {
      await using other = await Gateway.open(user === undefined ? {} : { user });
      expect(await other.data('{ viewer { tenant user { id } } }')).toEqual({ viewer: { tenant: 'acme', user: null } });
    }
  });

  test('where the backend fails, the credential is told all the same', async () => {
    failure = new DirectoryError('UNAVAILABLE', 'gone', { retryAfterMs: 1_000 });
    const { data, errors } = await gateway.ask('{ viewer { name user { id } } }');
    expect(data).toEqual({ viewer: { name: 'tests', user: null } });
    expect(errors).toEqual([
      {
        message: 'gone',
        path: ['viewer', 'user'],
        locations: expect.anything(),
        extensions: { code: 'UNAVAILABLE', retryAfter: 1 },
      },
    ]);
  });

  test('past a limit of the request it is null as a whole, as every field of Query', async () => {
    await using tight = await Gateway.open({ user: 'bob', limits: { edges: 1 } });
    await fillCompany(tight);
    const { data, errors } = await tight.ask(
      '{ viewer { name user { memberOf { nodes { id } } } } again: viewer { name } }',
    );
    expect(data).toEqual({ viewer: null, again: { name: 'tests' } });
    expect(errors?.[0]?.extensions).toEqual({ code: 'TOO_MANY_EDGES', limit: 1, actual: 2 });
  });

  test('over the whole gateway it is the person that SCIM calls /Me', async () => {
    const yaml = `
server: { port: 0, drainSeconds: 0 }
tenants: { acme: {} }
auth: { tokens: [{ name: ada-phone, tenant: acme, user: ada, scopes: ['scim:read', 'scim:write', 'graphql:read'], sha256: ${tokenSha256('phone')} }] }`;
    const started = await start(await load(yaml));
    onTestFinished(() => started.close());
    const scim = scimClient(`${started.url}/scim/v2`, 'phone');
    await scim.post('/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada' });
    const me = await scim.get('/Me');
    const response = await fetch(`${started.url}/graphql`, {
      method: 'POST',
      headers: { authorization: 'Bearer phone', 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { name tenant scopes user { id } } }' }),
    });
    expect(await response.json()).toEqual({
      data: {
        viewer: {
          name: 'ada-phone',
          tenant: 'acme',
          scopes: ['scim:read', 'scim:write', 'graphql:read'],
          user: { id: me.body['id'] },
        },
      },
    });
  });
});
