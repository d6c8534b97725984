import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypeFor } from '#graphql/http/media-type.ts';
import { repeatedKey } from '#graphql/http/repeated-key.ts';
import { fillCompany } from './company.ts';
import { Gateway } from './gateway.ts';

const GRAPHQL = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';

describe('the media type of an answer', () => {
  test.each([
    [undefined, GRAPHQL],
    ['*/*', GRAPHQL],
    [GRAPHQL, GRAPHQL],
    [JSON_TYPE, JSON_TYPE],
    ['Application/JSON; charset=utf-8', JSON_TYPE],
    [`${GRAPHQL}, ${JSON_TYPE};q=0.9`, GRAPHQL],
    [`${JSON_TYPE}, ${GRAPHQL}`, GRAPHQL],
    [`${GRAPHQL};q=0.2, ${JSON_TYPE};q=0.9`, JSON_TYPE],
    ['application/json, text/plain, */*', JSON_TYPE],
    ['application/json, multipart/mixed', JSON_TYPE],
    ['text/html, */*;q=0.1', GRAPHQL],
    ['application/*', GRAPHQL],
    [`${GRAPHQL};q=0, */*`, JSON_TYPE],
    ['text/csv', undefined],
    ['', GRAPHQL],
    [';q=1,,', undefined],
    [`${JSON_TYPE};q=0`, undefined],
    [`${JSON_TYPE};q=much`, JSON_TYPE],
  ])('for Accept: %s is %s', (accept, expected) => {
    expect(mediaTypeFor(accept)).toBe(expected);
  });
});

test.each([
  ['{"a":1,"b":2}', undefined],
  ['{"a":1,"a":2}', 'a'],
  ['{"a":{"b":1},"b":1}', undefined],
  ['{"a":[{"b":1},{"b":1}]}', undefined],
  ['{"a":[{"b":1},{"b":1,"c":2,"b":3}]}', 'b'],
  ['{"a":"\\"a\\":","b":"a"}', undefined],
  ['{"a" : 1 , "\\u0061"\n: 2}', 'a'],
  ['{"a":"x\\\\","a":1}', 'a'],
  ['{"__proto__":1,"constructor":2,"__proto__":3}', '__proto__'],
  ['["a","a"]', undefined],
])('a key that an object has twice is found: %s', (text, expected) => {
  expect(repeatedKey(text)).toBe(expected);
});

describe('the status of an answer', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open();
    await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const post = async (query: unknown, headers: { readonly [name: string]: string } = {}) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof query === 'string' ? JSON.stringify({ query }) : JSON.stringify(query),
    });
    const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    return [response.status, response.headers.get('content-type'), errors[0]?.extensions.code];
  };

  /** What the specification calls request errors: nothing was carried out. */
  const BEFORE: readonly (readonly [code: string, body: unknown])[] = [
    ['GRAPHQL_PARSE_FAILED', '{'],
    ['GRAPHQL_VALIDATION_FAILED', '{ nobody }'],
    ['TOO_DEEP', `{ user(by: { userName: "ada" }) ${'{ manager '.repeat(16)} { id } ${'}'.repeat(16)} }`],
    ['TOO_MANY_ALIASES', `{ users { ${Array.from({ length: 51 }, (_, at) => `a${at}: totalCount`).join(' ')} } }`],
    ['QUERY_TOO_COSTLY', '{ users(first: 1000) { nodes { directReports(first: 1000) { nodes { id } } } } }'],
    ['BAD_USER_INPUT', { query: 'query ($n: Int) { users(first: $n) { totalCount } }', variables: { n: 'x' } }],
    ['OPERATION_RESOLUTION_FAILURE', { query: 'query A { __typename }', operationName: 'B' }],
  ];

  test.each(BEFORE)(
    'before anything is carried out is 400, or 200 under the older media type: %s',
    async (code, body) => {
      expect(await post(body)).toEqual([400, `${GRAPHQL}; charset=utf-8`, code]);
      expect(await post(body, { accept: GRAPHQL })).toEqual([400, `${GRAPHQL}; charset=utf-8`, code]);
      expect(await post(body, { accept: JSON_TYPE })).toEqual([200, `${JSON_TYPE}; charset=utf-8`, code]);
    },
  );

  test.each([
    {},
    { query: 1 },
    { query: '{ a }', variables: [] },
    { query: '{ a }', operationName: 1 },
    { qeury: '{ a }' },
  ])('of what is no GraphQL request is 400 under both: %j', async (body) => {
    for (const accept of [GRAPHQL, JSON_TYPE]) expect((await post(body, { accept }))[0]).toBe(400);
  });

  test('once it is carried out is 200, whatever fails', async () => {
    const partial = '{ users { nodes { memberOf(first: -1) { totalCount } } } }';
    expect(await post(partial)).toEqual([200, `${GRAPHQL}; charset=utf-8`, 'BAD_USER_INPUT']);
    expect(await post(partial, { accept: JSON_TYPE })).toEqual([200, `${JSON_TYPE}; charset=utf-8`, 'BAD_USER_INPUT']);
  });

  test('is 406 before anything is carried out, where no answer would be accepted', async () => {
    gateway.calls.length = 0;
    expect((await post('{ users { totalCount } }', { accept: 'text/csv' }))[0]).toBe(406);
    expect(gateway.calls).toEqual([]);
  });

  test('is 405 for other methods, with those that there are', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const response = await fetch(`${gateway.url}/graphql`, { method, headers: { accept: 'application/json' } });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
    }
  });

  test('is 405 for a mutation by GET, with the method that it needs', async () => {
    await using writing = await Gateway.open({ scopes: new Set(['graphql:read', 'graphql:write']) });
    const query = 'mutation { deleteUser(input: { id: "none" }) { id } }';
    const response = await fetch(`${writing.url}/graphql?${new URLSearchParams({ query })}`, {
      headers: { 'apollo-require-preflight': 'yes' },
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(writing.calls).toEqual([]);
  });

  test('is 415 for a body of another type, with the one that is read', async () => {
    for (const type of ['text/plain', 'application/graphql', 'application/x-www-form-urlencoded']) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: 'x',
      });
      expect([response.status, response.headers.get('accept')]).toEqual([415, 'application/json']);
    }
  });

  test('of several operations in one body is 400, and the message says to send them one by one', async () => {
    const { status, errors } = await gateway.post('[{"query":"{ __typename }"},{"query":"{ __typename }"}]');
    expect([status, errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_REQUEST']);
    expect(errors?.[0]?.message).toContain('not a list; ask in several requests');
  });
});
