import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { generateOperation, type Operation } from '#test/graphql/operations/generate-operation.ts';
import type { Pools } from '#test/graphql/operations/generate-value.ts';
import { hostile } from '../mutate.ts';

/** Bodies of requests to `/graphql`. */
export type Bodies = fc.Arbitrary<string>;

// biome-ignore format: a table reads by column
const PIECES = [
  '{', '}', '(', ')', '[', ']', ':', '!', '|', '&', '$', '@', '...', '"', '"""', '\\', '#', ',', ' ', '\n', '\ufeff', '\ud800', '\u0000',
  'query', 'mutation', 'subscription', 'fragment F on User', 'on', 'schema', 'extend', '... on Group', '...F', '@skip(if: true)', '@include(if: $v1)',
  '@deprecated', '__proto__', '__schema { types { name } }', '__type(name: "User") { name }', '__typename', '_entities', 'users', 'nodes', 'id',
  'manager {', 'memberOf {', 'members {', 'reports(depth: 99)', 'first: 1000', 'first: -1', 'first: 1e9', 'after: "x"', 'transitive: true', 'where: {', 'not: {',
  'null', 'true', '1e400', '99999999999999999999', '"\\u{110000}"', '$v1: [[Int!]!]! = [[1]]', '{ a { a { a { a { a', '} } } } }',
];

const seeds = fc.noShrink(fc.noBias(fc.nat({ max: 2 ** 31 - 1 })));
/** One request in so many changes something: what it makes stays, and would look like a heap that grows. */
const READS_PER_MUTATION = 99;

function operations(schema: GraphQLSchema, pools: Pools): fc.Arbitrary<Operation> {
  const root = fc.oneof(
    { weight: READS_PER_MUTATION, arbitrary: fc.constant('query' as const) },
    { weight: 1, arbitrary: fc.constant('mutation' as const) },
  );
  return fc
    .record({ seed: seeds, size: fc.integer({ min: 1, max: 30 }), root })
    .map((parts) => generateOperation({ schema, pools, ...parts }));
}

/** What a client could send. */
export function validBodies(schema: GraphQLSchema, pools: Pools): Bodies {
  return operations(schema, pools).map((operation) => JSON.stringify(operation));
}

/** What no client would send: a document, its variables or the body itself spoilt. */
export function mutatedBodies(schema: GraphQLSchema, pools: Pools): Bodies {
  const valid = operations(schema, pools);
  const documents = fc
    .tuple(
      hostile(
        valid.map(({ query }) => query),
        PIECES,
      ),
      valid,
    )
    .map(([query, { variables }]) => JSON.stringify({ query, variables }));
  const variables = fc
    .tuple(valid, values)
    .map(([{ query, variables: given }, spoilt]) =>
      JSON.stringify({ query, variables: Object.fromEntries(Object.keys(given).map((name) => [name, spoilt])) }),
    );
  const frames = fc.record(
    {
      query: fc.oneof(
        valid.map(({ query }) => query),
        values,
      ),
      variables: values,
      operationName: values,
      extensions: values,
    },
    { requiredKeys: ['query'] },
  );
  const bodies = hostile(
    valid.map((operation) => JSON.stringify(operation)),
    PIECES,
  );
  return fc.oneof(
    { weight: 7, arbitrary: documents },
    { weight: 2, arbitrary: variables },
    { weight: 1, arbitrary: frames.map((frame) => JSON.stringify(frame)) },
    { weight: 1, arbitrary: bodies },
  );
}

/** Values that fit nothing in particular, some of them deep. */
const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer({ min: 1, max: 3_000 }).map((depth) => JSON.parse(`${'{"not":'.repeat(depth)}null${'}'.repeat(depth)}`)),
  fc.constantFrom<unknown>(null, '', 1e308, -0, '\ud800', [], {}, { persistedQuery: { version: 1, sha256Hash: 'x' } }),
);
