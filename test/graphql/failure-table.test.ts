import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRegistry } from '#core/schema/registry.ts';
import { openSchema } from '#graphql/schema.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { type Company, fillCompany } from './company.ts';
import { type Answer, Gateway } from './gateway.ts';
import { withNulls } from './with-nulls.ts';

/** A query for each field that needs a backend, by type and field; ids stand for the company's people and groups. */
const QUERIES: ReadonlyMap<string, string> = new Map([
  ['Query.node', '{ node(id: "ada") { id } }'],
  ['Query.nodes', '{ nodes(ids: ["ada", "platform"]) { id } }'],
  ['Query.user', '{ user(by: { userName: "ada" }) { id } }'],
  ['Query.users', '{ users { totalCount nodes { userName } pageInfo { endCursor } } }'],
  ['Query.group', '{ group(by: { id: "platform" }) { id } }'],
  ['Query.groups', '{ groups(where: { members: { present: true } }) { nodes { displayName } } }'],
  ['Query.search', '{ search(text: "ada") { node { id } } }'],
  ['Query.viewer', '{ viewer { name } }'],
  [
    'Query.checkMembership',
    '{ checkMembership(pairs: [{ member: "ada", group: "engineering" }]) { results { isMember } } }',
  ],
  ['Query.changes', '{ changes { hasMore } }'],
  [
    'Query._entities',
    '{ _entities(representations: [{ __typename: "User", id: "ada" }]) { ... on User { userName } } }',
  ],
  ['Viewer.user', '{ viewer { name user { userName } } }'],
  ['SearchHit.node', '{ search(text: "bob") { value node { ... on User { manager { userName } } } } }'],
  ['ResourceChange.resource', '{ changes(since: "START") { changes { id resource { id } } } }'],
  ['ResourceChange.affected', '{ changes(since: "START") { changes { id affected { id } } } }'],
  ['User.memberOf', '{ users { nodes { userName memberOf { totalCount nodes { displayName } } } } }'],
  ['Group.memberOf', '{ groups { nodes { displayName memberOf(transitive: true) { nodes { meta { version } } } } } }'],
  ['User.isMemberOf', '{ users { nodes { userName isMemberOf(groups: ["platform"]) { results { isMember } } } } }'],
  [
    'Group.isMemberOf',
    '{ groups { nodes { displayName isMemberOf(groups: ["everyone"]) { results { isMember } } } } }',
  ],
  ['Group.members', '{ groups { nodes { displayName members { nodes { id ... on User { userName } } } } } }'],
  ['Group.memberCount', '{ groups { nodes { displayName memberCount(transitive: true) } } }'],
  ['Group.hasMember', '{ groups { nodes { displayName hasMember(id: "ada") } } }'],
  ['User.manager', '{ users { nodes { userName manager { userName } } } }'],
  ['User.managerChain', '{ users { nodes { userName managerChain { userName title } } } }'],
  ['User.directReports', '{ users { nodes { userName directReports { nodes { userName title } } } } }'],
  ['User.reports', '{ users { nodes { userName reports { nodes { userName title } } } } }'],
  [
    'MembershipEdge.via',
    '{ users { nodes { userName memberOf(transitive: true) { edges { direct via { displayName } } } } } }',
  ],
  [
    'MemberEdge.via',
    '{ group(by: { id: "everyone" }) { id members(transitive: true) { edges { direct via { displayName } } } } }',
  ],
  [
    'Query',
    '{ a: users { nodes { userName manager { userName memberOf { nodes { displayName } } } } } b: group(by: { displayName: "Platform" }) { id memberCount } c: checkMembership(pairs: [{ member: "bob", group: "platform" }]) { results { isMember } } }',
  ],
]);

/** Answers that need no backend, and parts of a page that comes with what holds it. */
const WITHOUT_A_CALL = new Set(['Query._service', 'Query.schema', 'User.extension', 'Group.extension']);
/** The specification of federation has it so; what fails is null within it. */
const NON_NULL_BY_SPECIFICATION = new Set(['Query._entities', 'Query._service']);

const schema = openSchema(openRegistry());
const objectTypes = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
);

const RESOURCES = new Set(
  objectTypes.filter((type) => type.getInterfaces().some(({ name }) => name === 'Resource')).map(({ name }) => name),
);

/** What leads to resources, or takes arguments, and does not come with the page, the edge or the written resource that it stands in. */
function asksBackend(type: GraphQLObjectType, { name, type: answer, args }: GraphQLField<unknown, unknown>): boolean {
  if (type.name === 'Mutation' || type.name === 'Subscription') return false;
  if (/(Connection|Payload)$/.test(type.name) || (type.name.endsWith('Edge') && name === 'node')) return false;
  const inner = getNamedType(answer);
  const leads = (isAbstractType(inner) ? schema.getPossibleTypes(inner) : [inner]).some((each) =>
    RESOURCES.has(each.name),
  );
  return type === schema.getQueryType() || leads || args.length > 0;
}

const ASKING = objectTypes.flatMap((type) =>
  Object.values(type.getFields())
    .filter((field) => asksBackend(type, field))
    .map((field) => ({ name: `${type.name}.${field.name}`, type: field.type })),
);

describe('fields that need a backend', () => {
  test('each have a query here, so that none is forgotten', () => {
    const known = new Set([...QUERIES.keys(), ...WITHOUT_A_CALL]);
    expect(ASKING.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  test('can each be null, so that nothing around them is', () => {
    const [hit, ...others] = ['SearchHit.node', ...NON_NULL_BY_SPECIFICATION];
    const withItsHit = new Set([hit, ...others]);
    expect(ASKING.filter(({ name, type }) => isNonNullType(type) && !withItsHit.has(name))).toEqual([]);
  });
});

const FAILURES = [
  {
    error: new DirectoryError('UNAVAILABLE', 'no answer', { retryAfterMs: 2_000 }),
    extensions: { code: 'UNAVAILABLE', retryAfter: 2 },
  },
  { error: new DirectoryError('TIMEOUT', 'too late'), extensions: { code: 'TIMEOUT', retryAfter: 5 } },
  { error: new DirectoryError('TOO_MANY', 'too much'), extensions: { code: 'TOO_MANY' } },
  { error: new TypeError('secret at /src/adapter'), extensions: { code: 'INTERNAL_SERVER_ERROR' } },
];

describe.each(['plan', 'graphql-js'] as const)('with the executor %s, when one of its calls fails', (executor) => {
  let gateway: Gateway;
  let company: Company;
  let start: string;
  const fault: { countdown: number; error: Error | undefined } = { countdown: 0, error: undefined };

  beforeAll(async () => {
    gateway = await Gateway.open({
      user: 'bob',
      settings: { executor },
      decorate: (adapter) =>
        hooked(adapter, (method) => {
          if (method === 'write' || method === 'close') return;
          fault.countdown -= 1;
          if (fault.countdown === 0 && fault.error !== undefined) throw fault.error;
        }),
    });
    const data = await gateway.data('{ changes { endCursor } }');
    start = (data['changes'] as { readonly endCursor: string }).endCursor;
    company = await fillCompany(gateway);
  });
  beforeEach(() => {
    gateway.bugs.length = 0;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const ask = async (query: string, failing = 0, error?: Error): Promise<Answer> => {
    Object.assign(fault, { countdown: failing, error });
    gateway.calls.length = 0;
    const ids = query.replaceAll(/(ids?|member|group|groups): (\[[^\]]*\]|"\w+")/g, (all) =>
      all.replaceAll(/"(\w+)"/g, (_, name: string) => `"${company[name as keyof Company] ?? name}"`),
    );
    return gateway.ask(ids.replace('START', start));
  };

  test.each([...QUERIES])(
    '%s: only what needed the call is null, with code, path and when to try again',
    async (_name, query) => {
      const whole = await ask(query);
      expect(whole.errors).toBeUndefined();
      const calls = gateway.calls.length;
      expect(Object.values(whole.data ?? {})).not.toContain(null);
      for (let failing = 1; failing <= calls; failing += 1) {
        for (const { error, extensions } of FAILURES) {
          const { status, data, errors = [] } = await ask(query, failing, error);
          expect([status, errors.length > 0, data == null], `${error.name} in call ${failing}`).toEqual([
            200,
            true,
            false,
          ]);
          for (const each of errors) {
            expect(each.extensions).toEqual(extensions);
            expect(JSON.stringify(each)).not.toContain('secret');
          }
          const paths = errors.map(({ path = [] }) => path);
          expect(data).toEqual(withNulls(whole.data as Json, paths));
          expect(paths.every((path) => path.length > 0)).toBe(true);
        }
      }
    },
  );
});
