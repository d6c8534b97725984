import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { openRegistry } from '#core/schema/registry.ts';
import { openNaming } from '#graphql/fields/standard-names.ts';
import { generateSdl } from '#graphql/sdl/generate-sdl.ts';
import type { Scope } from '#model/principal.ts';
import { fillCompany } from '../company.ts';
import { Gateway } from '../gateway.ts';
import { done, mutate, mutation } from './mutate.ts';

const RESPONSE_JSON = { accept: 'application/graphql-response+json' };
const CREATE = JSON.stringify({ query: mutation('createUser'), variables: { input: { userName: 'ada' } } });

describe('who may change something', () => {
  test('a credential without graphql:write is told the scope, and nothing is written', async () => {
    await using gateway = await Gateway.open({ scopes: new Set<Scope>(['graphql:read']) });
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...RESPONSE_JSON },
      body: CREATE,
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="graphql:write"/);
    expect(await response.json()).toMatchObject({
      errors: [{ message: 'the token "tests" lacks the scope graphql:write', extensions: { code: 'FORBIDDEN' } }],
    });
    expect((await gateway.post(CREATE)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(gateway.calls).toEqual([]);
    await expect
      .poll(() => gateway.log.at(-1)?.outcome)
      .toMatchObject({ operation: 'mutation', detail: expect.stringContaining('graphql:write') });
  });

  test('a document may hold mutations that its caller does not ask for', async () => {
    await using gateway = await Gateway.open({ scopes: new Set<Scope>(['graphql:read']) });
    const query = `query Q { users { totalCount } } ${mutation('createUser').replace('mutation', 'mutation M')}`;
    expect(await gateway.post(JSON.stringify({ query, operationName: 'Q' }))).toMatchObject({
      data: { users: { totalCount: 0 } },
    });
    const refused = await gateway.post(
      JSON.stringify({ query, operationName: 'M', variables: { input: { userName: 'a' } } }),
    );
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('a mutation by GET is refused, whatever its scopes', async () => {
    await using gateway = await Gateway.open();
    const query = encodeURIComponent('mutation { deleteUser(input: { id: "x" }) { id } }');
    const headers = { 'apollo-require-preflight': '1', 'x-tenant': 'acme', ...RESPONSE_JSON };
    const response = await fetch(`${gateway.url}/graphql?query=${query}`, { headers });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(gateway.calls).toEqual([]);
  });

  test('the log line of a mutation says so, and why the directory refused it', async () => {
    await using gateway = await Gateway.open();
    await mutate(gateway, 'createUser', { userName: 'ada' });
    await mutate(gateway, 'createUser', { userName: 'ADA' });
    await expect
      .poll(() => gateway.log.map(({ outcome }) => outcome))
      .toEqual([
        { operation: 'mutation' },
        { operation: 'mutation', detail: expect.stringContaining('userName is already taken') },
      ]);
  });

  test('nothing of another tenant is changed, or told from what does not exist', async () => {
    await using gateway = await Gateway.open();
    const { ada, platform } = await fillCompany(gateway, 'acme');
    const ask = async (name: string, input: object, tenant: string) =>
      (await gateway.ask(mutation(name), { input }, tenant)).data?.[name];
    const gone = { errors: [{ __typename: 'NotFound', code: 'NOT_FOUND' }] };
    expect(await ask('deleteUser', { id: ada }, 'other')).toMatchObject({ id: null, ...gone });
    expect(await ask('patchUser', { id: ada, user: { title: 'x' } }, 'other')).toMatchObject({ user: null, ...gone });
    expect(await ask('addMembers', { group: platform, members: [ada] }, 'other')).toMatchObject({
      group: null,
      ...gone,
    });
    const group = await ask('createGroup', { displayName: 'Theirs', members: [ada] }, 'other');
    expect(group).toMatchObject({
      group: null,
      errors: [{ __typename: 'UnknownReference', path: ['input', 'members', '0'] }],
    });
    expect(await ask('createUser', { userName: 'ada' }, 'other')).toMatchObject({ errors: [] });
    expect(await done(gateway, 'patchUser', { id: ada, user: {} }, 'title')).toEqual({ title: 'Head' });
  });
});

test('a guard that the backend cannot hold is refused, as SCIM refuses it', async () => {
  await using gateway = await Gateway.open({ settings: { versions: false } });
  const { ada } = await fillCompany(gateway);
  const { result, errors } = await mutate(gateway, 'patchUser', { id: ada, ifVersion: 'W/"1"', user: { title: 'x' } });
  expect([result, errors]).toMatchObject([null, [{ __typename: 'Refusal', code: 'UNSUPPORTED' }]]);
  expect(gateway.calls).toEqual([]);
  expect(await done(gateway, 'patchUser', { id: ada, user: { title: 'x' } }, 'title etag')).toEqual({
    title: 'x',
    etag: null,
  });
});

describe('a tenant whose data an identity provider owns', () => {
  test('has no mutation in its schema, and says so', async () => {
    await using gateway = await Gateway.open({ settings: { mutations: false } });
    for (const body of [CREATE, JSON.stringify({ query: 'mutation { createUser { id } }' })]) {
      const answer = await gateway.post(body, RESPONSE_JSON);
      expect(answer.status).toBe(400);
      expect(answer.errors).toMatchObject([
        { message: expect.stringContaining('at its source'), extensions: { code: 'READ_ONLY' } },
      ]);
      expect(answer.errors).toHaveLength(1);
    }
    expect(await gateway.data('{ __schema { mutationType { name } } users { totalCount } }')).toEqual({
      __schema: { mutationType: null },
      users: { totalCount: 0 },
    });
  });

  test('has no type in its SDL that only mutations need, and the same names otherwise', () => {
    const sdl = (mutations: boolean) => generateSdl(openRegistry(), openNaming(), { mutations }).sdl;
    const types = (text: string) => Object.keys(buildSchema(text).getTypeMap());
    const [all, reading] = [types(sdl(true)), types(sdl(false))];
    expect(all).toEqual(expect.arrayContaining(reading));
    expect(reading.filter((name) => /Mutation|Payload|Input$|Patch|^Invalid|Refusal|Conflict/.test(name))).toEqual([]);
  });
});
