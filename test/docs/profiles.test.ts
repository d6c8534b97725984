import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROFILES, SWITCHES } from '#config/profiles.ts';

const PAGE = readFileSync(new URL('../../docs/profiles.md', import.meta.url), 'utf8');

test('docs/profiles.md has a row for every switch, with what each profile does, and for no other', () => {
  const rows = [...PAGE.matchAll(/^\| `(\w+)` \|(.+)\|$/gm)].map(([, name = '', cells = '']) => {
    const [values = '', ...rest] = cells.split('|').map((cell) => cell.trim());
    return [name, { values: values.split(', '), in: rest.slice(0, PROFILES.length) }] as const;
  });
  const table = Object.entries(SWITCHES).map(([name, row]) => {
    const ofProfiles = PROFILES.map((profile) => String(row.in[profile]));
    return [name, { values: row.values.map(String), in: ofProfiles }] as const;
  });
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(table));
  expect(rows).toHaveLength(table.length);
});

test('the transcripts that docs/profiles.md and the switches name are there', () => {
  const sources = ['core/leniency.ts', 'scim/profiles.ts', 'scim/idp-quirks.ts'].map((path) =>
    readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8'),
  );
  const named = [PAGE, ...sources].flatMap((text) => text.match(/transcripts\/[\w/-]+\.json/g) ?? []);
  expect(named).not.toEqual([]);
  expect(named.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
});
