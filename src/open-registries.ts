import type { Config } from '#config/config.ts';
import { loadSchemaSource } from '#config/schema-source.ts';
import { openRegistry, type SchemaRegistry } from '#core/schema/registry.ts';
import { asDirectoryError, DirectoryError, type Fault } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';

/**
 * Every tenant's registry, from the schema files that its configuration names.
 * @throws {DirectoryError} INVALID_VALUE with the faults of all files of all tenants at once
 */
export async function openRegistries({ tenants }: Config): Promise<ReadonlyMap<TenantId, SchemaRegistry>> {
  const registries = new Map<TenantId, SchemaRegistry>();
  const faults: Fault[] = [];
  for (const { name, schemas, switches, lifeCycle } of tenants.values()) {
    try {
      const sources = await Promise.all(schemas.map(loadSchemaSource));
      registries.set(name, openRegistry({ sources, ...lifeCycle, uniqueGroupNames: switches.uniqueGroupNames }));
    } catch (error) {
      faults.push(...faultsOf(error, `tenants.${name}.schemas`));
    }
  }
  if (faults.length > 0)
    throw new DirectoryError('INVALID_VALUE', 'the configuration names schemas with faults', { faults });
  return registries;
}

function faultsOf(error: unknown, path: string): readonly Fault[] {
  const known = asDirectoryError(error);
  if (known === undefined) throw error;
  if (known.faults.length === 0) return [{ path, expected: 'documents of RFC 7643 §6 and §7', got: known.message }];
  return known.faults.map((fault) => ({ ...fault, path: `${path}: ${fault.path}` }));
}
