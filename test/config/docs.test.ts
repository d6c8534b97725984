import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listKeys } from '#config/key-table.ts';

const PAGE = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

/** The rows of the page's tables of keys: `| key | value | default | unit | secret | meaning |`. */
const ROWS = new Map(
  [...PAGE.matchAll(/^\| `([a-z]+[.[][^`]+)` \|(.+)\|$/gm)].map(([, key = '', cells = '']) => [
    key,
    cells.split('|').map((cell) => cell.trim()),
  ]),
);

describe('docs/configuration.md', () => {
  test('has a row for every key of the schema, and for no other', () => {
    expect([...ROWS.keys()].toSorted()).toEqual([...listKeys().keys()].toSorted());
  });

  test.each([...listKeys()])(
    'says of %s what the schema says',
    (key, { description, default: value, unit, secret }) => {
      const shown = value === undefined ? '' : `\`${JSON.stringify(value)}\``;
      expect(ROWS.get(key)?.slice(0, 4)).toEqual([description, shown, unit ?? '', secret ? 'yes' : '']);
      expect(ROWS.get(key)?.[4]).not.toBe('');
    },
  );
});
