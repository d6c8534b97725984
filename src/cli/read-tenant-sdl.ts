import type { Config } from '#config/config.ts';
import { tenantSdl } from '#graphql/tenant-sdl.ts';
import type { TenantId } from '#model/resource.ts';
import { openLog } from '#telemetry/logger.ts';
import { loadSchemas } from '../load-schemas.ts';
import { closeBackends, openBackends } from '../open-backends.ts';
import { openTenants } from '../open-tenants.ts';

const STANDARD_ERROR = 2;

/**
 * The SDL that a gateway of the configuration answers for a tenant, without serving.
 * @throws {DirectoryError} INVALID_VALUE for schemas with faults; UNAVAILABLE where the backend of `_system` does not answer
 */
export async function readTenantSdl(config: Config, name: TenantId): Promise<string> {
  const log = openLog('warn', STANDARD_ERROR);
  const schemas = await loadSchemas(config);
  const backends = await openBackends(config, (tenant) => served.registry(tenant));
  const served = openTenants(config, schemas, backends, log);
  try {
    await served.begin();
    const tenant = served.tenants.get(name);
    if (tenant === undefined) throw new TypeError(`the configuration has no tenant ${name}`);
    return await tenantSdl(tenant.graphql);
  } finally {
    await served.end();
    await closeBackends(backends);
    log.close();
  }
}
