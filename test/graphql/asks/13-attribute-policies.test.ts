import { buildSchema, type GraphQLObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openVisibility } from '#core/policy/visibility.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { generateSdl } from '#graphql/sdl/generate-sdl.ts';
import { type Company, fillCompany } from '../company.ts';
import { type Answer, ENTERPRISE_USER, Gateway } from '../gateway.ts';

const POLICIES = new Map([
  ['apps', { hide: ['emails', 'userName', 'name.familyName', `${ENTERPRISE_USER}:department`] }],
  ['solo', { hide: ['groups', 'manager'] }],
  ['phonebook', { show: ['displayName'] }],
  ['nameless', { hide: ['urn:ietf:params:scim:schemas:core:2.0:Group:displayName'] }],
]);

describe('ask 13: whoever may not see an attribute gets null for it with a note, and may not ask about it', () => {
  describe.each(['plan', 'graphql-js'] as const)('with the executor %s', (executor) => {
    let gateway: Gateway;
    let company: Company;

    beforeAll(async () => {
      gateway = await Gateway.open({ policies: POLICIES, settings: { executor }, user: 'bob' });
      company = await fillCompany(gateway);
    });
    beforeEach(() => {
      gateway.calls.length = 0;
    });
    afterAll(() => gateway[Symbol.asyncDispose]());

    const ask = (query: string, policy?: string, variables = {}): Promise<Answer> =>
      gateway.post(JSON.stringify({ query, variables }), policy === undefined ? {} : { 'x-policy': policy });

    const WHOLE = `{
      user(by: { externalId: "E1" }) {
        userName title schemas
        name { givenName familyName }
        mail: emails { value typeValue }
        enterprise { department }
        directReports { nodes { userName } }
      }
    }`;

    test('hidden fields are null and the rest is whole; the note names them by their keys', async () => {
      const { data, extensions, errors } = await ask(WHOLE, 'apps');
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        user: {
          userName: null,
          title: 'Head',
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          name: { givenName: 'Ada', familyName: null },
          mail: null,
          enterprise: null,
          directReports: { nodes: [{ userName: null }, { userName: null }] },
        },
      });
      expect(extensions).toEqual({
        hidden: [
          'user.userName',
          'user.name.familyName',
          'user.mail',
          'user.enterprise.department',
          'user.directReports.nodes.userName',
        ],
      });
    });

    test('a credential without a policy gets everything, and no note', async () => {
      const { data, extensions } = await ask(WHOLE);
      expect(data).toMatchObject({ user: { userName: 'ada', mail: [{ value: 'ada@acme.example' }, {}] } });
      expect(extensions).toBeUndefined();
      const { data: other } = await ask('{ user(by: { userName: "cyd" }) { emails { value } } }');
      expect(other).toEqual({ user: { emails: [] } });
    });

    test('links that are hidden are null and cost no call', async () => {
      const { data, extensions } = await ask(
        `query ($id: ID!, $group: ID!) {
          user(by: { id: $id }) { manager { id } managerChain { id } reports { totalCount } memberOf { totalCount } isMemberOf(groups: [$group]) { asOf } }
          group(by: { id: $group }) { memberCount hasMember(id: $id) members { nodes { id } } displayName }
        }`,
        'solo',
        { id: company.bob, group: company.platform },
      );
      const user = { manager: null, managerChain: null, reports: null, memberOf: null, isMemberOf: null };
      const group = { memberCount: null, hasMember: null, members: null, displayName: 'Platform' };
      expect(data).toEqual({ user, group });
      expect(gateway.calls).toEqual(['getMany', 'getMany']);
      expect(extensions?.['hidden']).toHaveLength(8);
    });

    test('the note follows from the document: fragments, conditions and interfaces, and nothing that is not selected', async () => {
      const query = `query ($yes: Boolean!, $ids: [ID!]!) {
        nodes(ids: $ids) { ...Person ... on Group { displayName members { nodes { id displayName ... on User { userName } } } } }
        users(first: 1) @include(if: $yes) { nodes { emails { value } } }
        none: users(first: 1) @skip(if: $yes) { nodes { emails { value } } }
      }
      fragment Person on User { name { familyName } }`;
      const { extensions } = await ask(query, 'apps', { yes: true, ids: [company.ada, company.platform] });
      expect(extensions).toEqual({
        hidden: ['nodes.name.familyName', 'nodes.members.nodes.userName', 'users.nodes.emails'],
      });
      expect((await ask('{ users { nodes { title } } }', 'apps')).extensions).toBeUndefined();
    });

    test('an extension by its URN lacks what is hidden, and the note says so', async () => {
      const query = `query ($urn: String!) { user(by: { externalId: "E1" }) { extension(urn: $urn) } users(where: { title: { eq: "Head" } }) { nodes { title } } }`;
      const { data, extensions } = await ask(query, 'apps', { urn: ENTERPRISE_USER.toUpperCase() });
      expect(data).toMatchObject({ user: { extension: null } });
      expect(extensions).toEqual({ hidden: ['user.extension'] });
      expect((await ask(query, 'solo', { urn: 'urn:none' })).errors).toMatchObject([{ path: ['user', 'extension'] }]);
    });

    test('a credential whose policy the tenant has not is shown nothing', async () => {
      const { status, data, errors } = await ask('{ users { totalCount } }', 'none');
      expect([status, data]).toEqual([403, undefined]);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    });

    test('a policy that shows hides the rest', async () => {
      const { data } = await ask(
        '{ viewer { user { id displayName title externalId memberOf { totalCount } } } }',
        'phonebook',
      );
      const user = { id: company.bob, displayName: 'Bob', title: null, externalId: null, memberOf: null };
      expect(data).toEqual({ viewer: { user } });
    });

    test.each([
      ['{ users(where: { emails: { some: { value: { eq: "ada@acme.example" } } } }) { totalCount } }', 'emails.value'],
      ['{ users(where: { emails: { present: true } }) { totalCount } }', 'emails'],
      ['{ users(where: { not: { userName: { eq: "nobody" } } }) { totalCount } }', 'userName'],
      ['{ users(where: { name: { familyName: { startsWith: "L" } } }) { totalCount } }', 'name.familyName'],
      ['{ users(where: { enterprise: { department: { in: ["R&D"] } } }) { totalCount } }', 'department'],
      ['{ users(filter: "emails co \\"ada\\"") { totalCount } }', 'emails.value'],
      ['{ users(orderBy: [{ field: USER_NAME }]) { nodes { id } } }', 'userName'],
      ['{ users(orderBy: [{ field: TITLE }, { field: USER_NAME }]) { nodes { id } } }', 'userName'],
      ['{ users: user(by: { userName: "nobody" }) { id } }', 'userName'],
      ['{ users: user(by: { email: "nobody@acme.example" }) { id } }', 'emails.value'],
    ])('%s is refused, whatever it would find', async (query, attribute) => {
      const { data, errors } = await ask(query, 'apps');
      expect(data).toEqual({ users: null });
      expect(errors).toMatchObject([{ path: ['users'], extensions: { code: 'FORBIDDEN' } }]);
      expect(errors?.[0]?.message).toContain(attribute);
      expect(errors?.[0]?.message).toContain('"apps"');
      expect(gateway.calls).toEqual([]);
    });

    test.each([
      '{ users(where: { memberOf: { present: true } }) { totalCount } }',
      '{ users(where: { manager: { present: false } }) { totalCount } }',
      '{ users: checkMembership(pairs: [{ member: "a", group: "b" }]) { asOf } }',
      '{ users(filter: "groups.value eq \\"x\\"") { totalCount } }',
    ])('%s asks for a link that is hidden', async (query) => {
      const { data, errors } = await ask(query, 'solo');
      expect(data).toEqual({ users: null });
      expect(errors).toMatchObject([{ path: ['users'], extensions: { code: 'FORBIDDEN' } }]);
    });

    test('what groups are called is not asked about through their members', async () => {
      for (const name of ['Platform', 'None']) {
        const query = `{ users(where: { memberOf: { some: { displayName: { eq: "${name}" } } } }) { totalCount } }`;
        const { data, errors } = await ask(query, 'nameless');
        expect(data).toEqual({ users: null });
        expect(errors).toMatchObject([{ path: ['users'], extensions: { code: 'FORBIDDEN' } }]);
      }
      for (const name of ['Platform', 'None']) {
        const query = `{ user(by: { userName: "bob" }) { memberOf(where: { displayName: { eq: "${name}" } }) { totalCount } } }`;
        const { data, errors } = await ask(query, 'nameless');
        expect(data).toEqual({ user: { memberOf: null } });
        expect(errors).toMatchObject([{ path: ['user', 'memberOf'], extensions: { code: 'FORBIDDEN' } }]);
      }
      const { data } = await ask('{ users { nodes { memberOf { nodes { displayName } } } } }', 'nameless');
      expect(JSON.stringify(data)).not.toContain('Platform');
    });

    test('search looks at what the caller sees', async () => {
      const query = '{ search(text: "ada@") { value } names: search(text: "Ada") { attribute value node { id } } }';
      expect((await ask(query)).data).toMatchObject({ search: [{ value: 'ada@acme.example' }] });
      const { data } = await ask(query, 'apps');
      expect(data).toEqual({
        search: [],
        names: [{ attribute: 'displayName', value: 'Ada', node: { id: company.ada } }],
      });
    });
  });

  test('what a policy of the tenant hides is nullable in its schema, and nothing else is', () => {
    const registry = openRegistry();
    const fieldsOf = (policies: typeof POLICIES) => {
      const visibilities = [...policies].map(([name, policy]) => openVisibility(registry, name, policy));
      const schema = buildSchema(generateSdl(registry, undefined, { visibilities }).sdl);
      const types = Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type));
      return new Map(
        types.flatMap((type) =>
          Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, String(field.type)] as const),
        ),
      );
    };
    const plain = fieldsOf(new Map());
    const apps = fieldsOf(new Map([...POLICIES].filter(([name]) => name === 'apps')));
    const changed = [...apps].filter(([field, type]) => plain.get(field) !== type);
    expect(changed).toEqual([
      ['User.userName', 'String'],
      ['User.emails', '[UserEmail!]'],
    ]);
    expect(plain.get('User.userName')).toBe('String!');
  });
});
