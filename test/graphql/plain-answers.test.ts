import { execute, type OperationDefinitionNode, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphqlContext } from '#graphql/context.ts';
import { Budget } from '#graphql/limits/budget.ts';
import { answerPlainly } from '#graphql/project/answer.ts';
import { openSchema } from '#graphql/schema.ts';
import { fillCompany } from './company.ts';
import { presentCursor } from './feed.ts';
import { Gateway, SETTINGS } from './gateway.ts';

/** Queries over everything that the schema has, and whether they are answered without graphql-js. */
const QUERIES: readonly { readonly query: string; readonly plain: boolean }[] = [
  {
    plain: true,
    query:
      '{ users(first: 2) { nodes { id userName active emails { value typeValue } name { familyName } meta { version location } schemas } } }',
  },
  {
    plain: true,
    query:
      '{ users { edges { cursor node { manager { manager { id } userName } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }',
  },
  {
    plain: true,
    query: '{ __typename a: users(first: 1) { __typename nodes { __typename x: id y: id } } b: users { totalCount } }',
  },
  {
    plain: true,
    query:
      'query ($by: UserBy = { userName: "bob" }) { user(by: $by) { memberOf(transitive: true) { edges { direct via { displayName } node { id } } } } }',
  },
  {
    plain: true,
    query:
      '{ groups { nodes { members { nodes { __typename displayName ... on User { userName enterprise { department } } ... on Group { members { totalCount } } } } } } }',
  },
  {
    plain: true,
    query:
      '{ users { nodes { ...A ...B } } } fragment A on User { userName memberOf { nodes { id } } } fragment B on Resource { meta { created } ... on User { memberOf { nodes { displayName } } } }',
  },
  {
    plain: true,
    query: '{ users { nodes { userName @skip(if: true) id @include(if: true) title @include(if: false) } } }',
  },
  {
    plain: true,
    query:
      '{ users(where: { memberOf: { some: { displayName: { contains: "e" } }, transitive: true } }) { nodes { id } } }',
  },
  {
    plain: true,
    query:
      '{ users(last: 2, orderBy: [{ field: USER_NAME }]) { edges { cursor node { userName memberOf(where: { displayName: { contains: "e" } }, first: 1) { totalCount nodes { displayName } } } } pageInfo { hasPreviousPage startCursor } } }',
  },
  {
    plain: true,
    query:
      '{ groups { nodes { members(where: { user: { active: { eq: true } } }, transitive: true) { totalCount edges { via { id } node { id } } } } } }',
  },
  { plain: false, query: '{ groups { nodes { displayName members(last: 1) { totalCount } } } }' },
  {
    plain: true,
    query:
      '{ users { nodes { managerChain { userName } reports(depth: 2, first: 1) { totalCount edges { cursor distance node { id } } } isMemberOf(groups: ["a"]) { results { member group isMember } } } } }',
  },
  {
    plain: true,
    query:
      '{ groups { nodes { memberCount hasMember(id: "a") } } checkMembership(pairs: [{ member: "a", group: "b" }]) { results { isMember group } } }',
  },
  { plain: false, query: '{ users { nodes { reports(depth: 0) { totalCount } managerChain(first: -1) { id } } } }' },
  { plain: true, query: '{ nodes(ids: ["none"]) { id } user(by: { userName: "none" }) { id } }' },
  { plain: true, query: '{ users { nodes { toString: userName constructor: id hasOwnProperty: title } } }' },
  { plain: true, query: '{ changes { hasMore endCursor changes { id resource { id } affected { id } } } }' },
  { plain: true, query: '{ __proto__: __typename users { nodes { __proto__: userName } } }' },
  {
    plain: true,
    query:
      '{ users(consistency: PRIMARY) { nodes { etag created lastModified source { backend } memberOf { nodes { displayName source { __typename backend } } } } } }',
  },
  {
    plain: true,
    query:
      '{ viewer { __typename name tenant scopes user { userName memberOf { nodes { id } } } again: user { manager { id } } } }',
  },
  {
    plain: true,
    query:
      '{ search(text: "ad") { __typename attribute value node { __typename id ... on User { active manager { id } } ... on Member { displayName memberOf { nodes { id } } } } } }',
  },
  { plain: false, query: '{ search(text: "a") { value } }' },
  {
    plain: true,
    query:
      '{ schema { __typename schemas { id attributes { name type mutability canonicalValues subAttributes { name returned } } } resourceTypes { name schemaExtensions { schema required } operations } } }',
  },
  {
    plain: true,
    query:
      '{ users { nodes { a: extension(urn: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User") manager { extension(urn: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user") } } } }',
  },
  { plain: false, query: '{ users { nodes { extension(urn: "urn:nothing") } } }' },
  {
    plain: true,
    query:
      '{ _service { __typename sdl } _entities(representations: [{ __typename: "User", userName: "ada" }, { __typename: "Group", id: "none" }]) { __typename ... on User { memberOf { nodes { id } } } } }',
  },
  { plain: false, query: '{ _entities(representations: [{ __typename: "User" }]) { __typename } }' },
  { plain: true, query: 'query ($no: Boolean = false) { users { nodes { userName id @include(if: $no) } } }' },
  { plain: false, query: '{ __schema { queryType { name } } users { totalCount } }' },
  { plain: false, query: '{ users { nodes { memberOf(first: -1) { nodes { id } } userName } } }' },
  { plain: false, query: '{ users(after: "forged") { nodes { id } } groups { totalCount } }' },
];

describe('an answer without graphql-js', () => {
  let gateway: Gateway;
  let since: string;

  beforeAll(async () => {
    gateway = await Gateway.open({ user: 'bob' });
    since = await presentCursor(gateway);
    await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const contextOf = (): GraphqlContext => {
    const session = gateway.session();
    const { call, principal } = session;
    const outcome = { operation: 'query' };
    return {
      call,
      principal,
      session,
      outcome,
      baseUrl: 'https://id.example.com',
      settings: SETTINGS,
      budget: new Budget(SETTINGS.limits),
      roots: new Map(),
      thrown: [],
    };
  };

  for (const { query, plain } of QUERIES) {
    test(`${plain ? 'equals' : 'is left to'} that of graphql-js: ${query}`, async () => {
      const schema = openSchema(gateway.session().registry);
      const document = parse(query);
      expect(validate(schema, document)).toEqual([]);
      const [operation] = document.definitions;
      if (operation?.kind !== 'OperationDefinition') throw new Error('the operation comes first');
      const expected = await execute({ schema, document, contextValue: contextOf() });
      const context = contextOf();
      const data = await answerPlainly({ schema, document, operation, variables: {}, context });
      expect(data !== undefined).toBe(plain);
      const answered = data === undefined ? await execute({ schema, document, contextValue: context }) : { data };
      expect(JSON.stringify(answered)).toBe(JSON.stringify(expected));
    });
  }

  test('equals that of graphql-js: a page of changes with everything that a change has', async () => {
    const query = `{ changes(since: "${since}") { hasMore endCursor changes {
      cursor kind id type at version actor requestId members { added { id type } removed { id type } many } affected { id type }
      again: resource { __typename id } resource { meta { version } ... on User { userName memberOf { nodes { id } } } ... on Group { displayName } }
    } } }`;
    const schema = openSchema(gateway.session().registry);
    const document = parse(query);
    const [operation] = document.definitions as [OperationDefinitionNode];
    const expected = await execute({ schema, document, contextValue: contextOf() });
    const data = await answerPlainly({ schema, document, operation, variables: {}, context: contextOf() });
    expect(JSON.stringify({ data })).toBe(JSON.stringify(expected));
    expect(JSON.stringify(data)).toContain('"affected":[{');
  });

  test('of one document up to 16 variants are planned, and the rest is left to graphql-js', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const declared = names.map((name) => `$${name}: Boolean!`).join(' ');
    const fields = names.map((name) => `${name}: __typename @include(if: $${name})`).join(' ');
    const document = parse(`query (${declared}) { users(first: 1) { nodes { id ${fields} } } }`);
    const [operation] = document.definitions as [OperationDefinitionNode];
    const schema = openSchema(gateway.session().registry);
    const answers: (readonly string[] | undefined)[] = [];
    for (let combination = 0; combination < 32; combination += 1) {
      const variables = Object.fromEntries(names.map((name, bit) => [name, (combination >> bit) % 2 === 1]));
      const data = await answerPlainly({ schema, document, operation, variables, context: contextOf() });
      const { nodes } = (data?.['users'] ?? {}) as { readonly nodes?: readonly object[] };
      answers.push(nodes && Object.keys(nodes[0] ?? {}));
      if (nodes) expect(answers.at(-1)).toEqual(['id', ...names.filter((name) => variables[name])]);
    }
    expect(answers.map((answer) => answer !== undefined)).toEqual([...Array(16).fill(true), ...Array(16).fill(false)]);
  });

  test('what graphql-js has to finish is not loaded again', async () => {
    gateway.calls.length = 0;
    const query = '{ users { nodes { userName memberOf(first: -1) { totalCount } } } groups { nodes { id } } }';
    const { data, errors } = await gateway.ask(query);
    expect(errors).toHaveLength(3);
    expect(data).toMatchObject({ users: { nodes: expect.arrayContaining([{ userName: 'ada', memberOf: null }]) } });
    expect(gateway.calls).toEqual(['find', 'find']);
  });
});
