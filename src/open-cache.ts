import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { RedisConnection } from '#adapters/redis/connection/connection.ts';
import { parseRedisOptions } from '#adapters/redis/options.ts';
import type { Config } from '#config/config.ts';
import { keyAttributesOf } from '#core/keys.ts';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import { openSystemCall } from '#http/system-call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { ResourceTypeName, TenantId } from '#model/resource.ts';
import type { Log } from '#telemetry/logger.ts';
import { cached } from './cache/cached-adapter.ts';
import { type Following, followChanges } from './cache/follow-changes.ts';
import type { ObserveCache } from './cache/options.ts';
import { CacheStore, type RunScript } from './cache/protocol/cache-store.ts';

/** Longer than any request may take, so than any write of one that a gateway has under way. */
const MARK_MS = 35_000;
const REPORT_EVERY_MS = 60_000;
/** How long one call waits for changes before it is repeated. */
const FEED_MS = 60_000;

export interface Cache {
  /** The backend of a tenant behind the cache, without which `_system` is read: whoever asks it has to know. */
  wrap(adapter: DirectoryAdapter): DirectoryAdapter;
  /** Follows what others change in the backends that tell it. */
  follow(tenants: Iterable<{ readonly name: TenantId; readonly adapter: DirectoryAdapter }>): void;
  close(): Promise<void>;
}

/** The cache that the configuration names; undefined where it names none. @throws {DirectoryError} INVALID_VALUE for options of its backend */
export function openCache(
  { cache, backends }: Config,
  registry: (tenant: TenantId) => SchemaRegistry | undefined,
  observe: ObserveCache,
  { logger }: Pick<Log, 'logger'>,
): Cache | undefined {
  const backend = cache && backends.get(cache.backend);
  if (cache === undefined || backend === undefined) return undefined;
  const { connection: settings, prefix } = parseRedisOptions(backend.options);
  const connection = new RedisConnection(settings);
  const store = new CacheStore(runOn(connection), {
    prefix: `${prefix}:cache`,
    lifetimeMs: cache.lifetimeSeconds * 1_000,
    markMs: MARK_MS,
    timeoutMs: cache.timeoutMs,
    failed: reportNowAndThen(observe, logger),
  });
  const isUnique = (tenant: TenantId, typeName: ResourceTypeName, attribute: string) => {
    const type = registry(tenant)?.type(typeName);
    return type !== undefined && keyAttributesOf(type).some(({ name, unique }) => unique && name === attribute);
  };
  const following: Following[] = [];
  return {
    wrap: (adapter) => cached(adapter, store, { onMarkFailure: cache.onMarkFailure, isUnique, observe }),
    follow(tenants) {
      for (const { name, adapter } of tenants) {
        const types = registry(name)?.types ?? [];
        if (!types.some((type) => adapter.capabilities(name, type.name).feed)) continue;
        const call = (signal: AbortSignal) => ({
          ...openSystemCall(name, FEED_MS),
          signal: AbortSignal.any([signal, AbortSignal.timeout(FEED_MS)]),
        });
        const report = (error: unknown) =>
          logger.warn({ err: error, tenant: name }, 'what others change is not dropped from the cache for now');
        following.push(followChanges({ adapter, store, tenant: name, call, report }));
      }
    },
    async close() {
      await Promise.all(following.map((each) => each.stop()));
      store.close();
      connection.close();
    },
  };
}

/** Counts each failure of Redis, and tells the log why at most once a minute. */
function reportNowAndThen(observe: ObserveCache, logger: Log['logger']): (error: unknown) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    observe('failure', 1);
    if (performance.now() - toldAt < REPORT_EVERY_MS) return;
    toldAt = performance.now();
    logger.warn({ err: error }, 'the cache is not read for now');
  };
}

/** Scripts of the cache on a connection. */
export function runOn(connection: RedisConnection): RunScript {
  return async ({ lua }, key, args, timeoutMs) => {
    const limits = { deadline: Date.now() + timeoutMs, signal: NEVER };
    const [answer] = await connection.write(limits, [{ script: lua, key, args }]);
    if (answer instanceof DirectoryError) throw answer;
    return answer;
  };
}

const NEVER = new AbortController().signal;
