import fc from 'fast-check';
import { printFilter } from '#test/filter/print-filter.ts';
import { anyFilterSyntax, userFilterSyntax } from '#test/properties/arbitrary-filter.ts';
import { hostile } from '../mutate.ts';
import type { Target } from '../target.ts';

// biome-ignore format: a table reads by column
const PIECES = [
  'userName', 'emails', 'emails.type', 'groups', 'members', 'manager', 'meta.lastModified', 'id', 'active', 'schemas',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', '__proto__', 'constructor', 'password',
  ' eq ', ' ne ', ' co ', ' sw ', ' gt ', ' le ', ' pr', ' and ', ' or ', 'not ', 'not(', '(', ')', '[', ']', '.', ':',
  '"a"', '""', '"\\u0000"', '"\\ud800"', '"', '\\', 'true', 'null', '-1e309', '1', '2011-05-13T04:42:34Z', '"{user}"', ' ',
];

const filters = hostile(fc.oneof(anyFilterSyntax, userFilterSyntax).map(printFilter), PIECES);
const names = hostile(fc.constantFrom('userName', 'name.givenName', 'emails', 'meta.created', 'members'), PIECES);
const numbers = fc.oneof(fc.integer().map(String), fc.string({ maxLength: 4 }), fc.constant('1e9'));
const cursors = fc.oneof(fc.constant(''), fc.string({ maxLength: 40 }), fc.base64String({ maxLength: 40 }));

/** Queries, by GET and by POST to `.search`. */
export const filterTarget: Target = fc
  .record(
    {
      filter: filters,
      sortBy: names,
      sortOrder: fc.constantFrom('ascending', 'descending', 'up', ''),
      startIndex: numbers,
      count: numbers,
      cursor: cursors,
      attributes: names,
      excludedAttributes: names,
    },
    { requiredKeys: ['filter'] },
  )
  .chain((parameters) =>
    fc.record({ at: fc.constantFrom('/Users', '/Groups', '', '/Me'), search: fc.boolean() }).map(({ at, search }) => {
      if (!search) return { method: 'GET', path: `${at}?${query(parameters)}` };
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
      return { method: 'POST', path: `${at}/.search`, body: JSON.stringify({ schemas, ...parameters }) };
    }),
  );

function query(parameters: { readonly [name: string]: string | undefined }): string {
  const given = Object.entries(parameters).map(([name, value = '']) => [name, value.toWellFormed()]);
  return new URLSearchParams(given as [string, string][]).toString();
}
