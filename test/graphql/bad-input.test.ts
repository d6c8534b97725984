import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueryLimits } from '#graphql/limits/query-limits.ts';
import { fillCompany } from './company.ts';
import { type Answer, Gateway } from './gateway.ts';

/** What a client gets for input that nobody should send: the status and the code, `ok` where it is answered. */
function verdict({ status, errors }: Answer): readonly [status: number, code: unknown] {
  return [status, errors?.[0]?.extensions['code'] ?? 'ok'];
}

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');
const json = (query: string, variables: object = {}) => JSON.stringify({ query, variables });

const FILTERED = 'query ($where: UserWhere) { users(where: $where) { totalCount } }';
const PAGED = 'query ($first: Int) { users(first: $first) { totalCount } }';
const BY = 'query ($name: String!) { user(by: { userName: $name }) { userName } }';

const CASES: readonly (readonly [what: string, body: string, status: number, code: string])[] = [
  // Numbers
  ['a page of two thousand million', json(PAGED, { first: 2_000_000_000 }), 200, 'BAD_USER_INPUT'],
  ['a page that no Int holds', json(PAGED, { first: 1e300 }), 400, 'BAD_USER_INPUT'],
  ['a page past every number', `{"query":"${PAGED}","variables":{"first":1e999}}`, 400, 'BAD_USER_INPUT'],
  [
    'a page of a thousand digits',
    json(`{ users(first: ${'9'.repeat(1_000)}) { totalCount } }`),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a page of less than nothing', json('{ users(first: -1) { totalCount } }'), 200, 'BAD_USER_INPUT'],
  ['a page and a half', json(PAGED, { first: 1.5 }), 400, 'BAD_USER_INPUT'],
  ['a page named in words', json(PAGED, { first: 'ten' }), 400, 'BAD_USER_INPUT'],
  [
    'a date of a million digits',
    json(FILTERED, { where: { meta: { created: { gt: '9'.repeat(50_000) } } } }),
    400,
    'BAD_USER_INPUT',
  ],
  // Text
  [
    'half of a surrogate pair in a variable',
    `{"query":${JSON.stringify(BY)},"variables":{"name":"\\ud800"}}`,
    200,
    'ok',
  ],
  [
    'half of a surrogate pair in the query',
    '{"query":"{ user(by: { userName: \\"\\ud800\\" }) { id } }"}',
    400,
    'GRAPHQL_PARSE_FAILED',
  ],
  ['a null character in a variable', json(BY, { name: '\u0000' }), 200, 'ok'],
  ['a null character in the query', json('{ users { totalCount } }\u0000'), 400, 'GRAPHQL_PARSE_FAILED'],
  ['a byte order mark in the query', json('\ufeff{ users { totalCount } }'), 200, 'ok'],
  ['a string without end', json('{ user(by: { userName: "ada }) { id } }'), 400, 'GRAPHQL_PARSE_FAILED'],
  ['nothing but a comment', json(`# ${'x'.repeat(90_000)}`), 400, 'GRAPHQL_PARSE_FAILED'],
  ['ninety thousand spaces', json(`{ users { totalCount } }${' '.repeat(90_000)}`), 200, 'ok'],
  ['ten million spaces', `${' '.repeat(10_000_000)}${json('{ users { totalCount } }')}`, 413, 'TOO_LARGE'],
  // Keys
  ['a query twice', '{"query":"{ a }","query":"{ users { totalCount } }"}', 400, 'BAD_REQUEST'],
  ['a variable twice', `{"query":${JSON.stringify(PAGED)},"variables":{"first":1,"first":2}}`, 400, 'BAD_REQUEST'],
  [
    'a key twice, once in escapes',
    `{"query":${JSON.stringify(PAGED)},"variables":{"first":1,"\\u0066irst":2}}`,
    400,
    'BAD_REQUEST',
  ],
  ['__proto__ as a parameter', '{"query":"{ users { totalCount } }","__proto__":{"polluted":1}}', 200, 'ok'],
  [
    '__proto__ in variables',
    `{"query":${JSON.stringify(FILTERED)},"variables":{"where":{"__proto__":{"polluted":1}}}}`,
    400,
    'BAD_USER_INPUT',
  ],
  [
    '__proto__ in extensions',
    '{"query":"{ users { totalCount } }","extensions":{"__proto__":{"polluted":1}}}',
    200,
    'ok',
  ],
  [
    'constructor as a variable',
    json('query ($constructor: Int) { users(first: $constructor) { totalCount } }', {}),
    200,
    'ok',
  ],
  [
    '__proto__ as a variable',
    '{"query":"query ($__proto__: Int) { users(first: $__proto__) { totalCount } }","variables":{"__proto__":1}}',
    200,
    'ok',
  ],
  [
    'an operation called __proto__',
    '{"query":"query __proto__ { users { totalCount } }","operationName":"__proto__"}',
    200,
    'ok',
  ],
  [
    'an operation called constructor that there is not',
    '{"query":"query A { users { totalCount } }","operationName":"constructor"}',
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  // Variables
  [
    'a thousand variables in the query',
    json(`query (${times(1_000, (at) => `$v${at}: Int`)}) { users { totalCount } }`),
    400,
    'TOO_MANY_TOKENS',
  ],
  [
    'a thousand variables that nobody asked for',
    json('{ users { totalCount } }', Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`v${at}`, at]))),
    200,
    'ok',
  ],
  ['variables that nest', json(FILTERED, { where: nested(100) }), 400, 'INPUT_TOO_DEEP'],
  [
    'variables that nest in lists',
    json(FILTERED, { where: JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) as object }),
    400,
    'INPUT_TOO_DEEP',
  ],
  [
    'a literal that nests',
    json(`{ users(where: ${'{ not: '.repeat(200)}{}${' }'.repeat(200)}) { totalCount } }`),
    400,
    'INPUT_TOO_DEEP',
  ],
  [
    'ids without end',
    json('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(1_001).fill('x') }),
    200,
    'BAD_USER_INPUT',
  ],
  // Documents
  [
    'fragments in a circle of one',
    json('{ users { nodes { ...A } } } fragment A on User { ...A }'),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a fragment that nobody uses',
    json('{ users { totalCount } } fragment A on User { id }'),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a fragment that there is not', json('{ users { nodes { ...A } } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'aliases by way of fragments',
    json(`{ users { nodes { ${times(9, () => '...A0')} } } } ${aliasBomb(5, 5)}`),
    400,
    'QUERY_TOO_COSTLY',
  ],
  ['aliases at every level', json(`{ users { nodes { ...A0 } } } ${aliasBomb(9, 6)}`), 400, 'TOO_MANY_ALIASES'],
  [
    'a thousand conditions at one field',
    json(`{ users { totalCount ${'@skip(if: false) '.repeat(1_000)} } }`),
    400,
    'TOO_MANY_TOKENS',
  ],
  [
    'a hundred conditions at one field',
    json(`{ users { totalCount ${'@skip(if: false) '.repeat(100)} } }`),
    400,
    'TOO_MANY_DIRECTIVES',
  ],
  [
    'sixty conditions by way of inline fragments',
    json(`{ users { ${'... @include(if: true) { totalCount } '.repeat(60)} } }`),
    400,
    'TOO_MANY_DIRECTIVES',
  ],
  ['nothing but braces', json('{'.repeat(900)), 400, 'GRAPHQL_PARSE_FAILED'],
  ['more braces than a stack holds', json('{'.repeat(90_000)), 400, 'GRAPHQL_PARSE_FAILED'],
  ['a type system', json('type Query { a: Int }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'two operations and no name',
    json('query A { users { totalCount } } query B { users { totalCount } }'),
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  [
    'several operations in a list',
    `[${json('{ users { totalCount } }')},${json('{ users { totalCount } }')}]`,
    400,
    'BAD_REQUEST',
  ],
  ['fields that conflict', json('{ users { nodes { a: id a: userName } } }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'one field nine hundred times',
    json(`{ users { nodes { ${'id '.repeat(900)} } } }`),
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['one field fifty times', json(`{ users { nodes { ${'id '.repeat(50)} } } }`), 200, 'ok'],
];

function nested(depth: number): object {
  return depth === 0 ? {} : { not: nested(depth - 1) };
}

/** Fragments, each of which selects the next under so many aliases. */
function aliasBomb(levels: number, aliases: number): string {
  const level = (at: number) =>
    `fragment A${at} on User { ${times(aliases, (alias) => `a${alias}: manager { ...A${at + 1} }`)} }`;
  return `${times(levels, level)} fragment A${levels} on User { id }`;
}

describe('input that nobody should send', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open();
    await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test.each(CASES)('%s', async (_what, body, status, code) => {
    expect(verdict(await gateway.post(body))).toEqual([status, code]);
  });

  test('that graphql-js gives up at is refused in words that say what to do', async () => {
    const often = await gateway.ask(`{ users { nodes { ${'id '.repeat(900)} } } }`);
    expect(often.errors?.[0]?.message).toContain('name each field once');
    await using wide = await Gateway.open({ limits: { tokens: 20_000 } });
    const deep = await wide.ask(`{ nodes(ids: ${'['.repeat(9_000)}${']'.repeat(9_000)}) { id } }`);
    expect([verdict(deep), deep.errors?.[0]?.message]).toEqual([
      [400, 'GRAPHQL_PARSE_FAILED'],
      'the query nests deeper than can be read; ask in several queries',
    ]);
    for (const depth of [100, 1_000, 2_000, 3_000]) {
      const [status, code] = verdict(await wide.ask(`{ nodes(ids: ${'['.repeat(depth)}${']'.repeat(depth)}) { id } }`));
      expect(status, String(depth)).toBe(400);
      expect(['INPUT_TOO_DEEP', 'GRAPHQL_PARSE_FAILED']).toContain(code);
    }
    expect(wide.bugs).toEqual([]);
  });

  test('was no bug, and changed no object', () => {
    expect(gateway.bugs).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('an answer holds half of a surrogate pair as the escape that it is', async () => {
    const { data } = await gateway.ask('query ($t: String!) { users(where: { title: { eq: $t } }) { totalCount } }', {
      t: '\udfff',
    });
    expect(data).toEqual({ users: { totalCount: 0 } });
  });
});

/** So much that size alone refuses nothing. */
const WIDE: Partial<QueryLimits> = {
  bodyBytes: 10_000_000,
  tokens: 100_000,
  aliases: 10_000,
  directives: 10_000,
  rootFields: 1_000,
  cost: 100_000_000,
};

/** Documents of a size; eight times as much may take eight times as long, and not sixty-four. */
const GROWING: readonly (readonly [what: string, body: (size: number) => string])[] = [
  ['aliases', (size) => json(`{ users(first: 1) { ${times(size, (at) => `a${at}: totalCount`)} } }`)],
  [
    'directives',
    (size) => json(`{ users(first: 1) { ${times(size, (at) => `a${at}: totalCount @skip(if: true)`)} } }`),
  ],
  [
    'spreads of one fragment',
    (size) => json(`{ users(first: 1) { ${'...F '.repeat(size)} } } fragment F on UserConnection { totalCount }`),
  ],
  [
    'fragments in a row',
    (size) =>
      json(
        `{ users(first: 1) { ...F0 } } ${times(size, (at) => `fragment F${at} on UserConnection { ...F${at + 1} }`)} fragment F${size} on UserConnection { totalCount }`,
      ),
  ],
  ['variables', (size) => json(`query (${times(size, (at) => `$v${at}: Int`)}) { users(first: 1) { totalCount } }`)],
  [
    'variables that nobody asked for',
    (size) =>
      json(
        '{ users(first: 1) { totalCount } }',
        Object.fromEntries(Array.from({ length: size }, (_, at) => [`v${at}`, at])),
      ),
  ],
  [
    'values in a list',
    (size) =>
      json('query ($in: [String!]) { users(where: { userName: { in: $in } }) { totalCount } }', {
        in: Array.from({ length: size }, (_, at) => `u${at}`),
      }),
  ],
  ['what is no token', (size) => json(`{ users(first: 1) { totalCount } } ${'"'.repeat(size * 10)}`)],
  ['spaces and commas', (size) => json(`{ users(first: 1) { totalCount } } ${' ,'.repeat(size * 10)}`)],
  [
    'escapes in a key',
    (size) => `{"query":"{ users(first: 1) { totalCount } }","variables":{"${'\\\\'.repeat(size * 10)}":1}}`,
  ],
];

describe('what a document costs grows with it', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open({ limits: WIDE });
    await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  let salt = 0;

  /** Milliseconds; another comment each time, so that no document is remembered. */
  async function timed(body: string): Promise<number> {
    salt += 1;
    const start = performance.now();
    const { status } = await gateway.post(
      `${body.slice(0, -1)},"salt":${salt}}`.replace('{ users', `#${salt}\\n{ users`),
    );
    expect(status).toBeLessThan(500);
    return performance.now() - start;
  }

  test.each(GROWING)(
    '%s',
    async (_what, body) => {
      const small = body(250);
      const large = body(2_000);
      const best = async (text: string) => Math.min(...(await inTurn([1, 2, 3].map(() => () => timed(text)))));
      await best(small);
      // Repeated until one quiet attempt: other work on the machine only ever adds.
      for (let attempt = 0; attempt < 5; attempt += 1) {
        if ((await best(large)) < 30 * Math.max(await best(small), 0.5)) return;
      }
      expect.fail('eight times as much took more than thirty times as long');
    },
    60_000,
  );

  test('what is wrong in a list of thousands takes no longer than what is right', async () => {
    const body = (value: string | null) =>
      json('query ($ids: [ID!]!) { users(first: 1) { totalCount } nodes(ids: $ids) { id } }', {
        ids: Array.from({ length: 20_000 }, () => value),
      });
    await timed(body('ada'));
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if ((await timed(body(null))) < 10 * (await timed(body('ada')))) return;
    }
    expect.fail('a list that is wrong took more than ten times as long as one that is too long');
  });
});

async function inTurn(works: readonly (() => Promise<number>)[]): Promise<readonly number[]> {
  const results: number[] = [];
  for (const work of works) results.push(await work());
  return results;
}
