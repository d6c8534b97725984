import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT, Running } from './portico.ts';

type Packages = Readonly<Record<string, { readonly version: string; readonly dev?: true; readonly optional?: true }>>;

const LOCKED: Packages = {
  'node_modules/express': { version: '5.0.0' },
  'node_modules/vitest': { version: '5.0.0', dev: true },
  'node_modules/node-other-platform': { version: '24.0.0', optional: true },
};
const EXPRESS = { 'node_modules/express': { version: '5.0.0' } };
const OLD_EXPRESS = { 'node_modules/express': { version: '4.0.0' } };
const VITEST = { 'node_modules/vitest': { version: '5.0.0', dev: true } } as const;

/** Installs into a clone where `installed` is there already; an npm that only notes what it is told stands in for the registry. */
async function install(what: 'runtime' | 'all', installed: Packages, npmStatus = 0) {
  const clone = mkdtempSync(join(tmpdir(), 'portico-install-'));
  onTestFinished(() => rmSync(clone, { recursive: true }));
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), content);
  };
  cpSync(join(ROOT, 'scripts/install.mjs'), join(clone, 'scripts/install.mjs'));
  write('package-lock.json', JSON.stringify({ packages: { '': {}, ...LOCKED } }));
  if (Object.keys(installed).length > 0)
    write('node_modules/.package-lock.json', JSON.stringify({ packages: installed }));
  for (const path of Object.keys(installed)) write(`${path}/package.json`, '{}');
  write('bin/npm', `#!/bin/sh\necho "$*" > "${clone}/told"\nexit ${npmStatus}\n`);
  chmodSync(join(clone, 'bin/npm'), 0o755);
  const path = [join(clone, 'bin'), process.env['PATH']].join(delimiter);
  const { code, err } = await new Running(process.execPath, [join(clone, 'scripts/install.mjs'), what], {
    PATH: path,
  }).ended();
  const told = join(clone, 'told');
  return { code, err, npm: existsSync(told) ? readFileSync(told, 'utf8').split(' --no-')[0] : undefined };
}

test.each([
  ['installs nothing where the runtime packages are there as locked', 'runtime', EXPRESS, undefined],
  ['installs the runtime packages alone into a fresh clone', 'runtime', {}, 'ci --omit=dev'],
  ['installs anew where a package has another version', 'runtime', OLD_EXPRESS, 'ci --omit=dev'],
  ['takes away no development packages', 'runtime', { ...OLD_EXPRESS, ...VITEST }, 'ci --include=dev'],
  ['installs everything for the tests', 'all', EXPRESS, 'ci --include=dev'],
  ['installs nothing for the tests where everything is there', 'all', { ...EXPRESS, ...VITEST }, undefined],
] as const)('%s', async (_title, what, installed, told) => {
  expect(await install(what, installed)).toMatchObject({ code: 0, npm: told });
});

test('an installation that fails ends with 1 and says what is missing', async () => {
  const { code, err } = await install('runtime', {}, 1);
  expect(err).toContain("npm ci failed; packages come from npm's registry");
  expect(code).toBe(1);
});
