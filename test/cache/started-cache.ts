import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { RedisConnection } from '#adapters/redis/connection/connection.ts';
import { cached } from '#src/cache/cached-adapter.ts';
import { CacheStore } from '#src/cache/protocol/cache-store.ts';
import { runOn } from '#src/open-cache.ts';
import { startRedis } from '#test/support/redis.ts';

export interface StartedCache {
  /** The adapter behind a cache of its own. */
  wrap(adapter: DirectoryAdapter): DirectoryAdapter;
  stop(): Promise<void>;
}

/** A Redis for caches of one process: nobody writes before them, so that their first mark is short, and none may fail. */
export async function startCache(): Promise<StartedCache> {
  const redis = await startRedis();
  const connection = new RedisConnection({ url: redis.url, connectTimeoutMs: 2_000 });
  const isUnique = (_tenant: string, _type: string, attribute: string) => attribute === 'userName';
  const options = { onMarkFailure: 'refuse', isUnique, observe: () => undefined } as const;
  const failed = (error: unknown) => {
    throw error;
  };
  let opened = 0;
  return {
    wrap(adapter) {
      const prefix = `cache${++opened}`;
      const limits = { lifetimeMs: 30_000, markMs: 20, timeoutMs: 5_000 };
      return cached(adapter, new CacheStore(runOn(connection), { prefix, ...limits, failed }), options);
    },
    async stop() {
      connection.close();
      await redis.stop();
    },
  };
}
