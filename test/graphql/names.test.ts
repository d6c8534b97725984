import { describe, expect, test } from 'vitest';
import { openRegistry } from '#core/schema/registry.ts';
import { mergeBooks, type NameBook } from '#core/system/name-book.ts';
import { mapFields } from '#graphql/fields/field-map.ts';
import { openNaming } from '#graphql/fields/standard-names.ts';
import { generateSdl } from '#graphql/sdl/generate-sdl.ts';
import type { Json } from '#model/resource.ts';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

const extension = (organisation: string, attributes: readonly Json[] = [{ name: 'floor', type: 'integer' }]): Json => ({
  schemas: [SCHEMA],
  id: `urn:${organisation}:params:scim:schemas:extension:badge:1.0:User`,
  name: 'Badge',
  attributes,
});

const ACME = extension('acme');
const OTHER = extension('other');

/** Everything that a client can name, by what it stands for, and what has to be remembered from now on. */
function names(content: Json, kept: NameBook = new Map()) {
  const naming = openNaming(kept);
  const { types } = mapFields(openRegistry({ sources: [{ name: 'test', content }] }), naming);
  const user = types.find(({ name }) => name === 'User');
  const extensions = user?.fields.filter(({ attribute }) => attribute === undefined) ?? [];
  return {
    types: types.map(({ name }) => name),
    user: Object.fromEntries(extensions.map(({ key, name, type }) => [key.split(':')[1], `${name}: ${type}`])),
    order: new Map([...(user?.orderBy ?? [])].map(([value, path]) => [path, value])),
    fields: Object.fromEntries(extensions.flatMap(({ fields = [] }) => fields.map(({ key, name }) => [key, name]))),
    kept: mergeBooks(kept, naming.fresh),
  };
}

describe('names that were given', () => {
  const first = names([ACME]);
  const both = names([ACME, OTHER], first.kept);

  test('stay when an extension of the same name is put before', () => {
    expect(both.user).toMatchObject({ acme: 'badge: BadgeUser', other: 'otherBadge: OtherBadgeUser' });
    expect(names([OTHER, ACME], both.kept)).toEqual({ ...both, order: expect.any(Map) });
    expect([...names([OTHER, ACME], both.kept).order]).toEqual(expect.arrayContaining([...both.order]));
  });

  test('stay when the first one goes, and nothing else gets what it had', () => {
    expect(names([OTHER], both.kept).user).toMatchObject({ other: 'otherBadge: OtherBadgeUser' });
    const third = extension('third');
    expect(names([third, OTHER], both.kept).user).toMatchObject({ third: 'thirdBadge: ThirdBadgeUser' });
    const back = names([third, OTHER, ACME], names([third, OTHER], both.kept).kept);
    expect(back.user).toMatchObject({ acme: 'badge: BadgeUser', other: 'otherBadge: OtherBadgeUser' });
  });

  test('stay for attributes, their types, enum values and orders', () => {
    const attributes: readonly Json[] = [
      { name: 'badge-number', type: 'string', canonicalValues: ['a-b', 'a b'] },
      { name: 'badgeNumber', type: 'string', canonicalValues: ['x'] },
    ];
    const before = names([extension('acme', attributes)]);
    const after = names([extension('acme', attributes.toReversed())], before.kept);
    expect(before.fields).toMatchObject({ 'badge-number': 'badgeNumber', badgeNumber: 'badgeNumber_2' });
    expect(after.fields).toEqual(before.fields);
    expect([...after.order]).toEqual(expect.arrayContaining([...before.order]));
    const sdlOf = (content: Json, kept?: NameBook) =>
      generateSdl(openRegistry({ sources: [{ name: 'test', content }] }), openNaming(kept))
        .sdl.split('\n')
        .sort();
    expect(sdlOf([extension('acme', attributes.toReversed())], before.kept)).toEqual(
      sdlOf([extension('acme', attributes)]),
    );
  });

  test('that Portico needs itself since then are given anew', () => {
    const kept: NameBook = new Map([['types', new Map([['room', 'PageInfo']])]]);
    const room: Json = [
      {
        schemas: [SCHEMA],
        id: 'urn:acme:params:scim:schemas:core:1.0:Room',
        name: 'Room',
        attributes: [{ name: 'a' }],
      },
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        name: 'Room',
        endpoint: '/Rooms',
        schema: 'urn:acme:params:scim:schemas:core:1.0:Room',
      },
    ];
    expect(names(room, kept).types).toContain('Room');
  });
});

describe('names of the standard schemas', () => {
  test('need not be remembered, whatever the settings of a tenant make of them', () => {
    const unique = { uniqueEmails: true, uniqueExternalIds: true, uniqueGroupNames: false };
    for (const options of [{}, unique]) {
      const naming = openNaming();
      mapFields(openRegistry(options), naming);
      expect([...naming.fresh]).toEqual([]);
    }
  });

  test("stay when a tenant's own type would be called the same", () => {
    const own: Json = [
      { schemas: [SCHEMA], id: 'urn:acme:params:scim:schemas:core:1.0:E', name: 'E', attributes: [{ name: 'a' }] },
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        name: 'UserEmail',
        endpoint: '/Emails',
        schema: 'urn:acme:params:scim:schemas:core:1.0:E',
      },
    ];
    const { types } = mapFields(openRegistry({ sources: [{ name: 'test', content: own }] }), openNaming());
    expect(types.map(({ name }) => name)).toEqual(['User', 'Group', 'UserEmail_2']);
    expect(types[0]?.fields.find(({ name }) => name === 'emails')?.type).toBe('UserEmail');
  });
});
