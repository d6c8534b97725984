import { describe, expect, test } from 'vitest';
import type { ResourceType } from '#core/schema/attribute.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { resolvePath, toAttributePath } from '#core/schema/resolve-path.ts';
import { DirectoryError } from '#model/errors.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const BADGE = 'urn:acme:params:scim:schemas:extension:badge-office:1.1:User';
const badge = {
  id: BADGE,
  name: 'Badge',
  description: 'Doors',
  attributes: [
    { name: 'badge-number', type: 'integer', multiValued: false },
    { name: 'department', type: 'string', multiValued: false },
  ],
};

function typeNamed(name: string, sources: readonly { name: string; content: object }[] = []): ResourceType {
  const type = openRegistry({ sources: sources as never }).type(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

function where(type: ResourceType, text: string): string | undefined {
  const path = resolvePath(type, text);
  return path && [path.schema, path.attribute?.name, path.sub?.name].filter(Boolean).join(' ');
}

describe('paths are bound regardless of case (RFC 7644 §3.10)', () => {
  const user = typeNamed('User');
  test.each([
    ['userName', 'userName'],
    ['USERNAME', 'userName'],
    ['name.GivenName', 'name givenName'],
    ['meta.lastmodified', 'meta lastModified'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:name.familyName', 'name familyName'],
    [ENTERPRISE, ENTERPRISE],
    [ENTERPRISE.toUpperCase(), ENTERPRISE],
    [`${ENTERPRISE}:manager.value`, `${ENTERPRISE} manager value`],
    [`${ENTERPRISE}.manager`, `${ENTERPRISE} manager`],
    ['manager', `${ENTERPRISE} manager`],
    ['members', undefined],
    ['name.givenName.first', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
    ['urn:ietf:params:scim:schemas:core:2.0:User', undefined],
    [`${ENTERPRISE}x:manager`, undefined],
  ])('%s', (text, expected) => expect(where(user, text)).toBe(expected));
});

test('a bare name that two extensions have is nobody’s', () => {
  const user = typeNamed('User', [{ name: 'badge.json', content: badge }]);
  expect(where(user, 'badge-number')).toBe(`${BADGE} badge-number`);
  expect(where(user, 'department')).toBeUndefined();
});

test('a complex attribute alone means its value sub-attribute in a filter', () => {
  const path = resolvePath(typeNamed('User'), 'emails');
  expect(path?.attribute && toAttributePath({ ...path, attribute: path.attribute })).toEqual({
    name: 'emails',
    sub: 'value',
    comparison: 'caseless',
    multiValued: true,
  });
});

test('group names are unique where the tenant says so, and announced as such', () => {
  const uniqueness = (uniqueGroupNames: boolean) =>
    openRegistry({ uniqueGroupNames })
      .type('Group')
      ?.schema.attributes.find((attribute) => attribute.name === 'displayName')?.uniqueness;
  expect([uniqueness(true), uniqueness(false)]).toEqual(['server', 'none']);
});

test('a custom resource type is served beside the standard ones', () => {
  const device = { id: 'urn:acme:Device', name: 'Device', attributes: [{ name: 'serial', uniqueness: 'server' }] };
  const type = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    name: 'Device',
    endpoint: '/Devices',
    schema: device.id,
  };
  const registry = openRegistry({ sources: [{ name: 'device.json', content: [device, type] }] });
  expect(registry.typeAt('/Devices')?.schema.id).toBe('urn:acme:Device');
});

test('all faults of all schema files are reported at once, each with its file', () => {
  const broken = { id: 'not a urn', attributes: [{ name: '1abc', type: 'text' }, { name: 'a' }, { name: 'A' }] };
  const orphan = { ...badge, id: 'urn:acme:nobody:1.0:Robot' };
  const sources = [
    { name: 'broken.json', content: broken },
    { name: 'orphan.json', content: orphan },
  ];
  try {
    openRegistry({ sources });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(DirectoryError);
    expect((error as DirectoryError).faults.map((fault) => fault.path)).toEqual([
      'broken.json: id',
      'broken.json: attributes[0].name',
      'broken.json: attributes[0].type',
      'broken.json: attributes[2].name',
      'urn:acme:nobody:1.0:Robot',
    ]);
  }
});
