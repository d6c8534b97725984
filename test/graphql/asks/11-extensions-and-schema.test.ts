import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRegistry } from '#core/schema/registry.ts';
import { OPERATIONS_URN } from '#core/schema/resource-type-document.ts';
import { resourceTypeToDocument, schemaToDocument } from '#core/schema/to-document.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import { BADGES, NAMES } from '../badges.ts';
import { create, ENTERPRISE_USER, Gateway } from '../gateway.ts';

const SOURCES = [{ name: 'badges.json', content: BADGES }];
const POLICIES = new Map([['apps', { hide: [`${NAMES.badges}:floor`, `${ENTERPRISE_USER}:department`] }]]);
const BADGE = { 'badge-number': 'B-7', pin: '1234', floor: 3, doors: [{ kind: 'main-gate' }], nicknames: ['A'] };

const CHARACTERISTICS =
  'name type multiValued description required caseExact mutability returned uniqueness canonicalValues referenceTypes';
const SCHEMA = `{ schema {
  schemas { id name description attributes { ${CHARACTERISTICS} subAttributes { ${CHARACTERISTICS} } } }
  resourceTypes { name endpoint description schema schemaExtensions { schema required } operations }
} }`;

describe('ask 11: extensions are typed where the schema names them, JSON by URN, and the schema is data', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open({ sources: SOURCES, policies: POLICIES });
    const session = gateway.session();
    const enterprise = { [ENTERPRISE_USER]: { department: 'R&D', costCenter: '4' } };
    await create(session, 'User', { userName: 'ada', [NAMES.badges]: BADGE, ...enterprise });
    await create(session, 'User', { userName: 'bob' });
  });
  beforeEach(() => {
    gateway.calls.length = 0;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const BY_URN = `query ($urn: String!) {
    users(orderBy: [{ field: USER_NAME }]) { nodes { userName extension(urn: $urn) } }
  }`;
  const values = async (urn: string) => {
    const { users } = await gateway.data(BY_URN, { urn });
    return (users as unknown as { nodes: { extension: Json }[] }).nodes.map(({ extension }) => extension);
  };

  test('an extension has a type of its own', async () => {
    const query = '{ user(by: { userName: "ada" }) { badgeOffice { badgeNumber floor doors { kindValue } } } }';
    expect(await gateway.data(query)).toEqual({
      user: { badgeOffice: { badgeNumber: 'B-7', floor: 3, doors: [{ kindValue: 'MAIN_GATE' }] } },
    });
  });

  test('by its URN it is the JSON that SCIM returns, without what is never returned, and null where there is none', async () => {
    const { pin: _pin, ...returned } = BADGE;
    expect(await values(NAMES.badges)).toEqual([returned, null]);
    expect(await values(NAMES.badges.toUpperCase())).toEqual([returned, null]);
    expect(gateway.calls).toEqual(['find', 'find']);
  });

  test.each(['urn:acme:nothing:User', NAMES.room, '', '__proto__', 'constructor'])(
    'an extension that the type does not have is an error that says so: %s',
    async (urn) => {
      const { data, errors } = await gateway.ask(BY_URN, { urn });
      expect(data).toMatchObject({ users: { nodes: [{ userName: 'ada', extension: null }, { userName: 'bob' }] } });
      expect(errors?.[0]).toMatchObject({
        message: `extension: User has no extension ${JSON.stringify(urn)}; schema { resourceTypes } lists those that it has`,
        path: ['users', 'nodes', 0, 'extension'],
        extensions: { code: 'BAD_USER_INPUT' },
      });
      expect(gateway.bugs).toEqual([]);
    },
  );

  test('several at once, by aliases and through what leads to the person, cost no call of their own', async () => {
    const query = `query ($a: String!, $b: String!) { user(by: { userName: "ada" }) {
      a: extension(urn: $a) b: extension(urn: $b)
    } }`;
    expect(await gateway.data(query, { a: NAMES.badges, b: ENTERPRISE_USER })).toEqual({
      user: { a: expect.objectContaining({ floor: 3 }), b: { department: 'R&D', costCenter: '4' } },
    });
    expect(gateway.calls).toEqual(['byKeys']);
  });

  test('what a policy hides is not in it', async () => {
    const query = `{ user(by: { userName: "ada" }) {
      badge: extension(urn: "${NAMES.badges}") enterprise: extension(urn: "${ENTERPRISE_USER}")
    } }`;
    const { data } = await gateway.post(JSON.stringify({ query }), { 'x-policy': 'apps' });
    expect(data).toEqual({
      user: { badge: { 'badge-number': 'B-7', doors: BADGE.doors, nicknames: ['A'] }, enterprise: { costCenter: '4' } },
    });
  });

  test('the schema says of every schema and resource type what SCIM says', async () => {
    const registry = openRegistry({ sources: SOURCES });
    const { schema } = (await gateway.data(SCHEMA)) as unknown as {
      readonly schema: { readonly schemas: readonly JsonObject[]; readonly resourceTypes: readonly JsonObject[] };
    };
    expect(schema.schemas).toEqual(registry.schemas.map((each) => asData(withoutSchemas(schemaToDocument(each)))));
    const all = ['READ', 'CREATE', 'REPLACE', 'PATCH', 'DELETE'];
    expect(schema.resourceTypes).toEqual(
      registry.types.map((type) => {
        const { id: _id, ...document } = withoutSchemas(resourceTypeToDocument(type));
        return { ...document, operations: all };
      }),
    );
    expect(gateway.calls).toEqual([]);
  });

  test('the schema follows what is in force, and tells what is offered', async () => {
    const readOnly = { ...BADGES[2], [OPERATIONS_URN]: { operations: ['read', 'delete'] } };
    await using own = await Gateway.open();
    expect(JSON.stringify(await own.data(SCHEMA))).not.toContain('Room');
    own.change([{ name: 'badges.json', content: [...BADGES.slice(0, 2), readOnly] }]);
    const { schema } = (await own.data('{ schema { resourceTypes { name operations } } }')) as unknown as {
      readonly schema: { readonly resourceTypes: readonly { readonly name: string }[] };
    };
    expect(schema.resourceTypes).toContainEqual({ name: 'Room', operations: ['READ', 'DELETE'] });
  });

  test('whoever may not read the schema gets null for it and the rest of the answer', async () => {
    await using hidden = await Gateway.open({ settings: { introspection: false } });
    const { status, data, errors } = await hidden.ask('{ schema { schemas { id } } users { totalCount } }');
    expect([status, data]).toEqual([200, { schema: null, users: { totalCount: 0 } }]);
    expect(errors).toMatchObject([{ path: ['schema'], extensions: { code: 'INTROSPECTION_DISABLED' } }]);
  });
});

function withoutSchemas({ schemas: _schemas, ...document }: JsonObject): JsonObject {
  return document;
}

/** A document as the query shows it: every characteristic there, enum values as GraphQL writes them. */
function asData(document: JsonObject): JsonObject {
  const enumValue = (word: Json | undefined) => String(word).replace(/[A-Z]/g, '_$&').toUpperCase();
  const attribute = (each: JsonObject, withParts: boolean): JsonObject => ({
    canonicalValues: null,
    referenceTypes: null,
    ...each,
    type: enumValue(each['type']),
    mutability: enumValue(each['mutability']),
    returned: enumValue(each['returned']),
    uniqueness: enumValue(each['uniqueness']),
    ...(withParts && {
      subAttributes: (each['subAttributes'] as JsonObject[] | undefined)?.map((sub) => attribute(sub, false)) ?? null,
    }),
  });
  return { ...document, attributes: (document['attributes'] as JsonObject[]).map((each) => attribute(each, true)) };
}
