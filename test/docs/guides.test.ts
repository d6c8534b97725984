import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PROFILES } from '#config/profiles.ts';
import { IDENTITY_PROVIDERS } from '#src/cli/connect/identity-providers.ts';

const ROOT = new URL('../../', import.meta.url);
const README = readFileSync(new URL('README.md', ROOT), 'utf8');

/** The tables of fields, each with the heading above it. */
function pagesOf(guide: string) {
  return guide
    .split(/^## /m)
    .map((section) => {
      const [, table = ''] = /^\| Field \| Value \|\n\|---\|---\|\n((?:\|.*\n)+)/m.exec(section) ?? [];
      const rows = [...table.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)];
      return {
        where: section.slice(0, section.indexOf('\n')),
        fields: rows.map(([, label, value]) => ({ label, value })),
      };
    })
    .filter(({ fields }) => fields.length > 0);
}

describe.each([...IDENTITY_PROVIDERS.values()])('the guide of $title', ({ name, title, pages, template, profile }) => {
  const guide = readFileSync(new URL(`docs/guides/${name}.md`, ROOT), 'utf8');

  test('has every field that portico connect prints, and no other', () => {
    expect(pagesOf(guide)).toEqual(pages);
  });

  test('has the text of a field that is too long for the table', () => {
    const blocks = [...guide.matchAll(/^```json\n([\s\S]*?)\n```$/gm)].map(([, text]) => text);
    expect(blocks).toEqual(template === undefined ? [] : [template.text]);
  });

  test('bears its name, says how to print it for a tenant, and which profile to choose', () => {
    expect(guide.startsWith(`# ${title}\n`)).toBe(true);
    expect(guide).toContain(`npx portico connect ${name} --tenant <tenant>`);
    expect(guide).toContain(`\`profile: ${profile}\``);
    const named = [...guide.matchAll(/`profile: (\w+)`/g)].map(([, choice = '']) => choice);
    expect(named.filter((choice) => !PROFILES.includes(choice as (typeof PROFILES)[number]))).toEqual([]);
  });

  test('names conversations that are there, and stands in the README', () => {
    const folders = [...guide.matchAll(/`(test\/transcripts\/[^`]+)`/g)].map(([, path = '']) => path);
    expect(folders).not.toEqual([]);
    expect(folders.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
    expect(README).toContain(`(docs/guides/${name}.md)`);
  });
});
