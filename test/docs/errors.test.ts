import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GRAPHQL_ERRORS } from '#graphql/errors.ts';
import { SCIM_ERRORS } from '#scim/errors.ts';

/** Rows of the first table of docs/errors.md by their code: the columns SCIM and GraphQL. */
function documentedErrors(): { readonly [code: string]: readonly [string, string] } {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const rows = page.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, code = '', , scim = '', graphql = ''] = cells;
    return /^[A-Z_]+$/.test(code) ? [[code, [scim, graphql]] as const] : [];
  });
  expect(new Set(rows.map(([code]) => code)).size).toBe(rows.length);
  return Object.fromEntries(rows);
}

test('docs/errors.md has every code with what both faces answer, and no other', () => {
  const answered = Object.entries(SCIM_ERRORS).map(([code, { status, scimType }]) => {
    const scim = scimType === undefined ? String(status) : `${status} ${scimType}`;
    return [code, [scim, GRAPHQL_ERRORS[code as keyof typeof GRAPHQL_ERRORS]]];
  });
  expect(documentedErrors()).toStrictEqual(Object.fromEntries(answered));
});
