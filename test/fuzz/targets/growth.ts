import fc from 'fast-check';
import type { FuzzRequest } from '../target.ts';

/** Short pieces that are repeated: what a grammar might try again and again. */
// biome-ignore format: a table reads by column
const PIECES = [
  'a', 'a.', 'a[', '(', 'not (', 'a pr and ', 'a pr or ', 'userName eq "a" or ', 'emails[type eq "a"] and ', '"', '\\"', ' ',
  '1', ':', 'urn:', '.', ']', ')', ' eq ', 'not', '\\\\', '%', 'é', '\u0301', '{"a":', '[', '[1,', '"a",', '{},',
];

const HEADERS = ['accept', 'prefer', 'if-none-match'] as const;
/** A request may have 16 KB of headers, and the longest text has 64. */
const HEADER_SHARE = 0.18;

export interface Growth {
  readonly where: 'filter' | 'path' | 'search' | 'body' | 'attributes' | (typeof HEADERS)[number];
  readonly before: string;
  readonly piece: string;
  readonly after: string;
}

const piece = fc.constantFrom(...PIECES);

/** A text that grows by repeating a piece, somewhere where texts are parsed. */
export const growths: fc.Arbitrary<Growth> = fc.record({
  where: fc.constantFrom('filter', 'path', 'search', 'body', 'attributes', ...HEADERS),
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
    case 'accept':
    case 'prefer':
    case 'if-none-match': {
      const value = text.replace(/[^\x20-\x7e]/g, '').slice(0, length * HEADER_SHARE);
      return { method: 'PUT', path: '/Users/{user}', body: '{}', headers: { [where]: value } };
    }
    case 'body':
      return { method: 'POST', path: '/Users', body: text };
  }
}
