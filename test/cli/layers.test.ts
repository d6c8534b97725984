import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Imports that the layers forbid: the rule that must speak, the importing file, the line in it, the file that the line reaches. */
const FORBIDDEN: readonly (readonly [rule: string, from: string, line: string, to: string])[] = [
  ['faces-stand-alone', 'src/scim/planted-value.ts', "import { x } from '#graphql/face.ts'; x;", 'src/graphql/face.ts'],
  [
    'faces-stand-alone',
    'src/scim/planted-type.ts',
    "import type { X } from '#graphql/face.ts';",
    'src/graphql/face.ts',
  ],
  ['faces-stand-alone', 'src/scim/inline-type.ts', "import { type X } from '#graphql/face.ts';", 'src/graphql/face.ts'],
  ['faces-stand-alone', 'src/graphql/re-export.ts', "export type { X } from '#scim/face.ts';", 'src/scim/face.ts'],
  ['faces-stand-alone', 'src/graphql/dynamic.ts', "await import('../scim/face.ts');", 'src/scim/face.ts'],
  [
    'faces-stand-alone',
    'src/scim/to-adapter.ts',
    "import { x } from '#adapters/memory/x.ts'; x;",
    'adapters/memory/x.ts',
  ],
  ['model-is-a-leaf', 'src/model/planted.ts', "import type { X } from '#core/rules.ts';", 'src/core/rules.ts'],
  ['contract-speaks-model', 'adapters/adapter.ts', "import type { X } from '#core/rules.ts';", 'src/core/rules.ts'],
  [
    'adapters-stand-alone',
    'adapters/memory/planted.ts',
    "import { x } from '../redis/x.ts'; x;",
    'adapters/redis/x.ts',
  ],
  ['adapters-stand-alone', 'adapters/redis/planted.ts', "import { x } from '#core/rules.ts'; x;", 'src/core/rules.ts'],
  ['registry-knows-adapters', 'adapters/registry.ts', "import { x } from '#core/rules.ts'; x;", 'src/core/rules.ts'],
  [
    'core-knows-the-contract-only',
    'src/core/planted.ts',
    "import { x } from '#adapters/memory/x.ts'; x;",
    'adapters/memory/x.ts',
  ],
  ['core-knows-the-contract-only', 'src/core/to-face.ts', "import { x } from '#scim/face.ts'; x;", 'src/scim/face.ts'],
  [
    'decorators-wrap-the-contract',
    'src/telemetry/planted.ts',
    "import { x } from '#core/rules.ts'; x;",
    'src/core/rules.ts',
  ],
  [
    'administration-translates-to-core',
    'src/admin/planted.ts',
    "import { x } from '#scim/face.ts'; x;",
    'src/scim/face.ts',
  ],
  ['edge-is-protocol-free', 'src/http/planted.ts', "import { x } from '#core/rules.ts'; x;", 'src/core/rules.ts'],
  ['config-knows-no-part', 'src/config/planted.ts', "import { x } from '#core/rules.ts'; x;", 'src/core/rules.ts'],
  ['demo-is-a-client', 'src/demo/planted.ts', "import { x } from '#adapters/memory/x.ts'; x;", 'adapters/memory/x.ts'],
  ['sources-know-no-test', 'src/compose.ts', "import { x } from '#test/x.ts'; x;", 'test/x.ts'],
  ['compose-is-started', 'src/core/to-compose.ts', "import { x } from '#src/compose.ts'; x;", 'src/compose.ts'],
  ['folders-have-a-rule', 'src/audit/planted.ts', "import { x } from '#core/rules.ts'; x;", 'src/core/rules.ts'],
  ['express-in-its-place', 'src/core/web.ts', "import express from 'express'; express;", 'node_modules/express'],
];

/** What the layers allow, so that no rule is passed by forbidding everything. */
const ALLOWED: readonly (readonly [from: string, line: string])[] = [
  ['src/scim/face.ts', "import { x } from '#core/rules.ts'; export { x }; export type X = string;"],
  ['src/graphql/face.ts', "import { x } from '#core/rules.ts'; export { x }; export type X = string;"],
  ['src/core/rules.ts', "import type { Call } from '#model/call.ts'; export const x = 1; export type X = Call;"],
  ['src/model/call.ts', 'export type Call = string;'],
  ['adapters/memory/x.ts', "import type { Call } from '#model/call.ts'; export const x: Call = '';"],
  ['adapters/redis/x.ts', 'export const x = 1;'],
  ['src/main.ts', "import { x } from '#src/compose.ts'; x;"],
  ['test/x.ts', "export { x } from '#core/rules.ts';"],
];

describe('the layer rules, over a tree of planted imports', () => {
  const tree = mkdtempSync(join(tmpdir(), 'portico-layers-'));
  let violations: readonly string[] = [];
  let failed = false;

  beforeAll(() => {
    for (const file of ['package.json', '.dependency-cruiser.mjs']) cpSync(join(ROOT, file), join(tree, file));
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    for (const [file, line] of [...ALLOWED, ...FORBIDDEN.map(([, from, line]) => [from, line] as const)]) {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), `${line}\nexport {};\n`);
    }
    ({ failed, violations } = cruise(tree));
  });
  afterAll(() => rmSync(tree, { recursive: true }));

  test.each(FORBIDDEN)('%s: %s may not hold "%s"', (rule, from, _line, to) => {
    expect(violations).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: ${from} → .*${to}`)));
  });

  test('the check fails', () => expect(failed).toBe(true));

  test('an import that no rule forbids is let through', () => {
    const sources = ALLOWED.map(([file]) => file);
    expect(violations.filter((violation) => sources.some((file) => violation.includes(`: ${file} `)))).toEqual([]);
  });
});

/** Runs what `npm run layers` runs. */
function cruise(tree: string): { readonly failed: boolean; readonly violations: readonly string[] } {
  const args = [join(ROOT, 'node_modules/.bin/depcruise'), 'src', 'adapters'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
  const found = stdout.matchAll(/^ {2}error (?<violation>\S+: \S+ → \S+)$/gm);
  return { failed: status !== 0, violations: [...found].map(({ groups }) => groups?.['violation'] ?? '') };
}
