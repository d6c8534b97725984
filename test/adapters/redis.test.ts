import { afterAll } from 'vitest';
import { redis } from '#adapters/redis/redis-adapter.ts';
import { observed } from '#telemetry/observed-adapter.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';
import { startRedis } from '#test/support/redis.ts';

const server = await startRedis();
let opened = 0;

/** Each has a prefix of its own, so that none has to be emptied. */
const open = () => redis.open(redis.options.parse({ url: server.url, prefix: `t${++opened}` }), contractShape);

afterAll(() => server.stop());

await adapterContract('redis', open);
await adapterContract('redis, observed', async () => observed(await open(), () => {}));
