import type { Config, TenantConfig } from '#config/config.ts';
import { asDirectoryError, DirectoryError, type Fault } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';
import type { Tenant } from './open-tenants.ts';

/**
 * That each tenant's backend can do what the tenant's settings ask of it, which a configuration alone does not tell.
 * @throws {DirectoryError} INVALID_VALUE with the faults of all tenants at once
 */
export function checkAbilities({ tenants }: Config, opened: ReadonlyMap<TenantId, Tenant>): void {
  const faults = [...tenants.values()].flatMap((tenant) => {
    const served = opened.get(tenant.name);
    return served === undefined ? [] : faultsOf(tenant, served);
  });
  if (faults.length > 0) throw new DirectoryError('INVALID_VALUE', 'a backend lacks what a tenant needs', { faults });
}

function faultsOf({ name, backend, lifeCycle }: TenantConfig, { adapter, schemas }: Tenant): readonly Fault[] {
  const refused: Fault[] = [];
  const retains = schemas.registry.types.map((type) => {
    try {
      return adapter.capabilities(name, type.name).retain;
    } catch (error) {
      refused.push(refusalOf(name, backend, error));
      return false;
    }
  });
  if (refused.length > 0) return refused;
  const retainsAll = retains.every((each) => each);
  if (lifeCycle.onDelete !== 'retain' || retainsAll) return [];
  const path = `tenants.${name}.lifeCycle.onDelete`;
  return [{ path, expected: `remove or deactivate, since the backend "${backend}" retains nothing`, got: '"retain"' }];
}

/** A backend says by itself that it cannot serve the tenant, such as a directory without a place for an attribute. */
function refusalOf(tenant: string, backend: string, error: unknown): Fault {
  const known = asDirectoryError(error);
  if (known === undefined) throw error;
  return { path: `tenants.${tenant}.backend`, expected: `a backend that fits (${known.message})`, got: `"${backend}"` };
}
