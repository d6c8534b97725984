/** What applications ask of GraphQL, once more with people and groups in Redis. */
import { afterAll, vi } from 'vitest';
import { redis } from '#adapters/redis/redis-adapter.ts';
import { startRedis } from '#test/support/redis.ts';
import { defineAsks, type LeftOuts } from './define-asks.ts';
import { peopleBackend } from './people-backend.ts';

// Some create a thousand people, which may take long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const server = await startRedis();
let opened = 0;

/** Each gateway has a prefix of its own, since some tests have several. */
peopleBackend.open = (shape) => redis.open(redis.options.parse({ url: server.url, prefix: `g${++opened}` }), shape);

afterAll(() => server.stop());

const GATEWAY = 'is decided by the gateway before a backend is asked';
const NEVER_FORGETS = 'needs a backend that forgets what it was before its first change';
const KEEPS = 'needs a backend that keeps three changes; Redis drops them by the hundred';
const LONG = 'takes seconds, for a limit of the gateway';
const SOAKED = 'takes seconds, most of them in the gateway; npm run test:soak has it';

// biome-ignore format: a table reads by column
const LEFT_OUT: LeftOuts = {
  '04-members-and-groups': [['are listed as far as a full page goes', LONG]],
  '08-changes': [
    ['what the backend no longer keeps', KEEPS],
    ['a restart of a backend that forgets', NEVER_FORGETS],
    ['a backend whose present position has another text', LONG],
  ],
  '14-guards': GATEWAY,
  ...(process.env['PORTICO_SOAK'] === undefined && { '09-subscription': SOAKED, '16-calls-per-query': SOAKED }),
};

defineAsks('Redis', LEFT_OUT);
