/** `npm run build [folder]`: the npm package as JavaScript with declarations, since Node strips no types under node_modules. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['src', 'adapters', 'test/contract'];
const COPIED = ['schema', 'README.md', 'LICENSE', 'CHANGELOG.md', 'docs'];
/** The specifier of an import, export or dynamic import, of a file that the build renames. */
const SPECIFIER = /((?:\bfrom|\bimport)\s*\(?\s*)(['"])([.#][^'"\n]*)\.ts\2/g;

build(resolve(process.argv[2] ?? join(ROOT, 'dist')));

function build(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const files = globSync(
    SOURCES.map((source) => `${source}/**/*`),
    { cwd: ROOT, withFileTypes: false },
  );
  for (const file of files.filter((name) => /\.[a-z]+$/.test(name))) {
    if (file.endsWith('.ts'))
      write(join(folder, file.replace(/\.ts$/, '.js')), toJavaScript(readFileSync(join(ROOT, file), 'utf8')));
    else cpSync(join(ROOT, file), join(folder, file));
  }
  for (const name of COPIED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  write(join(folder, 'package.json'), `${JSON.stringify(packageManifest(), null, 2)}\n`);
  const main = join(folder, 'src/main.js');
  writeFileSync(main, `#!/usr/bin/env node\n${readFileSync(main, 'utf8')}`);
  chmodSync(main, 0o755);
  declareTypes(folder);
}

function toJavaScript(source: string): string {
  return withBuiltSpecifiers(stripTypeScriptTypes(source));
}

function withBuiltSpecifiers(source: string): string {
  return source.replace(SPECIFIER, '$1$2$3.js$2');
}

function declareTypes(folder: string): void {
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  execFileSync(tsc, ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', folder], { stdio: 'inherit' });
  for (const file of globSync('**/*.d.ts', { cwd: folder, exclude: ['node_modules'] })) {
    const path = join(folder, file);
    writeFileSync(path, withBuiltSpecifiers(readFileSync(path, 'utf8')));
  }
}

/** The imports of the sources fit as they stand: only what follows the last dot differs. */
function packageManifest(): object {
  const { name, version, description, license, type, imports, dependencies, devDependencies } = manifest;
  const entry = (path: string) => ({ types: `./${path}.d.ts`, default: `./${path}.js` });
  return {
    name,
    version,
    description,
    license,
    type,
    engines: { node: '>=24' },
    bin: { portico: 'src/main.js' },
    imports,
    exports: {
      './adapter': entry('adapters/adapter'),
      './errors': entry('src/model/errors'),
      './contract': entry('test/contract/adapter-contract'),
      './package.json': './package.json',
    },
    dependencies,
    peerDependencies: { vitest: devDependencies.vitest },
    peerDependenciesMeta: { vitest: { optional: true } },
  };
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
