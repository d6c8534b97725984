import { afterAll } from 'vitest';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';
import { asClientsAsk } from './as-clients-ask.ts';
import { startCache } from './started-cache.ts';

const cache = await startCache();
afterAll(() => cache.stop());

await adapterContract('memory, cached', async () =>
  asClientsAsk(cache.wrap(await memory.open(memory.options.parse({}), contractShape))),
);
