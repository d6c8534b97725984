import { afterAll } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { RedisConnection } from '#adapters/redis/connection/connection.ts';
import type { Call } from '#model/call.ts';
import { cached } from '#src/cache/cached-adapter.ts';
import { CacheStore } from '#src/cache/protocol/cache-store.ts';
import { runOn } from '#src/open-cache.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';
import { startRedis } from '#test/support/redis.ts';

const redis = await startRedis();
const connection = new RedisConnection({ url: redis.url, connectTimeoutMs: 2_000 });
let opened = 0;
afterAll(async () => {
  connection.close();
  await redis.stop();
});

const READS: ReadonlySet<string | symbol> = new Set(['getMany', 'byKeys', 'linked']);

/** The suite asks the primary; here what it reads may come from the cache, as what clients read does. */
function asked(adapter: DirectoryAdapter): DirectoryAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (!READS.has(name)) return member.bind(target);
      return (call: Call, ...rest: readonly unknown[]) => {
        const { tenant, actor, requestId, deadline, signal } = call;
        return member.call(target, { tenant, actor, requestId, deadline, signal, consistency: 'cached' }, ...rest);
      };
    },
  });
}

await adapterContract('memory, cached', async () => {
  const store = new CacheStore(runOn(connection), {
    prefix: `contract${++opened}`,
    ...{ lifetimeMs: 30_000, markMs: 20, timeoutMs: 1_000 },
    failed: (error) => {
      throw error;
    },
  });
  const isUnique = (_tenant: string, _type: string, attribute: string) => attribute === 'userName';
  const options = { onMarkFailure: 'refuse', isUnique, observe: () => undefined } as const;
  return asked(cached(await memory.open(memory.options.parse({}), contractShape), store, options));
});
