import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { NameBook } from '#core/system/name-book.ts';
import type { TenantNames } from '#core/system/tenant-names.ts';
import { mapFields } from './field-map.ts';
import type { Naming } from './naming.ts';
import { openNaming } from './standard-names.ts';

/**
 * The names of a tenant's schema, all of them kept. Where the tenant has the standard schemas alone, nothing is read.
 * @throws {DirectoryError} UNAVAILABLE as `TenantNames.keep`
 */
export async function openKeptNaming(registry: SchemaRegistry, names: TenantNames): Promise<Naming> {
  const namesToAdd = (kept: NameBook): NameBook => {
    const naming = openNaming(kept);
    mapFields(registry, naming);
    return naming.fresh;
  };
  const nothing: NameBook = new Map();
  return openNaming(namesToAdd(nothing).size === 0 ? nothing : await names.keep(namesToAdd));
}
