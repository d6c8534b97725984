import { buildSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { costOf } from '#graphql/limits/cost.ts';
import { depthOfValue } from '#graphql/limits/variables.ts';

const SCHEMA = buildSchema(`
  input Pair { user: ID! group: ID! }
  input Change { add: [ID!] sets: [Change!] }
  type Thing { id: ID! things(first: Int = 50): [Thing!] hasAny(ids: [ID!]!): Boolean chain(first: Int = 10): [Thing!]
    below(depth: Int = 3, first: Int = 20): Page older(last: Int): Page }
  type Page { nodes: [Thing!]! totalCount: Int }
  type Answer { asOf: Int }
  type Query { nodes(ids: [ID!]!): [Thing]! check(pairs: [Pair!]!): [Answer!]! all(where: Change, first: Int = 50): Page }
  type Mutation { change(input: Change!): Thing }
  type Subscription { changed(ids: [ID!]): Thing }
`);

/** What an operation costs over the schema above, by its text. */
function cost(text: string, variables: { readonly [name: string]: unknown } = {}): number {
  const { definitions } = parse(text);
  const operation = definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  const fragments = definitions.filter(
    (each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION,
  );
  if (operation === undefined) throw new Error('no operation');
  return costOf(SCHEMA, operation, fragments, variables);
}

describe('the cost of an operation', () => {
  test.each([
    ['{ all { nodes { id } } }', {}, 1 + 50 * 2],
    ['{ all(first: 3) { nodes { things(first: 4) { id } } totalCount } }', {}, 1 + 3 * (1 + (1 + 4) + 1)],
    ['query ($n: Int = 7) { all(first: $n) { totalCount } }', {}, 1 + 7],
    ['query ($n: Int = 7) { all(first: $n) { totalCount } }', { n: 9 }, 1 + 9],
    ['{ all(first: 1) { nodes { older(last: 30) { totalCount } chain(first: 6) { id } } } }', {}, 1 + 1 + 31 + 7],
    ['{ all(first: 1) { nodes { below(depth: 9, first: 5) { totalCount } } } }', {}, 1 + 1 + 1 + 5],
  ])('counts every page as full: %s', (text, variables, expected) => {
    expect(cost(text, variables)).toBe(expected);
  });

  test.each([
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', {}, 1 + 3 + 3],
    ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b'] }, 1 + 2 + 2],
    ['query ($ids: [ID!]! = ["a", "b"]) { nodes(ids: $ids) { id } }', {}, 1 + 2 + 2],
    ['query ($a: ID!) { nodes(ids: [$a, $a]) { id } }', { a: 'x' }, 1 + 2 + 2],
    ['query ($p: [Pair!]!) { check(pairs: $p) { asOf } }', { p: Array(500).fill({}) }, 1 + 500 + 500],
    ['{ all(first: 10) { nodes { hasAny(ids: ["a", "b", "c", "d"]) } } }', {}, 1 + 10 * (1 + 1 + 4)],
    ['mutation { change(input: { add: ["a", "b"], sets: [{ add: ["c"] }] }) { id } }', {}, 1 + 4 + 1],
    ['mutation ($in: Change!) { change(input: $in) { id } }', { in: { add: ['a', 'b'], sets: [{ add: ['c'] }] } }, 6],
    ['subscription { changed(ids: ["a", "b"]) { id } }', {}, 1 + 2 + 2],
  ])('counts the items of any list among the arguments, whatever its name: %s', (text, variables, expected) => {
    expect(cost(text, variables)).toBe(expected);
  });

  test('counts what a field returns in the type that has it, through fragments and conditions', () => {
    expect(
      cost(
        '{ all(first: 2) { ...P } } fragment P on Page { nodes { ...T ... on Thing { id } } } fragment T on Thing { chain { id } }',
      ),
    ).toBe(1 + 2 * (1 + 11 + 1));
  });

  test('bounds what the server itself bounds, so that no number makes it anything but a number', () => {
    expect(cost('query ($n: Int) { all(first: $n) { totalCount } }', { n: 1e300 })).toBe(1_001);
    expect(cost('{ all(first: -5) { totalCount } }')).toBe(2);
    expect(cost('{ all(first: 99999999999999999999) { totalCount } }')).toBe(1_001);
  });

  test('looks at each variable once, however often it is used', () => {
    const uses = Array.from({ length: 200 }, (_, at) => `a${at}: nodes(ids: $ids) { id }`).join(' ');
    const reads = { count: 0 };
    const ids = new Proxy(Array(1_000).fill('x'), {
      get(target, name, receiver) {
        if (name === 'map') reads.count += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    expect(cost(`query ($ids: [ID!]!) { ${uses} }`, { ids })).toBe(200 * 2_001);
    expect(reads.count).toBe(1);
  });
});

test('how deep a value nests is counted without recursion', () => {
  expect(depthOfValue({})).toBe(0);
  expect(depthOfValue({ a: [{ b: 1 }] })).toBe(3);
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
  expect(depthOfValue(deep)).toBe(49_999);
});
