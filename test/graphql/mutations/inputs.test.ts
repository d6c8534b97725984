import { buildSchema, isInputObjectType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { openRegistry } from '#core/schema/registry.ts';
import { OPERATIONS_URN } from '#core/schema/resource-type-document.ts';
import { generateSdl } from '#graphql/sdl/generate-sdl.ts';
import type { Json } from '#model/resource.ts';
import { Gateway } from '../gateway.ts';
import { done, mutate } from './mutate.ts';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
const TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const URN = 'urn:acme:params:scim:schemas:extension:stock:1.0:User';
const HIDDEN = 'urn:acme:params:scim:schemas:extension:vault:1.0:User';

const complex = (name: string, subAttributes: readonly Json[], more: object = {}): Json => ({
  name,
  type: 'complex',
  subAttributes,
  ...more,
});

const CONTENT: Json = [
  {
    schemas: [SCHEMA],
    id: URN,
    name: 'Stock',
    attributes: [
      { name: 'serial', type: 'string', mutability: 'immutable' },
      { name: 'counted', type: 'integer', mutability: 'readOnly' },
      { name: 'pin', type: 'string', mutability: 'writeOnly', returned: 'never' },
      { name: 'weight', type: 'decimal' },
      { name: 'dates', type: 'dateTime', multiValued: true },
      complex('lock', [
        { name: 'maker', type: 'string', mutability: 'immutable' },
        { name: 'colour', type: 'string' },
        { name: 'keys', type: 'string', multiValued: true },
        { name: 'state', type: 'string', mutability: 'readOnly' },
      ]),
      complex('origin', [{ name: 'country', type: 'string', mutability: 'immutable' }]),
      complex(
        'parts',
        [
          { name: 'value', type: 'string', required: true },
          { name: 'batch', type: 'string', mutability: 'immutable' },
        ],
        { multiValued: true },
      ),
    ],
  },
  {
    schemas: [SCHEMA],
    id: HIDDEN,
    name: 'Vault',
    attributes: [{ name: 'code', type: 'string', mutability: 'writeOnly', returned: 'never' }],
  },
  ...(['Note', 'Page', 'Sheet'] as const).map(
    (name): Json => ({
      schemas: [SCHEMA],
      id: `urn:acme:${name}`,
      name,
      attributes: [{ name: 'text', type: 'string', required: true }],
    }),
  ),
  ...(
    [
      ['Note', ['read']],
      ['Page', ['read', 'create', 'delete']],
      ['Sheet', ['read', 'patch']],
    ] as const
  ).map(
    ([name, operations]): Json => ({
      schemas: [TYPE, OPERATIONS_URN],
      name,
      endpoint: `/${name}s`,
      schema: `urn:acme:${name}`,
      [OPERATIONS_URN]: { operations },
    }),
  ),
];

const SOURCES = [{ name: 'stock.json', content: CONTENT }];

describe('inputs of a registry', () => {
  const schema = buildSchema(generateSdl(openRegistry({ sources: SOURCES })).sdl);
  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    if (!isInputObjectType(type) && !isObjectType(type)) return undefined;
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
  };

  test('have what can be written: immutable values in create alone, read-only ones nowhere', () => {
    const all = { pin: 'String', weight: 'Float' };
    expect(fieldsOf('StockUserInput')).toEqual({
      ...all,
      serial: 'String',
      dates: '[DateTime!]',
      lock: 'StockUserLockInput',
      origin: 'StockUserOriginInput',
      parts: '[StockUserPartInput!]',
    });
    expect(fieldsOf('StockUserReplacement')).toEqual({
      ...all,
      dates: '[DateTime!]',
      lock: 'StockUserLockReplacement',
      parts: '[StockUserPartInput!]',
    });
    expect(fieldsOf('StockUserPatch')).toEqual({
      ...all,
      dates: 'DateTimeListPatch',
      lock: 'StockUserLockPatch',
      parts: 'StockUserPartListPatch',
    });
    expect(fieldsOf('StockUserLockPatch')).toEqual({ colour: 'String', keys: '[String!]' });
    expect(fieldsOf('StockUserPartInput')).toEqual({ value: 'String!', batch: 'String' });
    expect(fieldsOf('StockUserOriginReplacement')).toBeUndefined();
  });

  test('have extensions of which nothing is shown', () => {
    expect(fieldsOf('User')).not.toHaveProperty('vault');
    expect(fieldsOf('CreateUserInput')).toMatchObject({ vault: 'VaultUserInput' });
    expect(fieldsOf('VaultUserPatch')).toEqual({ code: 'String' });
  });

  test('have links as ids where they are read, and nothing that is computed', () => {
    expect(fieldsOf('CreateGroupInput')).toEqual({ externalId: 'String', displayName: 'String!', members: '[ID!]' });
    expect(fieldsOf('GroupInput')).toEqual(fieldsOf('CreateGroupInput'));
    expect(fieldsOf('GroupPatch')).toEqual({ externalId: 'String', displayName: 'String', members: 'IDListPatch' });
    expect(fieldsOf('CreateUserInput')).toMatchObject({
      userName: 'String!',
      manager: 'ID',
      password: 'String',
      active: 'Boolean',
    });
    for (const name of ['id', 'meta', 'schemas', 'groups', 'memberOf']) {
      expect(fieldsOf('CreateUserInput')).not.toHaveProperty(name);
    }
    expect(fieldsOf('EnterpriseUserInput')).not.toHaveProperty('manager');
  });

  test('are those of the mutations that a type offers', () => {
    const mutations = Object.keys(fieldsOf('Mutation') ?? {});
    expect(mutations.filter((name) => /Note|Page|Sheet/.test(name))).toEqual([
      'createPage',
      'deletePage',
      'patchSheet',
    ]);
    const types = Object.keys(schema.getTypeMap()).filter((name) =>
      /(Note|Page|Sheet)\w*(Input|Patch|Payload)$/.test(name),
    );
    expect(types.sort()).toEqual([
      'CreatePageInput',
      'CreatePagePayload',
      'DeletePageInput',
      'DeletePagePayload',
      'PatchSheetInput',
      'PatchSheetPayload',
      'SheetPatch',
    ]);
  });
});

test('what they say is stored where SCIM has it', async () => {
  await using gateway = await Gateway.open({ sources: SOURCES });
  const stock = {
    serial: 'S1',
    pin: '1234',
    weight: 1.5,
    dates: ['2026-01-02T03:04:05Z'],
    lock: { maker: 'M', colour: 'red', keys: ['k1'] },
    origin: { country: 'DE' },
    parts: [{ value: 'p', batch: 'b' }],
  };
  const { id } = await done(gateway, 'createUser', { userName: 'ada', stock, vault: { code: 'x' } });
  const session = gateway.session();
  const type = session.registry.type('User');
  const stored = async () => (type && (await session.get(type, id as never)))?.attributes;
  expect(await stored()).toMatchObject({ [URN]: stock, [HIDDEN]: { code: 'x' } });

  await done(gateway, 'patchUser', {
    id: id as string,
    user: {
      stock: {
        weight: null,
        dates: { add: ['2027-01-02T03:04:05Z'], remove: ['2026-01-02T03:04:05Z'] },
        lock: { colour: 'blue', keys: ['k2', 'k3'] },
        parts: { remove: [{ value: 'P' }], add: [{ value: 'q' }] },
      },
      vault: null,
    },
  });
  const { weight: _, ...kept } = stock;
  expect(await stored()).toMatchObject({
    [URN]: {
      ...kept,
      dates: ['2027-01-02T03:04:05Z'],
      lock: { maker: 'M', colour: 'blue', keys: ['k2', 'k3'] },
      parts: [{ value: 'q' }],
    },
  });
  expect(await stored()).not.toHaveProperty([HIDDEN]);

  await done(gateway, 'replaceUser', {
    id: id as string,
    user: { userName: 'ada', stock: { lock: { colour: 'green' } } },
  });
  expect((await stored())?.[URN]).toEqual({
    serial: 'S1',
    lock: { maker: 'M', colour: 'green' },
    origin: { country: 'DE' },
  });

  const { errors } = await mutate(gateway, 'patchUser', {
    id: id as string,
    operations: [{ op: 'REPLACE', path: `${URN}:serial`, value: 'S2' }],
  });
  expect(errors).toMatchObject([{ code: 'MUTABILITY', path: ['input', 'operations'] }]);
});
