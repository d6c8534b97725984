import fc from 'fast-check';
import { hostile } from '../mutate.ts';
import type { Target } from '../target.ts';

// biome-ignore format: a table reads by column
const PIECES = [
  'application/scim+json', 'application/json', 'text/html', '*/*', ';', ',', '=', ' ', '\t', '"', '\\', 'q=0', 'q=', 'charset=utf-8',
  'return=minimal', 'return=', 'return="', 'wait=1', 'W/"', '"a"', '*', 'Bearer ', 'Basic ', 'chunked', 'gzip', '__proto__', '\u00ff',
  'for=', 'proto=https', 'host=', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
];
const NAMES = [
  'accept',
  'content-type',
  'content-encoding',
  'prefer',
  'if-match',
  'if-none-match',
  'authorization',
  'x-request-id',
  'traceparent',
  'forwarded',
  'x-forwarded-host',
  'constructor',
];

/** What a header can carry: neither Node's client nor its server lets anything else through. */
const values = hostile(fc.constantFrom('application/scim+json', 'return=minimal', 'W/"1"', '*', ''), PIECES).map(
  (text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 4_000),
);
const BODY = JSON.stringify({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'title', value: 'a' }],
});

/** Headers that say what nobody says, on requests that are otherwise well. */
export const headersTarget: Target = fc
  .record({
    method: fc.constantFrom('GET', 'HEAD', 'PATCH', 'POST'),
    path: fc.constantFrom('/Users/{user}', '/Users', '/', '/Me', '/ServiceProviderConfig', '/.search'),
    headers: fc.dictionary(fc.constantFrom(...NAMES), values, { maxKeys: 4, noNullPrototype: true }),
  })
  .map(({ method, path, headers }) =>
    method === 'GET' || method === 'HEAD' ? { method, path, headers } : { method, path, headers, body: BODY },
  );
