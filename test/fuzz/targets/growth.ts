import fc from 'fast-check';
import type { FuzzRequest } from '../target.ts';

/** Short pieces that are repeated: what a grammar might try again and again. */
// biome-ignore format: a table reads by column
const PIECES = [
  'a', 'a.', 'a[', '(', 'not (', 'a pr and ', 'a pr or ', 'userName eq "a" or ', 'emails[type eq "a"] and ', '"', '\\"', ' ',
  '1', ':', 'urn:', '.', ']', ')', ' eq ', 'not', '\\\\', '%', 'é', '\u0301', '{"a":', '[', '[1,', '"a",', '{},',
];

export interface Growth {
  readonly where: 'filter' | 'path' | 'search' | 'body' | 'attributes';
  readonly before: string;
  readonly piece: string;
  readonly after: string;
}

const piece = fc.constantFrom(...PIECES);

/** A text that grows by repeating a piece, somewhere where texts are parsed. */
export const growths: fc.Arbitrary<Growth> = fc.record({
  where: fc.constantFrom('filter', 'path', 'search', 'body', 'attributes'),
  before: fc.oneof(piece, fc.constant('')),
  piece: fc.tuple(piece, fc.oneof(fc.constant(''), piece)).map((pieces) => pieces.join('')),
  after: fc.oneof(piece, fc.constant('')),
});

/** The request with about so many characters of it; a request line takes some 10,000, a body any number. */
export function grown({ where, before, piece: repeated, after }: Growth, length: number): FuzzRequest {
  const text = before + repeated.repeat(Math.ceil(length / repeated.length)) + after;
  switch (where) {
    case 'filter':
      return { method: 'GET', path: `/Users?filter=${encodeURIComponent(text).slice(0, 12_000)}` };
    case 'attributes':
      return { method: 'GET', path: `/Users/{user}?attributes=${encodeURIComponent(text).slice(0, 12_000)}` };
    case 'search':
      return {
        method: 'POST',
        path: '/Users/.search',
        body: JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: text }),
      };
    case 'path':
      return {
        method: 'PATCH',
        path: '/Users/{user}',
        body: JSON.stringify({
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [{ op: 'replace', path: text, value: 'a' }],
        }),
      };
    case 'body':
      return { method: 'POST', path: '/Users', body: text };
  }
}
