/** Writes the SDL of the standard registry to schema/graphql; `--check` only says which files are not current. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openRegistry } from '#core/schema/registry.ts';
import { generateSdl } from './sdl/generate-sdl.ts';

const FOLDER = new URL('../../schema/graphql/', import.meta.url);
const HEADER = '# Generated from schema/scim by `npm run generate`; edit src/graphql/sdl instead.\n\n';

/** What each generated file of schema/graphql holds. */
export function sdlFiles(): ReadonlyMap<string, string> {
  const { nouns } = generateSdl(openRegistry());
  return new Map([...nouns].map(([noun, sdl]) => [`${noun}.graphql`, `${HEADER}${sdl}`]));
}

function staleFiles(files: ReadonlyMap<string, string>): readonly string[] {
  const current = (name: string) => {
    const file = new URL(name, FOLDER);
    return existsSync(file) && readFileSync(file, 'utf8') === files.get(name);
  };
  const left = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql') && !files.has(name));
  return [...[...files.keys()].filter((name) => !current(name)), ...left];
}

function main(check: boolean): void {
  const files = sdlFiles();
  if (!check) {
    mkdirSync(FOLDER, { recursive: true });
    for (const [name, sdl] of files) writeFileSync(new URL(name, FOLDER), sdl);
  }
  const stale = staleFiles(files);
  if (stale.length === 0) return;
  process.stderr.write(`schema/graphql is not current (${stale.join(', ')}); run \`npm run generate\`\n`);
  process.exitCode = 1;
}

if (import.meta.main) main(process.argv.includes('--check'));
