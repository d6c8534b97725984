import { buildSchema, type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { draftOf } from '#core/keys.ts';
import { openRegistry } from '#core/schema/registry.ts';
import type { Field } from '#graphql/fields/field.ts';
import { mapFields } from '#graphql/fields/field-map.ts';
import { openNaming } from '#graphql/fields/standard-names.ts';
import { generateSdl } from '#graphql/sdl/generate-sdl.ts';
import type { Call } from '#model/call.ts';
import { SCOPES } from '#model/principal.ts';
import type { Attributes, Json, Links, ResourceId, TenantId } from '#model/resource.ts';
import { Gateway } from '#test/graphql/gateway.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { filled, filterNameOf, type Hidden, hideableAttributes } from './attributes.ts';

const SECRET = 'hidden-value-xyz';
const OTHER = 'the-other-value';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const NOON = Date.UTC(2026, 10, 22, 12);
const STAMPS = { createdAt: new Date(NOON), modifiedAt: new Date(NOON) };

const registry = openRegistry();
const ATTRIBUTES = hideableAttributes(registry);
const LINKS = ['groups', 'members', 'manager'] as const;
const policies = new Map([
  ...ATTRIBUTES.map(({ path }, index) => [`p${index}`, { hide: [path] }] as const),
  ...LINKS.map((path) => [path, { hide: [path] }] as const),
]);

let scim: ScimGateway;
let graphql: Gateway;
const adapters: DirectoryAdapter[] = [];
const kept = (adapter: DirectoryAdapter) => {
  adapters.push(adapter);
  return adapter;
};

beforeAll(async () => {
  scim = await openScimGateway({ policies, wrap: kept, now: () => NOON });
  graphql = await Gateway.open({ policies, decorate: kept, scopes: new Set(SCOPES) });
  for (const adapter of adapters) await fill(adapter);
});
afterAll(async () => {
  await scim.close();
  await graphql[Symbol.asyncDispose]();
});

/** `holder` has the attribute under test; `user` is managed by the boss and is in the group. */
async function fill(adapter: DirectoryAdapter): Promise<void> {
  const create = (type: string, id: string, attributes: Attributes, links: Links, members: readonly string[] = []) => {
    const known = registry.type(type);
    if (known === undefined) throw new Error(`no type ${type}`);
    return {
      kind: 'create' as const,
      type,
      id: id as ResourceId,
      draft: draftOf(known, attributes, links),
      ...(members.length > 0 && { members: { add: members.map((member) => ({ id: member as ResourceId })) } }),
      stamps: STAMPS,
    };
  };
  const answers = await adapter.write(callFor('acme'), [
    create('User', 'boss', { userName: 'boss', active: true }, {}),
    create('User', 'user', { userName: 'user', active: true }, { manager: 'boss' as ResourceId }),
    create('Group', 'group', { displayName: 'group' }, {}, ['user', 'boss']),
  ]);
  for (const answer of answers) if (answer instanceof Error) throw answer;
}

function callFor(tenant: string): Call {
  const signal = new AbortController().signal;
  return {
    tenant: tenant as TenantId,
    actor: 'tests',
    requestId: 'r',
    deadline: Infinity,
    signal,
    consistency: 'primary',
  };
}

/** The same resource with another value, as if it had always been so. */
async function hold(adapter: DirectoryAdapter, hidden: Hidden, value: string): Promise<void> {
  const { type } = hidden;
  const id = (type.name === 'User' ? 'user' : 'group') as ResourceId;
  const [before] = await adapter.getMany(callFor('acme'), type.name, [id]);
  if (!before) throw new Error('the resource is gone');
  const draft = draftOf(type, filled(hidden, value), before.links);
  const update = { kind: 'update' as const, type: type.name, id, content: { before, draft }, stamps: STAMPS };
  const [answer] = await adapter.write(callFor('acme'), [update]);
  if (answer instanceof Error) throw answer;
}

/** Everything that clients may send which could tell of the attribute: path, method, body. */
function scimRequests(hidden: Hidden): readonly ScimRequest[] {
  const name = filterNameOf(hidden);
  const { attribute, sub, schema, type } = hidden;
  const whole = dottedOf({ ...hidden, sub: undefined });
  const dotted = dottedOf(hidden);
  const literal = (sub ?? attribute).type === 'boolean' ? ['true', 'false'] : [`"${SECRET}"`, `"${OTHER}"`];
  const path = type.endpoint;
  const own = `${path}/${type.name === 'User' ? 'user' : 'group'}`;
  const filters = [
    ...literal.flatMap((value) => [`${name} eq ${value}`, `${name} ne ${value}`, `not (${name} eq ${value})`]),
    `${name} sw "hidden"`,
    `${name} co "value"`,
    `${name} gt "a"`,
    `${name} pr`,
    `${whole} pr`,
    `not (${name} pr)`,
    `${dotted} eq null`,
    `${whole}[${sub?.name ?? 'value'} co "hidden"]`,
    `id eq "user" and ${name} eq ${literal[0]}`,
    `${ENTERPRISE} pr`,
    `schemas eq "${ENTERPRISE}"`,
  ];
  const value = (sub ?? attribute).type === 'boolean' ? true : SECRET;
  const body = schema === undefined ? { [attribute.name]: value } : { [schema]: { [attribute.name]: value } };
  const patch = (operation: Json): Json => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [operation],
  });
  return [
    ['GET', own],
    ['GET', `${own}?attributes=${dotted}`],
    ['GET', `${own}?attributes=${whole},userName,displayName`],
    ['GET', `${own}?excludedAttributes=id`],
    ['GET', path],
    ['GET', '/Users'],
    ['GET', '/Groups'],
    ['GET', '/'],
    ['GET', `${path}?sortBy=${dotted}&count=1`],
    ['GET', `${path}?sortBy=${dotted}&sortOrder=descending`],
    ['GET', `/?sortBy=${dotted}`],
    ['GET', `${path}?cursor&count=1`],
    ...filters.map((filter) => ['GET', `${path}?filter=${encodeURIComponent(filter)}`] as const),
    ...filters.map((filter) => ['GET', `/?filter=${encodeURIComponent(filter)}&attributes=id`] as const),
    ['POST', `${path}/.search`, { schemas: [SEARCH], filter: filters[0] ?? '', sortBy: dotted }],
    ['POST', '/.search', { schemas: [SEARCH], filter: filters[0] ?? '', count: 0 }],
    ['POST', path, { schemas: [type.schema.id], ...body }],
    ['PUT', own, { schemas: [type.schema.id], userName: 'user', displayName: 'group', ...body }],
    ['PATCH', own, patch({ op: 'replace', path: dotted, value })],
    ['PATCH', own, patch({ op: 'add', path: whole, value: [{ value: SECRET }] })],
    ['PATCH', own, patch({ op: 'add', value: body })],
    ['PATCH', own, patch({ op: 'remove', path: dotted })],
    ['PATCH', own, patch({ op: 'remove', path: `${whole}[${sub?.name ?? 'value'} eq ${literal[0]}]` })],
    ['PATCH', own, patch({ op: 'replace', path: 'externalId', value: 'some externalId' })],
    [
      'POST',
      '/Bulk',
      {
        schemas: [BULK],
        Operations: [
          { method: 'PATCH', path: own, data: { Operations: [{ op: 'replace', path: dotted, value }] } },
          { method: 'POST', path, bulkId: 'a', data: { schemas: [type.schema.id], ...body } },
        ],
      },
    ],
  ];
}

/** Everything that a query can select of an object without arguments, some levels deep. */
function selectionOf(schema: GraphQLSchema, type: GraphQLObjectType, depth: number): string {
  const parts = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(({ type: needed }) => String(needed).endsWith('!'))) return [];
    const inner = getNamedType(field.type);
    if (!isObjectType(inner)) return inner.name === 'Member' ? [] : [field.name];
    return depth === 0 ? [] : [`${field.name} { __typename ${selectionOf(schema, inner, depth - 1)} }`];
  });
  return parts.join(' ');
}

const schema = buildSchema(generateSdl(registry).sdl.replaceAll(/^extend schema[^\n]*(\n {2}.*)*\n?/gm, ''), {
  assumeValidSDL: true,
});
const typeNamed = (name: string) => schema.getType(name) as GraphQLObjectType;
const WHOLE = {
  User: `... on User { ${selectionOf(schema, typeNamed('User'), 2)} }`,
  Group: `... on Group { ${selectionOf(schema, typeNamed('Group'), 2)} members { nodes { id ... on User { userName emails { value } } } } }`,
};
const FIELDS = mapFields(registry, openNaming());

/** The names that lead to an attribute from its resource type, outermost first. */
function fieldsTo({ type, schema: urn, attribute, sub }: Hidden): readonly Field[] {
  const known = FIELDS.types.find(({ resourceType }) => resourceType.name === type.name)?.fields ?? [];
  const keys = [...(urn === undefined ? [] : [urn]), attribute.name, ...(sub === undefined ? [] : [sub.name])];
  let fields: readonly Field[] = known;
  return keys.flatMap((key) => {
    const field = fields.find((each) => each.key === key);
    fields = field?.fields ?? [];
    return field ?? [];
  });
}

function whereOf(hidden: Hidden, condition: string): string {
  const fields = fieldsTo(hidden);
  return fields.reduceRight((inner, { name, multiValued }, index) => {
    const isAround = index < fields.length - 1;
    return `{ ${name}: ${multiValued && isAround ? `{ some: ${inner} }` : inner} }`;
  }, condition);
}

/** Of an enum's values those that order by the attribute, or by a part of it. */
function namesOf(orderBy: ReadonlyMap<string, string>, attribute: string): readonly string[] {
  return [...orderBy].flatMap(([name, path]) => (path.split(/[.:]/).includes(attribute) ? [name] : []));
}

function graphqlRequests(hidden: Hidden): readonly string[] {
  const { type, attribute, sub } = hidden;
  const { many, one, orderBy, lookups } = FIELDS.types.find(({ resourceType }) => resourceType.name === type.name) ?? {
    many: '',
    one: '',
    orderBy: new Map<string, string>(),
    lookups: [],
  };
  const isText = (sub ?? attribute).type !== 'boolean';
  const literals = isText ? [JSON.stringify(SECRET), JSON.stringify(OTHER)] : ['true', 'false'];
  const isLeaf = (fieldsTo(hidden).at(-1)?.fields ?? []).length === 0;
  const wheres = isLeaf
    ? [
        ...literals.flatMap((value) => [`{ eq: ${value} }`, `{ ne: ${value} }`]),
        ...(isText ? [`{ in: [${literals.join(', ')}] }`, '{ present: true }'] : ['{ present: false }']),
      ]
    : attribute.multiValued
      ? ['{ present: true }']
      : [];
  const list = `{ totalCount nodes { id } }`;
  const name = type.name === 'User' ? 'User' : 'Group';
  const own = type.name === 'User' ? 'user' : 'group';
  const path = dottedOf(hidden);
  const value = isText ? JSON.stringify(SECRET) : 'true';
  const patch = (operation: string) =>
    `mutation { patch${name}(input: { id: "${own}", operations: [${operation}] }) { ${own} { ${WHOLE[name]} } errors { code path } } }`;
  const required = name === 'User' ? 'userName: "user"' : 'displayName: "group"';
  return [
    patch(`{ op: REPLACE, path: ${JSON.stringify(path)}, value: ${value} }`),
    patch(`{ op: REMOVE, path: ${JSON.stringify(path)} }`),
    patch('{ op: REPLACE, path: "externalId", value: "some externalId" }'),
    `mutation { replace${name}(input: { id: "${own}", ${own}: { ${required} } }) { ${own} { id } errors { code } } }`,
    `{ _entities(representations: [{ __typename: "${name}", id: "${own}" }]) { ${WHOLE[name]} } }`,
    `{ users(first: 3) { nodes { extension(urn: "${ENTERPRISE}") } } }`,
    `{ users(first: 3) { totalCount nodes { ${WHOLE.User} } } }`,
    `{ groups(first: 3) { totalCount nodes { ${WHOLE.Group} } } }`,
    `{ nodes(ids: ["user", "group", "boss"]) { id ${WHOLE.User} } }`,
    `{ node(id: "group") { id ${WHOLE.Group} } }`,
    '{ search(text: "hidden-value") { attribute value node { id } } }',
    '{ search(text: "some") { attribute value node { id } } }',
    `{ checkMembership(pairs: [{ member: "user", group: "group" }]) { results { isMember } } }`,
    ...wheres.map((where) => `{ ${many}(where: ${whereOf(hidden, where)}) ${list} }`),
    ...wheres.map((where) => `{ ${many}(where: { not: ${whereOf(hidden, where)} }) ${list} }`),
    ...literals.map((value) => `{ ${many}(filter: ${JSON.stringify(`${filterNameOf(hidden)} eq ${value}`)}) ${list} }`),
    ...namesOf(orderBy, attribute.name).map(
      (field) => `{ ${many}(orderBy: [{ field: ${field} }], first: 1) { nodes { id } } }`,
    ),
    ...lookups.map(({ name }) => `{ ${one}(by: { ${name}: "${SECRET}" }) { id } }`),
  ];
}

function dottedOf({
  schema,
  attribute,
  sub,
}: Pick<Hidden, 'schema' | 'attribute'> & { readonly sub?: Hidden['sub'] | undefined }): string {
  return `${schema === undefined ? '' : `${schema}:`}${attribute.name}${sub === undefined ? '' : `.${sub.name}`}`;
}

function titleOf({ type, attribute, sub }: Hidden): string {
  return [type.name, attribute.name, ...(sub ? [sub.name] : [])].join('.');
}

/** Versions tell that something has changed, and cursors are sealed: neither holds a value. */
function withoutVersions(text: string): string {
  return text.replaceAll(/W\/\\?"[^"\\]*\\?"/g, 'VERSION');
}

type ScimRequest = readonly [method: string, path: string, body?: Json];

async function answersTo(
  policy: string,
  requests: readonly ScimRequest[],
  queries: readonly string[],
): Promise<readonly string[]> {
  const client = scim.client('acme', SCOPES, policy);
  const answers: string[] = [];
  for (const [method, path, body] of requests) {
    const { status, text } = await client.send(method, path, body === undefined ? {} : { body });
    answers.push(`${method} ${path} ${JSON.stringify(body)}\n${status} ${withoutVersions(text)}`);
  }
  for (const query of queries) {
    const response = await fetch(`${graphql.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-policy': policy, 'x-request-id': 'one' },
      body: JSON.stringify({ query }),
    });
    expect(response.status, query).toBe(200);
    answers.push(`${query}\n${response.status} ${withoutVersions(await response.text())}`);
  }
  return answers;
}

function answersUnder(policy: string, hidden: Hidden): Promise<readonly string[]> {
  return answersTo(policy, scimRequests(hidden), graphqlRequests(hidden));
}

describe('whatever is asked under a policy that hides an attribute', () => {
  test.each(ATTRIBUTES.map((hidden, index) => ({ title: titleOf(hidden), hidden, policy: `p${index}` })))(
    'no answer tells of $title',
    async ({ hidden, policy }) => {
      for (const adapter of adapters) await hold(adapter, hidden, SECRET);
      const one = await answersUnder(policy, hidden);
      for (const adapter of adapters) await hold(adapter, hidden, OTHER);
      const other = await answersUnder(policy, hidden);
      expect(other).toEqual(one);
      const encoded = Buffer.from(SECRET).toString('base64');
      const answered = one.map((answer) => answer.slice(answer.indexOf('\n')));
      for (const answer of answered) {
        const echo = answer.replaceAll(/"message":"(\\.|[^"])*"|"detail":"(\\.|[^"])*"/g, '');
        expect(echo.includes(SECRET) || echo.includes(encoded), answer).toBe(false);
      }
      expect(answered.some((answer) => /^\n5/.test(answer))).toBe(false);
    },
  );
});

test('the same requests tell of it where nothing is hidden', async () => {
  const [hidden] = ATTRIBUTES.filter(({ path }) => path.endsWith('name.familyName'));
  if (hidden === undefined) throw new Error('User has a family name');
  for (const adapter of adapters) await hold(adapter, hidden, SECRET);
  const unrelated = ATTRIBUTES.findIndex(({ path }) => path.endsWith('User:title'));
  const answers = await answersUnder(`p${unrelated}`, hidden);
  expect(answers.filter((answer) => answer.slice(answer.indexOf('\n')).includes(SECRET)).length).toBeGreaterThan(10);
});

/** The user reports to the boss, or not; is in the group, or not. */
async function link(adapter: DirectoryAdapter, edge: 'members' | 'manager', isLinked: boolean): Promise<void> {
  const ids = ['user' as ResourceId];
  const [user] = await adapter.getMany(callFor('acme'), 'User', ids);
  const type = registry.type('User');
  if (!user || type === undefined) throw new Error('the user is gone');
  const draft = draftOf(type, { userName: 'user', active: true }, isLinked ? { manager: 'boss' as ResourceId } : {});
  const members = isLinked ? { add: [{ id: user.id }] } : { remove: ids };
  const update = { kind: 'update', stamps: STAMPS } as const;
  const [answer] = await adapter.write(callFor('acme'), [
    edge === 'manager'
      ? { ...update, type: 'User', id: user.id, content: { before: user, draft } }
      : { ...update, type: 'Group', id: 'group' as ResourceId, members },
  ]);
  if (answer instanceof Error) throw answer;
}

const LINK_REQUESTS: readonly ScimRequest[] = [
  ['GET', '/Users/user'],
  ['GET', '/Users/user?attributes=groups,manager'],
  ['GET', '/Groups/group?attributes=members'],
  ['GET', '/Users'],
  ['GET', '/Groups'],
  ...['groups.value eq "group"', 'groups pr', 'not (manager pr)', 'manager.value eq "boss"', 'groups ne "group"'].map(
    (filter) => ['GET', `/Users?filter=${encodeURIComponent(filter)}`] as const,
  ),
  ...['members[value eq "user"]', 'members pr', 'members.value ne "user"', `schemas eq "${ENTERPRISE}"`].map(
    (filter) => ['GET', `/Groups?filter=${encodeURIComponent(filter)}`] as const,
  ),
  ['PATCH', '/Groups/group', { Operations: [{ op: 'add', path: 'members', value: [{ value: 'user' }] }] }],
  ['PATCH', '/Groups/group', { Operations: [{ op: 'remove', path: 'members[value eq "user"]' }] }],
  ['PATCH', '/Users/user', { Operations: [{ op: 'replace', path: 'manager', value: 'boss' }] }],
  ['PUT', '/Groups/group', { schemas: [], displayName: 'group' }],
];
const LINK_QUERIES = [
  `{ users(first: 3) { nodes { ${WHOLE.User} } } groups(first: 3) { nodes { ${WHOLE.Group} } } }`,
  '{ users { nodes { isMemberOf(groups: ["group"]) { results { isMember } } managerChain { id } reports { totalCount } } } }',
  '{ groups { nodes { memberCount hasMember(id: "user") } } }',
  '{ checkMembership(pairs: [{ member: "user", group: "group" }]) { results { isMember } } }',
  '{ users(where: { memberOf: { eq: "group" } }) { totalCount } }',
  '{ users(where: { manager: { present: true } }) { totalCount } }',
  '{ users(where: { directReports: { some: { userName: { eq: "user" } } } }) { totalCount } }',
  '{ groups(where: { members: { some: { user: { userName: { eq: "user" } } } } }) { totalCount } }',
  'mutation { addMembers(input: { group: "group", members: ["user"] }) { group { id } errors { code } } }',
];

test.each(LINKS)('whatever is asked under a policy that hides %s, no answer tells who is linked', async (path) => {
  const edge = path === 'manager' ? 'manager' : 'members';
  // What may be written is no question.
  const mayWrite = edge === 'manager' ? /Groups|mutation/ : /Users/;
  const requests = LINK_REQUESTS.filter(([method, address]) => method === 'GET' || !mayWrite.test(address));
  const queries = LINK_QUERIES.filter((query) => !query.startsWith('mutation') || !mayWrite.test(query));
  for (const adapter of adapters) await link(adapter, edge, true);
  const one = await answersTo(path, requests, queries);
  for (const adapter of adapters) await link(adapter, edge, false);
  expect(await answersTo(path, requests, queries)).toEqual(one);
  for (const adapter of adapters) await link(adapter, edge, true);
});
