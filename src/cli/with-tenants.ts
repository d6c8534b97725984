import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Config } from '#config/config.ts';
import { openLog } from '#telemetry/logger.ts';
import { loadSchemas } from '../load-schemas.ts';
import { closeBackends, openBackends } from '../open-backends.ts';
import { openTenants, type ServedTenants } from '../open-tenants.ts';

const STANDARD_ERROR = 2;

/** Work with the tenants of a configuration as a start would open them, without serving. @throws {DirectoryError} INVALID_VALUE for schemas with faults */
export async function withTenants<T>(
  config: Config,
  work: (served: ServedTenants, backends: ReadonlyMap<string, DirectoryAdapter>) => Promise<T>,
): Promise<T> {
  const log = openLog('warn', STANDARD_ERROR);
  const schemas = await loadSchemas(config);
  const backends = await openBackends(config, (tenant) => served.registry(tenant));
  const served = openTenants(config, schemas, backends, log);
  try {
    return await work(served, backends);
  } finally {
    await served.end();
    await closeBackends(backends);
    log.close();
  }
}
