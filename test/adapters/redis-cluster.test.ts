import { afterAll } from 'vitest';
import { redis } from '#adapters/redis/redis-adapter.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';
import { startRedisCluster } from '#test/support/redis.ts';

const cluster = await startRedisCluster();
let opened = 0;

/** Each has a prefix of its own, so that none has to be emptied. */
const open = () => redis.open(redis.options.parse({ nodes: cluster.urls, prefix: `c${++opened}` }), contractShape);

afterAll(() => cluster.stop());

await adapterContract('redis cluster', open);
