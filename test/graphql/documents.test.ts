import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPersistedQueries } from '#graphql/documents/persisted-queries.ts';
import { hashOf, parseTrustedDocuments } from '#graphql/documents/trusted-documents.ts';
import { fillCompany } from './company.ts';
import { type Answer, Gateway } from './gateway.ts';

const QUERY = 'query Ada { user(by: { userName: "ada" }) { userName } }';
const ADA = { user: { userName: 'ada' } };

const persisted = (sha256Hash: string, more: object = {}) =>
  JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } }, ...more });

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions['code'];

async function get(
  gateway: Gateway,
  parameters: { readonly [name: string]: string },
  more: string = '',
): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql?${new URLSearchParams(parameters)}${more}`, {
    headers: { 'apollo-require-preflight': 'yes' },
  });
  return { status: response.status, ...((await response.json()) as object) };
}

describe('a query that is persisted by itself', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open();
    await fillCompany(gateway);
    await fillCompany(gateway, 'other');
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test('is asked for by its hash, once it was sent with it', async () => {
    const unknown = await gateway.post(persisted(hashOf(QUERY)));
    expect([unknown.status, codeOf(unknown)]).toEqual([400, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(unknown.errors?.[0]?.message, "what Apollo's clients look for").toBe('PersistedQueryNotFound');
    const older = await gateway.post(persisted(hashOf(QUERY)), { accept: 'application/json' });
    expect([older.status, codeOf(older)]).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(await gateway.post(persisted(hashOf(QUERY), { query: QUERY }))).toEqual({ status: 200, data: ADA });
    expect(await gateway.post(persisted(hashOf(QUERY)))).toEqual({ status: 200, data: ADA });
    expect(await gateway.post(JSON.stringify({ documentId: `sha256:${hashOf(QUERY)}` }))).toEqual({
      status: 200,
      data: ADA,
    });
  });

  test('as the guide shows it', async () => {
    const guide = readFileSync(new URL('../../docs/guides/graphql.md', import.meta.url), 'utf8');
    const [, query = '', body = ''] = /```graphql\n(query Ada .*?)\n```\n.*?```json\n(.*?)\n```/s.exec(guide) ?? [];
    expect((await gateway.post(persisted(hashOf(query), { query }))).data).toEqual(ADA);
    expect((await gateway.post(body)).data).toEqual(ADA);
  });

  test('by GET as well', async () => {
    const query = 'query ByGet($name: String!) { user(by: { userName: $name }) { userName } }';
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hashOf(query) } });
    const variables = JSON.stringify({ name: 'ada' });
    expect(codeOf(await get(gateway, { extensions, variables }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await get(gateway, { extensions, variables, query })).data).toEqual(ADA);
    expect((await get(gateway, { extensions, variables })).data).toEqual(ADA);
    expect((await get(gateway, { documentId: `sha256:${hashOf(query)}`, variables })).data).toEqual(ADA);
  });

  test('is known to the tenant alone that sent it', async () => {
    const query = 'query Mine { users { totalCount } }';
    expect((await gateway.post(persisted(hashOf(query), { query }))).errors).toBeUndefined();
    expect(codeOf(await gateway.post(persisted(hashOf(query)), { 'x-tenant': 'other' }))).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    );
  });

  test.each([
    ['the hash of another text', persisted(hashOf('{ a }'), { query: QUERY })],
    ['what is no hash', persisted('abc', { query: QUERY })],
    ['another version', JSON.stringify({ extensions: { persistedQuery: { version: 2, sha256Hash: hashOf(QUERY) } } })],
    ['no object', JSON.stringify({ extensions: { persistedQuery: 'x' } })],
    ['null', JSON.stringify({ extensions: { persistedQuery: null } })],
    ['a number', JSON.stringify({ documentId: 7 })],
    ['a very long id', JSON.stringify({ documentId: 'x'.repeat(50_000) })],
  ])('is refused under %s', async (_what, body) => {
    const answer = await gateway.post(body);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
  });

  test('has no name that objects have anyway', async () => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect(codeOf(await gateway.post(JSON.stringify({ documentId: id })))).toBe('BAD_REQUEST');
    }
    const body = `{"query":"{ users { totalCount } }","extensions":{"__proto__":{"persistedQuery":{"version":1}}}}`;
    expect((await gateway.post(body)).data).toEqual({ users: { totalCount: 3 } });
  });

  test('keeps to the limits like any other', async () => {
    const query = `{ users { nodes { ${'id '.repeat(1_100)} } } }`;
    expect(codeOf(await gateway.post(persisted(hashOf(query), { query })))).toBe('TOO_MANY_TOKENS');
  });

  test('is refused where the operator wants it so', async () => {
    await using off = await Gateway.open({ settings: { persistedQueries: false } });
    const answer = await off.post(persisted(hashOf(QUERY), { query: QUERY }));
    expect([answer.status, codeOf(answer)]).toEqual([400, 'PERSISTED_QUERY_NOT_SUPPORTED']);
    expect(answer.errors?.[0]?.message).toBe('PersistedQueryNotSupported');
  });

  test('is forgotten when there are too many, or too much of them', () => {
    const known = openPersistedQueries();
    for (let at = 0; at <= 1_000; at += 1) known.set(String(at), `{ a${at} }`);
    expect([known.get('0'), known.get('1'), known.get('1000')]).toEqual([undefined, '{ a1 }', '{ a1000 }']);
    for (let at = 0; at < 30; at += 1) known.set(`long ${at}`, String(at).repeat(50_000));
    expect(known.get('1000')).toBeUndefined();
    known.set('huge', 'x'.repeat(2_000_001));
    expect(known.get('huge')).toBeUndefined();
  });
});

const PEOPLE = 'query People($first: Int = 2) { users(first: $first) { nodes { userName } } }';
const DEEP = `query Deep { user(by: { userName: "bob" }) { ${'manager { '.repeat(15)} id ${'} '.repeat(15)} } }`;
const MANIFEST = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [
    { id: hashOf(QUERY), name: 'Ada', type: 'query', body: QUERY },
    { id: 'people', name: 'People', type: 'query', body: PEOPLE },
    { id: 'deep', name: 'Deep', type: 'query', body: DEEP },
    {
      id: 'changes',
      name: 'Changes',
      type: 'subscription',
      body: 'subscription Changes { resourceChanged { cursor } }',
    },
    { id: 'later', name: 'Later', type: 'query', body: 'query Later { users { nodes { notYet } } }' },
  ],
};

describe('with a list of trusted documents', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open({ settings: { trustedDocuments: parseTrustedDocuments(MANIFEST) } });
    await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test('each is carried out by its id, its hash or its text', async () => {
    expect((await gateway.post(persisted(hashOf(QUERY)))).data).toEqual(ADA);
    expect((await gateway.ask(QUERY)).data).toEqual(ADA);
    expect((await get(gateway, { query: QUERY })).data).toEqual(ADA);
    const three = { users: { nodes: expect.arrayContaining([{ userName: 'cyd' }]) } };
    for (const documentId of ['people', `sha256:${hashOf(PEOPLE)}`, hashOf(PEOPLE)]) {
      expect((await gateway.post(JSON.stringify({ documentId, variables: { first: 3 } }))).data).toEqual(three);
      expect((await get(gateway, { documentId, variables: '{"first":3}' })).data).toEqual(three);
    }
  });

  test.each([
    ['another text', { query: '{ users { totalCount } }' }],
    ['a trusted text with a space more', { query: `${QUERY} ` }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['an unknown id', { documentId: 'nobody' }],
    ['an unknown hash', { extensions: { persistedQuery: { version: 1, sha256Hash: hashOf('x') } } }],
    ['a name that objects have anyway', { documentId: '__proto__' }],
    ['another text under a trusted id', { documentId: 'people', query: '{ users { totalCount } }' }],
    [
      'another text to be persisted',
      {
        query: '{ groups { totalCount } }',
        extensions: { persistedQuery: { version: 1, sha256Hash: hashOf('{ groups { totalCount } }') } },
      },
    ],
  ])('nothing else is: %s', async (_what, body) => {
    gateway.calls.length = 0;
    const answer = await gateway.post(JSON.stringify(body));
    expect([answer.status, codeOf(answer), answer.data]).toEqual([400, 'DOCUMENT_NOT_TRUSTED', undefined]);
    expect(gateway.calls).toEqual([]);
  });

  test('nothing else is by GET, however it is written', async () => {
    expect(codeOf(await get(gateway, { query: '{ users { totalCount } }' }))).toBe('DOCUMENT_NOT_TRUSTED');
    for (const more of ['&query=%7B%20users%20%7B%20totalCount%20%7D%20%7D', '&extensions=%7B', '&documentId=people']) {
      const { data } = await get(gateway, { query: QUERY }, more);
      expect(JSON.stringify(data ?? ADA)).toBe(JSON.stringify(ADA));
    }
    expect(codeOf(await get(gateway, { query: '{ users { totalCount } }' }, '&documentId=people'))).toBe(
      'DOCUMENT_NOT_TRUSTED',
    );
  });

  test('nothing else is as a subscription, and one of the list is by its id', async () => {
    const stream = (body: object) =>
      fetch(`${gateway.url}/graphql/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify(body),
      });
    const refused = await stream({ query: 'subscription { resourceChanged { cursor } }' });
    expect([refused.status, codeOf((await refused.json()) as Answer)]).toEqual([400, 'DOCUMENT_NOT_TRUSTED']);
    const begun = await stream({ documentId: 'changes' });
    expect([begun.status, begun.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await begun.body?.cancel();
  });

  test('the limits hold for them, and what the schema has not is refused until it has', async () => {
    expect(codeOf(await gateway.post('{"documentId":"deep"}'))).toBe('TOO_DEEP');
    expect(codeOf(await gateway.post('{"documentId":"later"}'))).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(gateway.unfit).toEqual([
      expect.objectContaining({ path: 'operations[2] Deep', got: expect.stringContaining('17 levels') }),
      expect.objectContaining({ path: 'operations[4] Later', got: expect.stringContaining('notYet') }),
    ]);
  });
});
