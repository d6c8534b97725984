/**
 * Tells which changes of the standard SDL would break clients of the published one; `--publish` makes the present one the
 * published one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { openRegistry } from '#core/schema/registry.ts';
import { breakingChanges } from './breaking-changes.ts';
import { generateSdl } from './sdl/generate-sdl.ts';
import { printSdl } from './sdl/print-sdl.ts';

/** Not `.graphql`, which is what `npm run generate` and codegen.yml take for the schema itself. */
export const PUBLISHED = new URL('../../schema/graphql/published.graphqls', import.meta.url);
const HEADER =
  '# What clients may rely on; `npm run check:breaking` holds the schema to it. Written by `npm run publish:schema` alone.\n\n';

/** The SDL of the standard registry, as clients get it. */
export function standardSdl(): string {
  return printSdl(generateSdl(openRegistry()).sdl);
}

function main(publish: boolean): void {
  if (publish) {
    writeFileSync(PUBLISHED, HEADER + standardSdl());
    return;
  }
  const changes = breakingChanges(readFileSync(PUBLISHED, 'utf8'), standardSdl());
  if (changes.length === 0) return;
  const list = changes.map((change) => `  ${change}\n`).join('');
  process.stderr.write(`the schema breaks clients of schema/graphql/published.graphqls:\n${list}`);
  process.stderr.write('Keep what was there, or see "A breaking change of the schema" in CONTRIBUTING.md.\n');
  process.exitCode = 1;
}

if (import.meta.main) main(process.argv.includes('--publish'));
