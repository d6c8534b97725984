import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf, parseTrustedDocuments } from '#graphql/documents/trusted-documents.ts';
import { EventStream } from '../event-stream.ts';
import { Gateway } from '../gateway.ts';
import { changeOf, FOLLOW, Followed } from './followed.ts';

describe('what is no subscription is refused before a stream begins', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open();
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const refusalOf = async (response: Response) => {
    const body = (await response.json()) as { readonly errors: readonly { readonly extensions: { code: string } }[] };
    expect(response.headers.get('content-type')).toContain('application/json');
    return [response.status, body.errors[0]?.extensions.code];
  };
  const ask = async (query: string, variables = {}) =>
    refusalOf((await EventStream.open(gateway.url, { query, variables })).response);
  const send = (init: RequestInit, search = '') => fetch(`${gateway.url}/graphql/stream${search}`, init);
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };

  const documents: readonly (readonly [string, string, string])[] = [
    ['malformed text', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', 'subscription { resourceRenamed { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['two fields', 'subscription { a: resourceChanged { id } b: resourceChanged { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['the schema', 'subscription { __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['nothing', 'subscription { resourceChanged @skip(if: true) { id } }', 'BAD_REQUEST'],
    ['a query', '{ users { totalCount } }', 'BAD_REQUEST'],
    ['a type that is none', 'subscription { resourceChanged(types: ["Users"]) { id } }', 'BAD_USER_INPUT'],
    ['too many words', `subscription { resourceChanged { ${'id '.repeat(1_000)} } }`, 'TOO_MANY_TOKENS'],
    ['too many aliases', `subscription { resourceChanged { ${aliases(51)} } }`, 'TOO_MANY_ALIASES'],
    ['too much', costly(), 'QUERY_TOO_COSTLY'],
  ];
  test.each(documents)('%s', async (_, query, code) => {
    expect(await ask(query)).toEqual([400, code]);
  });

  test('a limit is told with both figures', async () => {
    const { response } = await EventStream.open(gateway.url, { query: costly() });
    const { errors } = (await response.json()) as { readonly errors: readonly object[] };
    expect(errors).toEqual([
      { message: expect.stringContaining('at most 250000'), extensions: expect.objectContaining({ limit: 250_000 }) },
    ]);
  });

  test.each([{ types: 'x y'.split(' '), after: 7 }, { after: { __proto__: null } }])(
    'variables that do not fit: %j',
    async (variables) => {
      expect(await ask(FOLLOW, variables)).toEqual([400, 'BAD_USER_INPUT']);
    },
  );

  test('a condition that is null', async () => {
    const query = 'subscription ($no: Boolean = false) { resourceChanged { id @skip(if: $no) } }';
    expect(await ask(query, { no: null })).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('a condition that has a variable and decides whether there is anything to follow', async () => {
    const query = 'subscription ($yes: Boolean!) { resourceChanged @include(if: $yes) { id } }';
    expect(await ask(query, { yes: true })).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('variables that are no object, and a body without a query', async () => {
    const bodies = [{ query: FOLLOW, variables: [1] }, { variables: {} }, [], 'text'];
    for (const body of bodies) {
      const response = await send({ method: 'POST', headers, body: JSON.stringify(body) });
      expect(await refusalOf(response), JSON.stringify(body)).toEqual([400, 'BAD_REQUEST']);
    }
  });

  test('an operationName that names nothing', async () => {
    const body = JSON.stringify({ query: FOLLOW, operationName: 'Other' });
    const response = await send({ method: 'POST', headers, body });
    expect(await refusalOf(response)).toEqual([400, 'OPERATION_RESOLUTION_FAILURE']);
  });

  test('another body, another method, another media type', async () => {
    const body = JSON.stringify({ query: FOLLOW });
    const form = await send({ method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body });
    expect(await refusalOf(form)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    for (const method of ['PUT', 'DELETE']) {
      const response = await send({ method, headers: { ...headers, 'x-graphql-event-stream-token': 'mine' } });
      expect(response.headers.get('allow')).toBe('GET, POST');
      expect(await refusalOf(response)).toEqual([405, 'METHOD_NOT_ALLOWED']);
    }
    const json = await send({ method: 'POST', headers: { ...headers, accept: 'application/json' }, body });
    expect(await refusalOf(json)).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  test('a token of the protocol’s other mode opens nothing: each operation has a connection of its own', async () => {
    const search = new URLSearchParams({ token: 'mine', query: FOLLOW });
    const response = await send({ headers: { accept: 'text/event-stream' } }, `?${search}`);
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  test('a subscription at POST /graphql is told where to go', async () => {
    const { errors } = await gateway.ask(FOLLOW);
    expect(errors?.[0]?.message).toContain('/graphql/stream');
  });

  test('a request without a known credential, by either path', async () => {
    await using guarded = await Gateway.open({ token: 'secret' });
    for (const path of ['/graphql/stream', '/graphql']) {
      const { response } = await EventStream.open(guarded.url, { query: FOLLOW, path });
      expect(await refusalOf(response)).toEqual([401, 'UNAUTHENTICATED']);
    }
  });
});

describe('a document is named rather than sent', () => {
  const hash = hashOf(FOLLOW);
  const named = { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } };
  const post = (followed: Followed, body: object) =>
    fetch(`${followed.gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const codeOf = async (response: Response) =>
    ((await response.json()) as { readonly errors: readonly { readonly extensions: { code: string } }[] }).errors[0]
      ?.extensions.code;

  test('once it was sent with its hash, by POST and by GET', async () => {
    const followed = await Followed.open();
    expect(await codeOf(await post(followed, named))).toBe('PERSISTED_QUERY_NOT_FOUND');
    const search = new URLSearchParams({ extensions: JSON.stringify(named.extensions) });
    const answers = [
      await post(followed, { ...named, query: FOLLOW }),
      await post(followed, { documentId: `sha256:${hash}` }),
      await fetch(`${followed.gateway.url}/graphql/stream?${search}`, { headers: { accept: 'text/event-stream' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const answer of answers) await answer.body?.cancel();
  });

  test('and must be trusted where the tenant has a list', async () => {
    const trustedDocuments = parseTrustedDocuments({ follow: FOLLOW });
    const followed = await Followed.open({ settings: { trustedDocuments } });
    const other = FOLLOW.replace('kind', '');
    for (const body of [{ query: other }, { documentId: 'other' }]) {
      expect(await codeOf(await post(followed, body)), JSON.stringify(body)).toBe('DOCUMENT_NOT_TRUSTED');
    }
    const search = new URLSearchParams({ query: other });
    const got = await fetch(`${followed.gateway.url}/graphql/stream?${search}`, { headers: { accept: '*/*' } });
    expect(await codeOf(got)).toBe('DOCUMENT_NOT_TRUSTED');
    for (const body of [{ query: FOLLOW }, { documentId: 'follow' }]) {
      const { status, body: events } = await post(followed, body);
      expect(status).toBe(200);
      await events?.cancel();
    }
  });
});

describe('open subscriptions are counted', () => {
  test.each([
    ['subscriptionsPerCredential', 'the credential "tests" has 2 open subscriptions'],
    ['subscriptions', 'the tenant has 2 open subscriptions'],
  ])('past %s one more is refused, until one of them ends', async (limit, message) => {
    const followed = await Followed.open({ limits: { [limit]: 2 } });
    const [first] = [await followed.subscribe(), await followed.subscribe()];
    const { response } = await followed.subscribe();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '5']);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: expect.stringContaining(message),
          extensions: { code: 'RATE_LIMITED', limit: 2, actual: 3, retryAfter: 5 },
        },
      ],
    });
    const elsewhere = await followed.subscribe({ headers: { 'x-tenant': 'other' } });
    expect(elsewhere.response.status).toBe(200);
    await first?.[Symbol.asyncDispose]();
    await expect.poll(async () => (await followed.subscribe()).response.status).toBe(200);
  });

  test('one that was refused takes no place', async () => {
    const followed = await Followed.open({ limits: { subscriptions: 1 } });
    for (let time = 0; time < 3; time += 1) {
      expect((await followed.subscribe({ query: 'subscription { nothing }' })).response.status).toBe(400);
    }
    const stream = await followed.subscribe();
    const id = await followed.person('ada');
    expect(changeOf((await stream.take(1))[0] ?? { event: '' }).id).toBe(id);
  });
});

function aliases(count: number): string {
  return Array.from({ length: count }, (_, at) => `a${at}: id`).join(' ');
}

function costly(): string {
  const members = 'members(first: 1000) { nodes { id ... on Group { members(first: 1000) { nodes { id } } } } }';
  return `subscription { resourceChanged { resource { ... on Group { ${members} } } } }`;
}
