import type { Config } from '#config/config.ts';
import { loadSchemaSource } from '#config/schema-source.ts';
import { checkPolicies } from '#core/policy/attribute-policy.ts';
import { openRegistry, type RegistryOptions, type SchemaRegistry } from '#core/schema/registry.ts';
import { resolvePath } from '#core/schema/resolve-path.ts';
import { asDirectoryError, DirectoryError, type Fault } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';

/**
 * What every tenant's registry is opened with, from the schema files that its configuration names.
 * @throws {DirectoryError} INVALID_VALUE with the faults of all files of all tenants at once; where a file of a tenant cannot be
 * read, of its other files only whether they can, since what they say may rest on it
 */
export async function loadSchemas({ tenants }: Config): Promise<ReadonlyMap<TenantId, RegistryOptions>> {
  const loaded = new Map<TenantId, RegistryOptions>();
  const faults: Fault[] = [];
  for (const { name, schemas, switches, lifeCycle, sensitiveFilters, policies } of tenants.values()) {
    const read = await Promise.allSettled(schemas.map(loadSchemaSource));
    const unread = read.filter((file) => file.status === 'rejected');
    faults.push(...unread.flatMap(({ reason }) => faultsOf(reason, `tenants.${name}.schemas`)));
    if (unread.length > 0) continue;
    try {
      const sources = read.flatMap((file) => (file.status === 'fulfilled' ? [file.value] : []));
      const options = { sources, ...lifeCycle, uniqueGroupNames: switches.uniqueGroupNames };
      const registry = openRegistry(options);
      loaded.set(name, options);
      faults.push(...checkPaths(registry, sensitiveFilters, `tenants.${name}.sensitiveFilters`));
      faults.push(...checkPolicies(registry, new Map(Object.entries(policies)), `tenants.${name}.policies`));
    } catch (error) {
      faults.push(...faultsOf(error, `tenants.${name}.schemas`));
    }
  }
  if (faults.length > 0)
    throw new DirectoryError('INVALID_VALUE', 'the configuration does not fit its schemas, or names some with faults', {
      faults,
    });
  return loaded;
}

/** A misspelt name would guard nothing. A URN of no schema is let through, since schemas can be added at run time. */
function checkPaths({ types, schemas }: SchemaRegistry, paths: readonly string[], key: string): readonly Fault[] {
  const isForeign = (path: string) =>
    /^urn:/i.test(path) && !schemas.some(({ id }) => path.toLowerCase().startsWith(id.toLowerCase()));
  return paths.flatMap((path, index) => {
    if (isForeign(path) || types.some((type) => resolvePath(type, path) !== undefined)) return [];
    const got = JSON.stringify(path);
    return [{ path: `${key}[${index}]`, expected: 'the path of an attribute of some resource type', got }];
  });
}

function faultsOf(error: unknown, path: string): readonly Fault[] {
  const known = asDirectoryError(error);
  if (known === undefined) throw error;
  if (known.faults.length === 0) return [{ path, expected: 'documents of RFC 7643 §6 and §7', got: known.message }];
  return known.faults.map((fault) => ({ ...fault, path: `${path}: ${fault.path}` }));
}
