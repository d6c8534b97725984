import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const PAGES = [...globSync('*.md'), ...globSync('docs/**/*.md')];

test.each(PAGES)('the links of %s to other files lead somewhere', (page) => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)(?:#[^)]*)?\)/g)];
  const missing = links.map(([, path = '']) => join(dirname(page), path)).filter((path) => !existsSync(path));
  expect(missing).toEqual([]);
});
