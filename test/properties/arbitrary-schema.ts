import fc from 'fast-check';
import type { Json } from '#model/resource.ts';

/** Names that GraphQL, SCIM or JavaScript have a use of their own for, and some that are like others once they are translated. */
const AWKWARD_NAMES = [
  ...[
    'id',
    'meta',
    'node',
    'nodes',
    'type',
    'value',
    'where',
    'first',
    'after',
    'and',
    'or',
    'not',
    'some',
    'users',
    'members',
  ],
  ...[
    '$ref',
    'a',
    'A',
    'a_b',
    'a-b',
    'aB',
    'aValue',
    'true',
    'null',
    'on',
    '__typename',
    'constructor',
    'toString',
    'edges',
  ],
];
const AWKWARD_TYPES = [
  ...[
    'Query',
    'Node',
    'Meta',
    'PageInfo',
    'Member',
    'String',
    'Resource',
    'UserConnection',
    'UserEdge',
    'UserWhere',
    'DateTime',
  ],
  ...['user2', 'Users', 'type', 'EnterpriseUser', 'UserName', 'ID', 'Mutation'],
];
const SIMPLE_TYPES = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'];

const nameOf = fc.oneof(fc.constantFrom(...AWKWARD_NAMES), fc.stringMatching(/^[$A-Za-z][A-Za-z0-9_-]{0,5}$/));
const textOf = fc.oneof(fc.string(), fc.constantFrom('"""', '\\"""', 'a\n"""b\\'));
const canonicalOf = fc.uniqueArray(
  fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('true', 'x-y', 'x y', 'X_Y', '1', '__a')),
  {
    minLength: 1,
    maxLength: 4,
  },
);

const characteristics = fc.record({
  multiValued: fc.boolean(),
  required: fc.boolean(),
  description: textOf,
  returned: fc.constantFrom('default', 'always', 'never', 'request'),
  mutability: fc.constantFrom('readWrite', 'readOnly', 'immutable'),
});
const simpleOf = fc.oneof(
  fc
    .tuple(nameOf, fc.constantFrom(...SIMPLE_TYPES), fc.constantFrom('none', 'server'), characteristics)
    .map(([name, type, uniqueness, facts]) => ({ ...facts, name, type, uniqueness })),
  fc
    .tuple(nameOf, canonicalOf, characteristics)
    .map(([name, canonicalValues, facts]) => ({ ...facts, name, canonicalValues })),
  nameOf.map((name) => ({ name, mutability: 'writeOnly' })),
);
const complexOf = fc
  .tuple(nameOf, listOf(simpleOf, 1), characteristics)
  .map(([name, subAttributes, facts]) => ({ ...facts, name, type: 'complex', subAttributes }));

function listOf<T extends { readonly name: string }>(of: fc.Arbitrary<T>, minLength: number): fc.Arbitrary<T[]> {
  return fc.uniqueArray(of, { minLength, maxLength: 5, selector: ({ name }) => name.toLowerCase() });
}

const attributesOf = listOf(fc.oneof(simpleOf, complexOf), 0) as unknown as fc.Arbitrary<Json[]>;

const urnOf = fc.oneof(
  fc.constantFrom(
    'urn:acme:User',
    'urn:acme:x:User:User',
    'urn:acme:extension:enterprise:2.0:User',
    'urn:x:id:User',
    'urn:x:-:User',
  ),
  fc.stringMatching(/^[A-Za-z0-9._-]{1,6}$/).map((word) => `urn:acme:${word}:User`),
);

/** Documents of extensions and resource types, mostly well-formed; some are refused, as those with reserved names. */
export const schemasOf: fc.Arbitrary<readonly Json[]> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(urnOf, attributesOf), { maxLength: 4, selector: ([urn]) => urn.toLowerCase() }),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...AWKWARD_TYPES), attributesOf), {
      maxLength: 3,
      selector: ([name]) => name.toLowerCase(),
    }),
  )
  .map(([extensions, types]) => [
    ...extensions.map(([id, attributes]): Json => ({ id, attributes })),
    ...types.flatMap(([name, attributes], index): Json[] => [
      { id: `urn:acme:${name}:Base`, attributes },
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        name,
        endpoint: `/E${index}`,
        schema: `urn:acme:${name}:Base`,
      },
    ]),
  ]);
