import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openRegistry, type SchemaRegistry } from '#core/schema/registry.ts';
import { mergeBooks, type NameBook } from '#core/system/name-book.ts';
import { openNaming, standardNames } from '#graphql/fields/standard-names.ts';
import { generateSdl } from '#graphql/sdl/generate-sdl.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { schemasOf } from './arbitrary-schema.ts';
import { holdsFor, SEED } from './runs.ts';

function open(content: readonly Json[]): SchemaRegistry | undefined {
  try {
    return openRegistry({ sources: [{ name: '', content }] });
  } catch (error) {
    if (error instanceof DirectoryError && error.faults.length > 0) return undefined;
    throw error;
  }
}

/** What is kept after a schema was made with what was kept before. */
function keepNames(registry: SchemaRegistry, kept: NameBook): NameBook {
  const naming = openNaming(kept);
  generateSdl(registry, naming);
  return mergeBooks(kept, naming.fresh);
}

/** Every name of a book as `space thing name`. */
function entriesOf(book: NameBook): readonly string[] {
  return [...book].flatMap(([space, names]) => [...names].map(([thing, name]) => JSON.stringify([space, thing, name])));
}

/** Some of the documents in another order, again and again. */
const histories = schemasOf.chain((documents) =>
  fc.tuple(fc.constant(documents), fc.array(fc.shuffledSubarray([...documents]), { minLength: 1, maxLength: 4 })),
);

test(`schemas come, go and change places, and no name that was given is another or another's (PORTICO_SEED=${SEED})`, () => {
  let made = 0;
  const property = fc.property(histories, ([documents, steps]) => {
    let kept: NameBook = new Map();
    for (const content of [...steps, documents]) {
      const registry = open(content);
      if (registry === undefined) continue;
      made += 1;
      const before = entriesOf(kept);
      kept = keepNames(registry, kept);
      expect(entriesOf(kept)).toEqual(expect.arrayContaining([...before]));
      for (const [space, names] of kept) {
        const all = [...names.values(), ...(standardNames().get(space)?.values() ?? [])];
        expect(new Set(all).size, space).toBe(all.length);
      }
      const again = openNaming(kept);
      const sdl = generateSdl(registry, again).sdl;
      expect([...again.fresh]).toEqual([]);
      expect(generateSdl(registry, openNaming(kept)).sdl).toBe(sdl);
    }
  });
  holdsFor(80, property);
  // Most draws are no valid registry, some days more of them than on others.
  expect(made).toBeGreaterThan(10);
});
