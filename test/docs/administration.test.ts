import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ADMIN_ROUTES, BODY_LIMIT_BYTES } from '#admin/admin-face.ts';
import { ADMIN_STATUS } from '#admin/problem.ts';

const PAGE = readFileSync(new URL('../../docs/administration.md', import.meta.url), 'utf8');

test('docs/administration.md lists every endpoint, and no other', () => {
  const listed = [...PAGE.matchAll(/^\| `([A-Z]+ \/admin\S*)` \|/gm)].map(([, endpoint]) => endpoint);
  const routed = ADMIN_ROUTES.map(({ method, path }) => `${method} /admin${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(listed.toSorted()).toEqual(routed.toSorted());
});

test('docs/administration.md has every code with its status, and the longest body', () => {
  const rows = [...PAGE.matchAll(/^\| ([A-Z_]+) \| (\d+) \|$/gm)].map(([, code, status]) => [code, Number(status)]);
  expect(Object.fromEntries(rows)).toEqual(ADMIN_STATUS);
  expect(PAGE).toContain(`${BODY_LIMIT_BYTES} bytes`);
});
