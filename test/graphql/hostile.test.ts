import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillCompany } from './company.ts';
import { type Answer, Gateway } from './gateway.ts';

/** What a refusal must never hold: traces, paths, the names of our modules. */
const INTERNALS = /node_modules|\.ts\b|\.js\b|at Object|stack/;

function expectRefusal(answer: Answer, code: string, status = 400): void {
  expect(answer.errors?.[0]?.extensions, JSON.stringify(answer)).toEqual({ code });
  expectNothingElse(answer, status);
}

/** A limit tells what it is and how far past it the query is, in words as well. */
function expectExcess(
  answer: Answer,
  code: string,
  limit: number,
  actual: unknown = expect.any(Number),
  status = 400,
): void {
  const [error] = answer.errors ?? [];
  expect(error?.extensions, JSON.stringify(answer)).toEqual({ code, limit, actual });
  expect(answer.errors).toHaveLength(1);
  expect(error?.message).toContain(String(limit));
  expect(error?.message).toContain(String(error?.extensions['actual']));
  expectNothingElse(answer, status);
}

function expectNothingElse(answer: Answer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.data ?? null).toBeNull();
  expect(JSON.stringify(answer.errors)).not.toMatch(INTERNALS);
}

describe('hostile input', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open();
    await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const nested = (depth: number) => {
    const open = Array.from({ length: depth }, () => 'manager {').join(' ');
    return `{ user(by: { userName: "bob" }) { ${open} id ${'}'.repeat(depth)} } }`;
  };

  test('queries are as deep as the limit says and no deeper, through fragments as well', async () => {
    expect((await gateway.ask(nested(13))).errors).toBeUndefined();
    expectExcess(await gateway.ask(nested(14)), 'TOO_DEEP', 15, 16);
    const chain = Array.from(
      { length: 8 },
      (_, at) => `fragment F${at} on User { manager { manager { ...F${at + 1} } } }`,
    );
    const query = `{ users { nodes { ...F0 } } } ${chain.join(' ')} fragment F8 on User { id }`;
    expectExcess(await gateway.ask(query), 'TOO_DEEP', 15, 19);
  });

  test('fragments in a circle are refused', async () => {
    const query =
      '{ users { nodes { ...A } } } fragment A on User { manager { ...B } } fragment B on User { manager { ...A } }';
    expectRefusal(await gateway.ask(query), 'GRAPHQL_VALIDATION_FAILED');
  });

  test('aliases, fields of Query and tokens are counted', async () => {
    const aliases = (count: number) =>
      `{ user(by: { userName: "ada" }) { ${Array.from({ length: count }, (_, at) => `a${at}: id`).join(' ')} } }`;
    expect((await gateway.ask(aliases(50))).errors).toBeUndefined();
    expectExcess(await gateway.ask(aliases(51)), 'TOO_MANY_ALIASES', 50, 51);
    const roots = Array.from({ length: 21 }, (_, at) => `r${at}: users(first: 1) { totalCount }`).join(' ');
    expectExcess(await gateway.ask(`{ ...R } fragment R on Query { ${roots} }`), 'TOO_MANY_ROOT_FIELDS', 20, 21);
    expectExcess(await gateway.ask(`{ users { nodes { ${'id '.repeat(1_000)} } } }`), 'TOO_MANY_TOKENS', 1_000, 1_008);
  });

  test('directives are counted, in the document and at one field', async () => {
    const within = (count: number) =>
      Array.from({ length: count }, (_, at) => `f${at % 50}: id @skip(if: false)`).join(' ');
    expect((await gateway.ask(`{ users { nodes { ${within(50)} } } }`)).errors).toBeUndefined();
    const many = '... @skip(if: false) { id } '.repeat(51);
    expectExcess(await gateway.ask(`{ users { nodes { ${many} } } }`), 'TOO_MANY_DIRECTIVES', 50, 51);
    const bomb = '@skip(if: true) '.repeat(6);
    expectExcess(await gateway.ask(`{ users { nodes { id ${bomb} } } }`), 'TOO_MANY_DIRECTIVES', 5, 6);
    const unknown = '@a '.repeat(45);
    expectExcess(await gateway.ask(`{ users { nodes { id ${unknown} } } }`), 'TOO_MANY_DIRECTIVES', 5, 45);
  });

  test('what lists of lists could answer is counted before anything is read', async () => {
    gateway.calls.length = 0;
    const query = (first: string) =>
      `query ($n: Int = 1000) { groups(first: $n) { nodes { members(first: ${first}) { nodes { memberOf(first: ${first}) { nodes { id } } } } } } }`;
    expectExcess(await gateway.ask(query('$n')), 'QUERY_TOO_COSTLY', 250_000);
    expectExcess(await gateway.ask(query('1000'), { n: 10 }), 'QUERY_TOO_COSTLY', 250_000);
    const inFragments = `{ groups(first: 1000) { nodes { ...A } } } fragment A on Group { members(first: 1000) { nodes { ...B } } } fragment B on Member { id displayName }`;
    expectExcess(await gateway.ask(inFragments), 'QUERY_TOO_COSTLY', 250_000);
    expect(gateway.calls).toEqual([]);
    expect((await gateway.ask(query('$n'), { n: 10 })).errors).toBeUndefined();
  });

  test('fragments that double with each level are measured without being walked', async () => {
    const level = (at: number) =>
      `fragment F${at} on User { a: manager { ...F${at + 1} } b: manager { ...F${at + 1} } }`;
    const query = `{ users(first: 1000) { nodes { ...F0 } } } ${Array.from({ length: 11 }, (_, at) => level(at)).join(' ')} fragment F11 on User { id }`;
    const started = performance.now();
    expectExcess(await gateway.ask(query), 'QUERY_TOO_COSTLY', 250_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('__proto__ and its kin are names like any other', async () => {
    const asked = await gateway.ask(
      '{ users(first: 1) { nodes { __proto__: id constructor: userName toString: title } } }',
    );
    expect(asked.errors).toBeUndefined();
    const text =
      '{"query":"query ($where: UserWhere) { users(where: $where) { nodes { id } } }","variables":{"where":{"__proto__":{"polluted":true}}}}';
    expectRefusal(await gateway.post(text), 'BAD_USER_INPUT');
    const variables = await gateway.post(
      '{"query":"{ users { totalCount } }","variables":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
    );
    expect(variables.data).toEqual({ users: { totalCount: 3 } });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('variables nest within bounds, whatever the server could stand', async () => {
    const depth = 12_000;
    const where = `${'{"not":'.repeat(depth)}{}${'}'.repeat(depth)}`;
    const body = `{"query":"query ($where: UserWhere) { users(where: $where) { nodes { id } } }","variables":{"where":${where}}}`;
    expectExcess(await gateway.post(body), 'INPUT_TOO_DEEP', 64, 12_001);
  });

  test('values of the wrong type are refused, each with its own reason', async () => {
    for (const where of [
      { userName: 'ada' },
      { userName: { eq: 1 } },
      { meta: { created: { gt: 'yesterday' } } },
      { nobody: {} },
    ]) {
      const query = 'query ($where: UserWhere) { users(where: $where) { nodes { id } } }';
      expectRefusal(await gateway.ask(query, { where }), 'BAD_USER_INPUT');
    }
    for (const by of [{}, { id: 'x', userName: 'y' }, { userName: null }]) {
      expectRefusal(await gateway.ask('query ($by: UserBy!) { user(by: $by) { id } }', { by }), 'BAD_USER_INPUT');
    }
  });

  test.each([
    'query ($no: Boolean = false) { users @skip(if: $no) { nodes { id } } }',
    'query ($no: Boolean = false) { users { nodes { id @include(if: $no) } } }',
    'query ($no: Boolean = false) { users { nodes { memberOf { nodes { id @include(if: $no) } } } } }',
    'query ($no: Boolean = false) { ...F } fragment F on Query { users { totalCount @skip(if: $no) } }',
    'mutation ($no: Boolean = false) { deleteUser(input: { id: "nobody" }) { id @skip(if: $no) } }',
  ])('a condition that is sent as null is a fault of the client, found before anything is done: %s', async (query) => {
    gateway.calls.length = 0;
    const answer = await gateway.ask(query, { no: null });
    expectRefusal(answer, 'BAD_USER_INPUT');
    expect(answer.errors?.[0]?.message).toMatch(/^@(skip|include): \$no is null; give true or false, or leave it out$/);
    expect(gateway.calls).toEqual([]);
  });

  test.each([
    'subscription ($yes: Boolean!) { resourceChanged @include(if: $yes) { id } }',
    'query Q { users { totalCount } } subscription S($no: Boolean!) { ...F @skip(if: $no) } fragment F on Subscription { resourceChanged { id } }',
  ])('a document that graphql-js throws at is a fault of the client: %s', async (query) => {
    expectRefusal(await gateway.ask(query, { yes: true, no: false }), 'BAD_USER_INPUT');
    const preflight = { 'apollo-require-preflight': 'true' };
    const response = await fetch(`${gateway.url}/graphql?${new URLSearchParams({ query })}`, { headers: preflight });
    expect([response.status, await response.json()]).toEqual([
      400,
      { errors: [{ message: expect.stringContaining('"if"'), extensions: { code: 'BAD_USER_INPUT' } }] },
    ]);
    expect(gateway.bugs).toEqual([]);
  });

  test('a variable that is null and no condition is none of that', async () => {
    const query =
      'query ($no: Boolean = false, $first: Int = 1) { users(first: $first) { totalCount @skip(if: $no) } }';
    expect((await gateway.ask(query, { first: null })).data).toEqual({ users: { totalCount: 3 } });
  });

  test('a body that is no query is refused with the reason', async () => {
    expectRefusal(await gateway.post('{"query":'), 'BAD_REQUEST');
    expectRefusal(await gateway.post('{}'), 'BAD_REQUEST');
    expectRefusal(await gateway.post('[{"query":"{ users { totalCount } }"}]'), 'BAD_REQUEST');
    expectRefusal(await gateway.post('{"query":"{"}'), 'GRAPHQL_PARSE_FAILED');
    const long = JSON.stringify({ query: `{ users { totalCount } } #${'x'.repeat(102_400)}` });
    expectExcess(await gateway.post(long), 'TOO_LARGE', 102_400, long.length, 413);
    expectRefusal(
      await gateway.post('{"query":"query A { users { totalCount } }","operationName":"B"}'),
      'OPERATION_RESOLUTION_FAILURE',
    );
  });

  test('a request that a foreign page could make without asking is refused', async () => {
    expectRefusal(
      await gateway.post('{"query":"{ users { totalCount } }"}', { 'content-type': 'text/plain' }),
      'UNSUPPORTED_MEDIA_TYPE',
      415,
    );
    const response = await fetch(`${gateway.url}/graphql?query=%7Busers%7BtotalCount%7D%7D`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: expect.stringMatching(/^send a GET with .* "apollo-require-preflight: true"/),
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    });
  });

  test('a GET with a header that no foreign page can set reads', async () => {
    const headers = { 'apollo-require-preflight': 'yes' };
    const response = await fetch(`${gateway.url}/graphql?query=%7Busers%7BtotalCount%7D%7D`, { headers });
    expect(await response.json()).toEqual({ data: { users: { totalCount: 3 } } });
  });

  test('nothing of all this was a bug', () => {
    expect(gateway.bugs).toEqual([]);
  });
});

describe('introspection', () => {
  const asks = [
    '{ __schema { queryType { name } } }',
    '{ ...S } fragment S on Query { __type(name: "User") { name } }',
  ];

  test('is for callers that the configuration allows, whoever asked the same before', async () => {
    await using open = await Gateway.open({ settings: { introspection: true } });
    for (const query of asks) expect((await open.ask(query)).errors).toBeUndefined();
    await using closed = await Gateway.open({ settings: { introspection: false } });
    for (const query of asks) expectRefusal(await closed.ask(query), 'INTROSPECTION_DISABLED');
    expect((await closed.ask('{ __typename users { __typename } }')).errors).toBeUndefined();
    await using scoped = await Gateway.open({ settings: { introspection: 'graphql:read' } });
    for (const query of asks) expect((await scoped.ask(query)).errors).toBeUndefined();
    await using forAdmins = await Gateway.open({ settings: { introspection: 'admin' } });
    for (const query of asks) expectRefusal(await forAdmins.ask(query), 'INTROSPECTION_DISABLED');
  });

  test('cannot be made to explode', async () => {
    await using gateway = await Gateway.open();
    const query =
      '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }';
    expectRefusal(await gateway.ask(query), 'GRAPHQL_VALIDATION_FAILED');
  });
});
