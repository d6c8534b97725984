import { openRegistry } from '#core/schema/registry.ts';
import type { NameBook } from '#core/system/name-book.ts';
import { mapFields } from './field-map.ts';
import { Naming } from './naming.ts';

let book: NameBook | undefined;

/**
 * The names of what RFC 7643 defines. They follow from its schemas alone, which every registry has, and weigh more than any that a
 * tenant's own schemas were given: nothing has to be remembered for them to stay.
 */
export function standardNames(): NameBook {
  if (book === undefined) {
    const naming = new Naming();
    mapFields(openRegistry(), naming);
    book = naming.fresh;
  }
  return book;
}

/** Naming for a tenant, with what its own schemas were given before. */
export function openNaming(kept: NameBook = new Map()): Naming {
  return new Naming(standardNames(), kept);
}
