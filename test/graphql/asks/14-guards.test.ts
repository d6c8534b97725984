import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PorticoProcess, startPortico } from '#test/support/portico-process.ts';
import type { Answer } from '../gateway.ts';

const TRUSTED = 'query Trusted { users { totalCount } }';
const SLOW = fileURLToPath(new URL('../../support/endless-adapter.ts', import.meta.url));
const SECRET = 'a value that no log may hold';

const tokenOf = (name: string, tenant: string, scopes: readonly string[]) => ({
  name,
  tenant,
  scopes,
  sha256: hash('sha256', name),
});

/** Limits small enough to be passed by small queries, and a tenant with a list of trusted documents. */
const configuration = (trustedDocuments: string) =>
  JSON.stringify({
    server: { port: 0, drainSeconds: 0 },
    backends: { fast: { adapter: 'memory' }, slow: { adapter: SLOW } },
    tenants: {
      acme: { backend: 'fast', graphql: { limits: { edges: 2, responseSize: '2kb' } } },
      listed: { backend: 'fast', graphql: { trustedDocuments } },
      slow: { backend: 'slow', graphql: { limits: { deadlineSeconds: 0.3 } } },
    },
    auth: {
      tokens: [
        tokenOf('app', 'acme', ['graphql:read', 'scim:write']),
        tokenOf('admin', 'acme', ['graphql:read', 'admin']),
        tokenOf('slow-app', 'slow', ['graphql:read']),
        tokenOf('listed-app', 'listed', ['graphql:read']),
        tokenOf('listed-admin', 'listed', ['graphql:read', 'admin']),
      ],
    },
    graphql: {
      introspection: 'admin',
      limits: { depth: 6, aliases: 3, directives: 4, directivesPerField: 2, cost: 5_000, tokens: 200 },
    },
  });

describe('ask 14: every operation is bounded, may have to be a listed one, and is counted by its name; the schema is for whom it is meant', () => {
  let portico: PorticoProcess;
  const folder = mkdtempSync(join(tmpdir(), 'portico-documents-'));

  beforeAll(async () => {
    const file = join(folder, 'documents.json');
    writeFileSync(file, JSON.stringify({ trusted: TRUSTED, outdated: 'query Outdated { users { nodes { gone } } }' }));
    portico = await startPortico(configuration(file));
    for (const userName of ['ada', 'bob', 'cyd']) {
      const response = await fetch(`${portico.url}/scim/v2/Users`, {
        method: 'POST',
        headers: { authorization: 'Bearer app', 'content-type': 'application/scim+json' },
        body: JSON.stringify({ userName, title: 'x'.repeat(1_500) }),
      });
      expect(response.status).toBe(201);
    }
  });
  afterAll(async () => {
    await portico.stop();
    rmSync(folder, { recursive: true });
  });

  const post = async (token: string, body: object): Promise<Answer> => {
    const response = await fetch(`${portico.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  const codesOf = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions['code']);

  test.each([
    ['TOO_DEEP', 400, 6, 7, `{ users { nodes ${'{ manager '.repeat(4)} { id } ${'}'.repeat(4)} } }`],
    ['TOO_MANY_ALIASES', 400, 3, 4, '{ users { a: totalCount b: totalCount c: totalCount d: totalCount } }'],
    [
      'TOO_MANY_ROOT_FIELDS',
      400,
      20,
      21,
      `{ ${'...F '} } fragment F on Query { __typename ${'users { totalCount } '.repeat(20)} }`,
    ],
    ['TOO_MANY_DIRECTIVES', 400, 4, 5, `{ users { ${'... @skip(if: false) { totalCount } '.repeat(5)} } }`],
    ['TOO_MANY_DIRECTIVES', 400, 2, 3, '{ users { totalCount @a @b @c } }'],
    ['TOO_MANY_TOKENS', 400, 200, 208, `{ users { nodes { ${'id '.repeat(200)} } } }`],
    [
      'QUERY_TOO_COSTLY',
      400,
      5_000,
      10_101,
      '{ users(first: 50) { nodes { directReports(first: 100) { nodes { id } } } } }',
    ],
    ['TOO_MANY_EDGES', 200, 2, 3, '{ users(first: 3) { nodes { userName } } }'],
    ['RESPONSE_TOO_LARGE', 200, 2_048, expect.any(Number), '{ users(first: 2) { nodes { title } } }'],
  ])('%s has status %i and tells both figures', async (code, status, limit, actual, query) => {
    const answer = await post('app', { query });
    expect(answer.status).toBe(status);
    expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([{ code, limit, actual }]);
    expect(answer.errors?.[0]?.message).toContain(String(limit));
  });

  test('an operation ends at the deadline of its tenant, and the backend is told to stop', async () => {
    const { status, data, errors } = await post('slow-app', {
      query: '{ users { totalCount } groups { totalCount } }',
    });
    expect([status, data]).toEqual([200, { users: null, groups: { totalCount: 0 } }]);
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['users'], { code: 'TIMEOUT', limit: 0.3, actual: expect.any(Number) }],
    ]);
    await expect.poll(() => portico.output()).toContain('find in slow was told to stop');
  });

  test('the schema is for credentials with the scope that is named, in whichever form', async () => {
    for (const query of [
      '{ __schema { queryType { name } } }',
      '{ __type(name: "User") { name } }',
      '{ _service { sdl } }',
    ]) {
      expect(codesOf(await post('app', { query }))).toEqual(['INTROSPECTION_DISABLED']);
      // The SDL is larger than an answer of this tenant may be.
      expect(codesOf(await post('admin', { query }))).not.toContain('INTROSPECTION_DISABLED');
    }
    const sdl = (token: string) =>
      fetch(`${portico.url}/graphql/schema.graphql`, { headers: { authorization: `Bearer ${token}` } });
    expect([(await sdl('app')).status, (await sdl('admin')).status]).toEqual([403, 200]);
  });

  test('what of a list does not fit the schema is told at the start, before anybody asks', async () => {
    const told = 'trusted documents do not fit the GraphQL schema';
    await expect.poll(() => portico.output(), { timeout: 20_000 }).toContain(told);
    expect(portico.output()).toMatch(/"tenant":"listed".*outdated/);
    expect(portico.output()).not.toMatch(/"tenant":"listed","actor"/);
  });

  test('where documents are listed these alone are carried out, for every credential', async () => {
    const answered = { status: 200, data: { users: { totalCount: 0 } } };
    expect(await post('listed-app', { query: TRUSTED })).toEqual(answered);
    expect(await post('listed-app', { documentId: 'trusted' })).toEqual(answered);
    for (const token of ['listed-app', 'listed-admin']) {
      expect(codesOf(await post(token, { query: '{ users { totalCount } }' }))).toEqual(['DOCUMENT_NOT_TRUSTED']);
    }
    expect(codesOf(await post('listed-app', { documentId: 'outdated' }))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  test('operations are counted and logged by name, and no variable is in the log', async () => {
    const query = 'query Named($text: String!) { users(where: { title: { eq: $text } }) { totalCount } }';
    await post('app', { query, variables: { text: SECRET } });
    await post('app', { query, variables: { text: SECRET } });
    await post('app', { query: 'query Named { nobody }' });
    await post('app', { query: '{ users { totalCount } }' });
    await post('app', { query: `query ${'Long'.repeat(100)} { users { totalCount } }` });
    await post('app', { query: 'query Partly { users(first: 3) { nodes { id } } }' });
    await post('app', {
      query: 'query Dear { users(first: 50) { nodes { directReports(first: 100) { nodes { id } } } } }',
    });
    const metrics = await fetch(`${portico.url}/metrics`, { headers: { authorization: 'Bearer admin' } });
    const text = await metrics.text();
    const total = (labels: string) =>
      text.split('\n').find((line) => line.startsWith(`portico_graphql_operations_total{${labels}}`));
    expect(total('operation="query",name="Named",outcome="ok"')).toMatch(/ 2$/);
    expect(total('operation="query",name="Partly",outcome="partial"')).toMatch(/ 1$/);
    expect(total('operation="query",name="Dear",outcome="refused"')).toMatch(/ 1$/);
    expect(total('operation="query",name="other",outcome="ok"')).toMatch(/ 1$/);
    expect(total('operation="query",name="Trusted",outcome="ok"')).toMatch(/ 2$/);
    expect(total('operation="query",name="anonymous",outcome="ok"')).toBeDefined();
    expect(text).toMatch(/^portico_graphql_operation_seconds_count\{operation="query",name="Named"\} 2$/m);
    expect(text).not.toContain('LongLong');
    await expect.poll(() => portico.output(), { timeout: 10_000 }).toContain('"operation":"query","name":"Dear"');
    expect(portico.output()).toContain('"operation":"query","name":"Named"');
    expect(portico.output()).not.toContain(SECRET);
  });
});
