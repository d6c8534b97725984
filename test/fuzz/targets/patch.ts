import fc from 'fast-check';
import { ENTERPRISE, operation } from '#test/properties/arbitrary-patch.ts';
import { hostile } from '../mutate.ts';
import type { Target } from '../target.ts';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

// biome-ignore format: a table reads by column
const PIECES = [
  'emails', '[', ']', 'type', ' eq ', '"work"', '.', 'value', 'primary', 'true', ' and ', 'not (', ')', 'members', 'groups',
  'manager', `${ENTERPRISE}:`, ENTERPRISE, 'name', 'givenName', '$ref', 'schemas', 'meta', 'id', 'password', '__proto__',
  'constructor', '0', '/', '"', '\\', 'bulkId:a', '{user}', ' ',
];

export const paths = hostile(
  fc.constantFrom(
    'emails[type eq "work"].value',
    'members[value eq "{user}"]',
    `${ENTERPRISE}:manager.value`,
    'name.givenName',
    'addresses[type eq "home" and primary eq true].locality',
  ),
  PIECES,
);

const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, '', '{user}', '{group}', 'True', '\u0000', '\ud800', '__proto__'),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom('value', 'type', 'primary', '$ref', 'display', ENTERPRISE), paths),
      tie('json'),
      {
        maxKeys: 4,
      },
    ),
  ),
}));

const anyOperation = fc.record(
  {
    op: fc.constantFrom('add', 'Replace', 'REMOVE', 'remove', 'move', ''),
    path: fc.oneof({ weight: 4, arbitrary: paths }, { weight: 1, arbitrary: leaf }),
    value: json,
  },
  { requiredKeys: ['op'] },
);

export const operations = fc.array(fc.oneof(operation, anyOperation), { maxLength: 5 });
/** A body of a resource, near to one that is right. */
export const resource = fc
  .tuple(
    fc.dictionary(fc.oneof(fc.constantFrom('userName', 'displayName', 'emails', 'members', 'active'), paths), json),
    json,
  )
  .map(([body, schemas]) => ({ schemas, ...body }));

/** PATCH of a user and of a group, and bodies of POST and PUT. */
export const patchTarget: Target = fc.oneof(
  fc
    .record({ place: fc.constantFrom('/Users/{user}', '/Groups/{group}', '/Me'), given: operations })
    .map(({ place, given }) => ({
      method: 'PATCH',
      path: place,
      body: JSON.stringify({ schemas: [PATCH], Operations: given }),
    })),
  fc
    .record({
      to: fc.constantFrom(
        ['POST', '/Users'],
        ['POST', '/Groups'],
        ['PUT', '/Users/{user}'],
        ['PUT', '/Groups/{group}'],
      ),
      body: resource,
    })
    .map(({ to: [method = '', path = ''], body }) => ({ method, path, body: JSON.stringify(body) })),
);
