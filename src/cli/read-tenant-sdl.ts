import type { Config } from '#config/config.ts';
import { tenantSdl } from '#graphql/tenant-sdl.ts';
import type { TenantId } from '#model/resource.ts';
import { withTenants } from './with-tenants.ts';

/**
 * The SDL that a gateway of the configuration answers for a tenant, without serving.
 * @throws {DirectoryError} INVALID_VALUE for schemas with faults; UNAVAILABLE where the backend of `_system` does not answer
 */
export async function readTenantSdl(config: Config, name: TenantId): Promise<string> {
  return withTenants(config, async (served) => {
    await served.begin();
    const tenant = served.tenants.get(name);
    if (tenant === undefined) throw new TypeError(`the configuration has no tenant ${name}`);
    return tenantSdl(tenant.graphql);
  });
}
