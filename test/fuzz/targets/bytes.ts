import fc from 'fast-check';
import { hostile } from '../mutate.ts';
import type { Target } from '../target.ts';

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u',
  'null',
  '1e999',
  '-',
  '"schemas"',
  '"__proto__"',
  '\u0000',
  '\ufeff',
];
const USER = JSON.stringify({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'bytes',
  emails: [{ value: 'a' }],
});

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const escapes = fc
  .uint8Array({ maxLength: 24 })
  .map((array) => [...array].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
const bodies = fc.oneof(
  bytes,
  hostile(fc.constant(USER), PIECES).map((text) => Buffer.from(text)),
);
const places = fc.oneof(
  fc.constantFrom(
    '/Users',
    '/Groups',
    '/Users/.search',
    '/.search',
    '/Bulk',
    '/Me',
    '/Schemas',
    '/ResourceTypes/User',
    '/',
  ),
  escapes.map((text) => `/${text}`),
  escapes.map((text) => `/Users/${text}`),
  escapes.map((text) => `/Users?filter=${text}`),
  escapes.map((text) => `/Users?${text}`),
);

/** Bytes where JSON, a path or a query belong. */
export const bytesTarget: Target = fc
  .record({
    method: fc.constantFrom('POST', 'PUT', 'PATCH', 'GET', 'HEAD', 'DELETE', 'OPTIONS', 'PROPFIND'),
    path: places,
    body: bodies,
  })
  .map(({ method, path, body }) => (method === 'GET' || method === 'HEAD' ? { method, path } : { method, path, body }));
