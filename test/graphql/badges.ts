import type { Json } from '#model/resource.ts';

export const NAMES = {
  badges: 'urn:acme:params:scim:schemas:extension:badge-office:1.1:User',
  room: 'urn:acme:params:scim:schemas:core:1.0:Room',
} as const;

const attribute = (name: string, type: string, more: { readonly [name: string]: Json } = {}): Json => ({
  name,
  type,
  multiValued: false,
  description: '',
  ...more,
});

/** An extension with names and types that the standard schemas do not have, and a resource type of its own. */
export const BADGES: readonly { readonly [name: string]: Json }[] = [
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id: NAMES.badges,
    name: 'BadgeOffice',
    description: 'What the badge office knows.',
    attributes: [
      attribute('badge-number', 'string', { caseExact: true }),
      attribute('pin', 'string', { mutability: 'writeOnly', returned: 'never' }),
      attribute('floor', 'integer'),
      attribute('weight', 'decimal'),
      attribute('issued', 'dateTime'),
      attribute('photo', 'binary'),
      attribute('page', 'reference', { referenceTypes: ['external'] }),
      attribute('doors', 'complex', {
        multiValued: true,
        subAttributes: [
          attribute('$ref', 'reference', { referenceTypes: ['external'] }),
          attribute('kind', 'string', { canonicalValues: ['main-gate', 'back door'] }),
        ],
      }),
      attribute('nicknames', 'string', { multiValued: true }),
    ],
  },
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id: NAMES.room,
    name: 'Room',
    description: 'A place to meet.',
    attributes: [attribute('code', 'string', { required: true, uniqueness: 'server' }), attribute('seats', 'integer')],
  },
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'Room',
    name: 'Room',
    endpoint: '/Rooms',
    description: 'Rooms',
    schema: NAMES.room,
  },
];
