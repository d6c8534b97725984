/** What applications ask of GraphQL, once more with people and groups behind the cache. */
import { afterAll, vi } from 'vitest';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { RedisConnection } from '#adapters/redis/connection/connection.ts';
import { cached } from '#src/cache/cached-adapter.ts';
import { CacheStore } from '#src/cache/protocol/cache-store.ts';
import { runOn } from '#src/open-cache.ts';
import { startRedis } from '#test/support/redis.ts';
import { defineAsks, type LeftOuts } from './define-asks.ts';
import { peopleBackend } from './people-backend.ts';

// Some create a thousand people, which may take long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const server = await startRedis();
const connection = new RedisConnection({ url: server.url, connectTimeoutMs: 2_000 });
let opened = 0;

/** Each gateway has a prefix of its own, since some tests have several; nobody writes before it, so that its first mark is short. */
peopleBackend.open = async (shape) => {
  const store = new CacheStore(runOn(connection), {
    prefix: `g${++opened}`,
    ...{ lifetimeMs: 30_000, markMs: 10, timeoutMs: 2_000 },
    failed: (error) => {
      throw error;
    },
  });
  const isUnique = (_tenant: string, _type: string, attribute: string) => attribute === 'userName';
  const options = { onMarkFailure: 'refuse', isUnique, observe: () => undefined } as const;
  return cached(await memory.open(memory.options.parse({}), shape), store, options);
};

afterAll(async () => {
  connection.close();
  await server.stop();
});

const GATEWAY = 'is decided by the gateway before a backend is asked';
const KEEPS = 'needs a backend that keeps three changes, as memory can be told to';

const SOAKED = 'takes seconds, most of them beside the cache; npm run test:soak has it';

// biome-ignore format: a table reads by column
const LEFT_OUT: LeftOuts = {
  '14-guards': GATEWAY,
  ...(process.env['PORTICO_SOAK'] === undefined
    ? { '03-where-on-membership': SOAKED, '08-changes': SOAKED, '09-subscription': SOAKED, '10-federation': SOAKED, '16-calls-per-query': SOAKED }
    : { '08-changes': [['what the backend no longer keeps', KEEPS]] }),
};

defineAsks('the cache', LEFT_OUT);
