import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VERSION } from '#config/version.ts';
import { ROOT, Running } from './portico.ts';

describe('the npm package that npm run build makes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portico-build-'));
  const node = (...args: readonly string[]) => new Running(process.execPath, args, {}, folder).ended();

  beforeAll(() => {
    execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), folder], { stdio: 'pipe' });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('runs as JavaScript', async () => {
    expect(await node('src/main.js', '--version')).toEqual({ code: 0, out: `portico ${VERSION}\n`, err: '' });
  });

  test('offers the contract and its suite to those who write an adapter, each with its types', async () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const entries = Object.entries<{ types: string; default: string }>(manifest.exports).filter(
      ([, { types }]) => types,
    );
    expect(entries.map(([name]) => name)).toEqual(['./adapter', './errors', './contract']);
    for (const [, { types, default: file }] of entries) {
      expect([types, file].filter((path) => !existsSync(join(folder, path)))).toEqual([]);
    }
    const { out, err } = await node(
      '-e',
      "import('portico/errors').then(({ DirectoryError }) => console.log(DirectoryError.name))",
    );
    expect({ out, err }).toEqual({ out: 'DirectoryError\n', err: '' });
  });

  test('names no TypeScript source', () => {
    const files = globSync('{src,adapters,test}/**/*.{js,d.ts}', { cwd: folder });
    const naming = files.filter((file) =>
      /\bfrom '[.#][^']+\.ts'|import\('[.#][^']+\.ts'/.test(readFileSync(join(folder, file), 'utf8')),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(naming).toEqual([]);
  });
});
