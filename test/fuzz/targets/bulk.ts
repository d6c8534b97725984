import fc from 'fast-check';
import type { Target } from '../target.ts';
import { operations as patchOperations, resource } from './patch.ts';

const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const bulkId = fc.constantFrom('a', 'b', 'c', 'bulkId:a', '', '\u0000');
const path = fc.oneof(
  fc.constantFrom(
    '/Users',
    '/Groups',
    '/Users/{user}',
    '/Groups/{group}',
    '/Users/bulkId:a',
    '/Groups/bulkId:b',
    '/Bulk',
    '/Me',
  ),
  fc.constantFrom(
    'Users',
    '/../Users',
    '//x/Users',
    'http://x.example/Users',
    '/Users/%2e%2e',
    '/Users/bulkId:',
    '',
    '/',
  ),
);
const reference = fc.constantFrom('bulkId:a', 'bulkId:b', 'bulkId:c', 'bulkId:d', '{user}', 'bulkId:');
const group = fc.record({
  displayName: fc.constantFrom('A', 'B', 'C'),
  members: fc.array(
    reference.map((value) => ({ value })),
    { maxLength: 3 },
  ),
});
const data = fc.oneof(
  resource,
  group,
  patchOperations.map((Operations) => ({ schemas: [PATCH], Operations })),
  fc.constantFrom(null, [], 'text', 1),
);
const operation = fc.record(
  {
    method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'post', 'GET', '', null),
    bulkId,
    path,
    version: fc.constantFrom('W/"1"', '1', '', null),
    data,
  },
  { requiredKeys: [] },
);

/** Bulk requests, RFC 7644 §3.7: references forwards, backwards, in circles and to nothing. */
export const bulkTarget: Target = fc
  .record({
    failOnErrors: fc.constantFrom(undefined, 0, 1, 2, -1, 1.5, 'x'),
    operations: fc.array(fc.oneof({ weight: 9, arbitrary: operation }, { weight: 1, arbitrary: data }), {
      maxLength: 12,
    }),
    schemas: fc.constantFrom([BULK], [BULK], [BULK], [], [PATCH]),
  })
  .map(({ failOnErrors, operations, schemas }) => ({
    method: 'POST',
    path: '/Bulk',
    body: JSON.stringify({ schemas, failOnErrors, Operations: operations }),
  }));
