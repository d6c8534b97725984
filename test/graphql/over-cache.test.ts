/** What applications ask of GraphQL, once more with people and groups behind the cache. */
import { afterAll, vi } from 'vitest';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { startCache } from '#test/cache/started-cache.ts';
import { defineAsks, type LeftOuts } from './define-asks.ts';
import { peopleBackend } from './people-backend.ts';

// Some create a thousand people, which may take long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const cache = await startCache();

peopleBackend.open = async (shape) => cache.wrap(await memory.open(memory.options.parse({}), shape));

afterAll(() => cache.stop());

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
