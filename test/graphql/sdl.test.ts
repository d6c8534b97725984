import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, type GraphQLNamedType, isInputObjectType, isObjectType, validateSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { openRegistry } from '#core/schema/registry.ts';
import { openNaming } from '#graphql/fields/standard-names.ts';
import { openSchema } from '#graphql/schema.ts';
import { generateSdl } from '#graphql/sdl/generate-sdl.ts';
import { sdlFiles } from '#graphql/write-sdl.ts';
import { BADGES, NAMES } from './badges.ts';
import { create, Gateway } from './gateway.ts';

const FOLDER = new URL('../../schema/graphql/', import.meta.url);

function fieldsOf(type: GraphQLNamedType | undefined): { readonly [name: string]: string } {
  if (!isObjectType(type) && !isInputObjectType(type)) throw new Error(`${type} has no fields`);
  const fields: readonly { readonly name: string; readonly type: unknown }[] = Object.values(type.getFields());
  return Object.fromEntries(fields.map((field) => [field.name, String(field.type)]));
}

describe('the SDL of the standard schemas', () => {
  test('is the one in schema/graphql', () => {
    const files = sdlFiles();
    expect(readdirSync(FOLDER).sort()).toEqual(['base', 'published.graphqls', ...files.keys()].sort());
    for (const [name, sdl] of files) expect(readFileSync(new URL(name, FOLDER), 'utf8'), name).toBe(sdl);
  });

  test('is valid, and the same whenever it is generated', () => {
    const { sdl } = generateSdl(openRegistry());
    expect(validateSchema(openSchema(openRegistry()))).toEqual([]);
    expect(generateSdl(openRegistry()).sdl).toBe(sdl);
  });

  test('shows no secret and nothing that is written only, neither to read nor to ask for', () => {
    const { sdl } = generateSdl(openRegistry(), openNaming(), { mutations: false });
    expect(sdl).not.toMatch(/password/i);
  });

  test('takes secrets where they are written alone', () => {
    const types = Object.values(buildSchema(generateSdl(openRegistry()).sdl).getTypeMap());
    const withPassword = types.filter(
      (type) => (isObjectType(type) || isInputObjectType(type)) && type.getFields()['password'],
    );
    expect(withPassword.map(({ name }) => name).sort()).toEqual(['CreateUserInput', 'UserInput', 'UserPatch']);
  });

  test('leads from people to groups and managers instead of showing links as attributes', () => {
    const schema = buildSchema(generateSdl(openRegistry()).sdl);
    expect(fieldsOf(schema.getType('User'))).toMatchObject({
      id: 'ID!',
      userName: 'String!',
      emails: '[UserEmail!]!',
      name: 'UserName',
      meta: 'Meta!',
      enterprise: 'EnterpriseUser',
      manager: 'User',
      memberOf: 'MembershipConnection',
      directReports: 'UserConnection',
    });
    expect(fieldsOf(schema.getType('User'))).not.toHaveProperty('groups');
    expect(fieldsOf(schema.getType('EnterpriseUser'))).not.toHaveProperty('manager');
    expect(fieldsOf(schema.getType('UserBy'))).toEqual({
      id: 'ID',
      userName: 'String',
      externalId: 'String',
      email: 'String',
    });
    expect(fieldsOf(schema.getType('GroupBy'))).toEqual({ id: 'ID', displayName: 'String', externalId: 'String' });
  });
});

describe('schemas of a tenant of its own', () => {
  const registry = openRegistry({ sources: [{ name: 'badges.json', content: BADGES }] });
  const schema = buildSchema(generateSdl(registry).sdl);

  test('an extension is a field of its own, with names that GraphQL can spell', () => {
    expect(validateSchema(openSchema(registry))).toEqual([]);
    expect(fieldsOf(schema.getType('User'))).toMatchObject({
      badgeOffice: 'BadgeOfficeUser',
      enterprise: 'EnterpriseUser',
    });
    expect(fieldsOf(schema.getType('BadgeOfficeUser'))).toEqual({
      badgeNumber: 'String',
      floor: 'Integer',
      weight: 'Float',
      issued: 'DateTime',
      photo: 'Base64',
      page: 'URI',
      doors: '[BadgeOfficeUserDoor!]!',
      nicknames: '[String!]!',
    });
    expect(fieldsOf(schema.getType('BadgeOfficeUserDoor'))).toEqual({
      ref: 'URI',
      kind: 'String',
      kindValue: 'BadgeOfficeUserDoorKindValue',
    });
  });

  test('what is written only is neither shown nor asked for', () => {
    expect(generateSdl(registry, openNaming(), { mutations: false }).sdl).not.toMatch(/\bpin\b/);
  });

  test('its values are read, filtered and ordered by', async () => {
    await using gateway = await Gateway.open({ sources: [{ name: 'badges.json', content: BADGES }] });
    const badge = {
      'badge-number': 'B-7',
      pin: '1234',
      floor: 5_000_000_000,
      weight: 1.5,
      issued: '2026-01-02T03:04:05Z',
      photo: 'AAEC',
      doors: [{ $ref: 'https://doors.example/1', kind: 'Main-Gate' }, { kind: 'Back Door' }],
      nicknames: ['A', 'B'],
    };
    await create(gateway.session(), 'User', { userName: 'ada', [NAMES.badges]: badge });
    await create(gateway.session(), 'User', { userName: 'bob', [NAMES.badges]: { floor: 2 } });
    const query = `{
      users(
        where: { badgeOffice: { floor: { gt: 4000000000 }, nicknames: { eq: "b" }, doors: { some: { kind: { eq: "main-gate" } } }, issued: { lt: "2026-01-02T05:04:05+01:00" } } }
        orderBy: [{ field: BADGE_OFFICE_FLOOR }]
      ) {
        nodes { badgeOffice { badgeNumber floor weight issued photo page nicknames doors { ref kind kindValue } } }
      }
      rooms { nodes { id } }
    }`;
    expect(await gateway.data(query)).toEqual({
      users: {
        nodes: [
          {
            badgeOffice: {
              badgeNumber: 'B-7',
              floor: 5_000_000_000,
              weight: 1.5,
              issued: '2026-01-02T03:04:05Z',
              photo: 'AAEC',
              page: null,
              nicknames: ['A', 'B'],
              doors: [
                { ref: 'https://doors.example/1', kind: 'main-gate', kindValue: 'MAIN_GATE' },
                { ref: null, kind: 'back door', kindValue: 'BACK_DOOR' },
              ],
            },
          },
        ],
      },
      rooms: { nodes: [] },
    });
  });

  test('a resource type of its own is found as people are', async () => {
    await using gateway = await Gateway.open({ sources: [{ name: 'badges.json', content: BADGES }] });
    const id = await create(gateway.session(), 'Room', { code: 'R1', seats: 4 });
    const query =
      'query ($id: ID!) { room(by: { code: "r1" }) { id seats } node(id: $id) { __typename } rooms(where: { seats: { gte: 4 } }) { totalCount } }';
    expect(await gateway.data(query, { id })).toEqual({
      room: { id, seats: 4 },
      node: { __typename: 'Room' },
      rooms: { totalCount: 1 },
    });
  });

  test('two extensions of one name get two fields, and a type keeps its name to itself', () => {
    const other = { ...BADGES[0], id: 'urn:other:params:scim:schemas:extension:badge-office:2.0:User' };
    const both = openRegistry({ sources: [{ name: 'badges.json', content: [...BADGES, other] }] });
    expect(validateSchema(openSchema(both))).toEqual([]);
    expect(fieldsOf(buildSchema(generateSdl(both).sdl).getType('User'))).toMatchObject({
      badgeOffice: 'BadgeOfficeUser',
      otherBadgeOffice: 'OtherBadgeOfficeUser',
    });
  });

  test('a type with a unique email of its own beside emails is looked up by that one', () => {
    const urn = 'urn:acme:params:scim:schemas:core:1.0:Contact';
    const emails = { name: 'emails', type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }] };
    const content = [
      { id: urn, attributes: [{ name: 'email', uniqueness: 'server' }, emails] },
      { ...BADGES[2], id: 'Contact', name: 'Contact', endpoint: '/Contacts', schema: urn },
    ];
    const contacts = openSchema(openRegistry({ sources: [{ name: 'contacts.json', content }] }));
    expect(validateSchema(contacts)).toEqual([]);
    expect(fieldsOf(contacts.getType('ContactBy'))).toEqual({ id: 'ID', email: 'String', externalId: 'String' });
  });
});
