import type { Config, TenantConfig } from '#config/config.ts';
import type { Directory } from '#core/directory.ts';
import { DirectoryError, type Fault } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';

/**
 * That each tenant's backend can do what the tenant's settings ask of it, which a configuration alone does not tell.
 * @throws {DirectoryError} INVALID_VALUE with the faults of all tenants at once
 */
export function checkAbilities(
  { tenants }: Config,
  opened: ReadonlyMap<TenantId, { readonly directory: Directory }>,
): void {
  const faults = [...tenants.values()].flatMap((tenant) => {
    const directory = opened.get(tenant.name)?.directory;
    return directory === undefined ? [] : faultsOf(tenant, directory);
  });
  if (faults.length > 0) throw new DirectoryError('INVALID_VALUE', 'a backend lacks what a tenant needs', { faults });
}

function faultsOf({ name, backend, lifeCycle }: TenantConfig, directory: Directory): readonly Fault[] {
  const retainsAll = directory.registry.types.every((type) => directory.capabilities(type).retain);
  if (lifeCycle.onDelete !== 'retain' || retainsAll) return [];
  const path = `tenants.${name}.lifeCycle.onDelete`;
  return [{ path, expected: `remove or deactivate, since the backend "${backend}" retains nothing`, got: '"retain"' }];
}
