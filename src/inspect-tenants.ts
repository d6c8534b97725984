import { setTimeout as wait } from 'node:timers/promises';
import type { Config, TenantConfig } from '#config/config.ts';
import { openSystemCall } from '#http/system-call.ts';
import { asDirectoryError } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';
import type { Log } from '#telemetry/logger.ts';
import type { Tenant } from './open-tenants.ts';

const INSPECTION_MS = 10_000;
const AGAIN_AFTER_MS = 10_000;

/**
 * Tells the log, once, what each tenant's server lacks and what an operator should know of it. It keeps no start waiting: a server that
 * does not answer is asked again until it does.
 */
export function inspectTenants(
  { tenants }: Config,
  opened: ReadonlyMap<TenantId, Pick<Tenant, 'adapter'>>,
  { logger }: Pick<Log, 'logger'>,
): { end(): Promise<void> } {
  const ended = new AbortController();
  const inspecting = [...tenants.values()].map((tenant) =>
    inspect(tenant, opened.get(tenant.name), logger, ended.signal).catch((error: unknown) =>
      logger.error({ err: error }),
    ),
  );
  return {
    async end() {
      ended.abort();
      await Promise.all(inspecting);
    },
  };
}

async function inspect(
  { name, backend }: TenantConfig,
  tenant: Pick<Tenant, 'adapter'> | undefined,
  logger: Log['logger'],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const call = openSystemCall(name, INSPECTION_MS);
    try {
      const found = await tenant?.adapter.inspect?.({ ...call, signal: AbortSignal.any([call.signal, signal]) });
      const about = { tenant: name, backend };
      for (const each of found?.faults ?? [])
        logger.error({ ...about, ...each }, 'a backend lacks what a tenant needs');
      for (const each of found?.notices ?? [])
        logger.warn({ ...about, ...each }, 'a backend has something to be known');
      return;
    } catch (error) {
      if (asDirectoryError(error) === undefined) throw error;
      await wait(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
