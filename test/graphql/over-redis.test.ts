/** What applications ask of GraphQL, once more with people and groups in Redis. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { redis } from '#adapters/redis/redis-adapter.ts';
import { startRedis } from '#test/support/redis.ts';
import { peopleBackend } from './people-backend.ts';

// Some create a thousand people, which may take long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const server = await startRedis();
let opened = 0;

/** Each gateway has a prefix of its own, since some tests have several. */
peopleBackend.open = (shape) => redis.open(redis.options.parse({ url: server.url, prefix: `g${++opened}` }), shape);

afterAll(() => server.stop());

type LeftOut = readonly [title: string, reason: string];

const GATEWAY = 'is decided by the gateway before a backend is asked';
const NEVER_FORGETS = 'needs a backend that forgets what it was before its first change';
const KEEPS = 'needs a backend that keeps three changes; Redis drops them by the hundred';
const LONG = 'takes seconds, for a limit of the gateway';

/** The reason for a whole file, or for tests by the beginning of their titles. */
// biome-ignore format: a table reads by column
const LEFT_OUT: { readonly [file: string]: string | readonly LeftOut[] } = {
  '04-members-and-groups': [['are listed as far as a full page goes', LONG]],
  '08-changes': [
    ['what the backend no longer keeps', KEEPS],
    ['a restart of a backend that forgets', NEVER_FORGETS],
    ['a backend whose present position has another text', LONG],
  ],
  '14-guards': GATEWAY,
};

const met = new Set<LeftOut>();
for (const name of readdirSync(new URL('asks', import.meta.url)).sort()) {
  const file = name.replace('.test.ts', '');
  const leftOut = LEFT_OUT[file] ?? [];
  if (typeof leftOut === 'string') test(file, ({ skip }) => leaveOut(file, leftOut, skip));
  else describe(file, () => defineBut(leftOut, () => import(`./asks/${file}.test.ts`)));
}

async function defineBut(leftOut: readonly LeftOut[], define: () => Promise<unknown>): Promise<void> {
  beforeEach(({ task, skip }) => {
    const found = leftOut.find(([title]) => task.name.startsWith(title));
    if (found === undefined) return;
    met.add(found);
    leaveOut(task.name, found[1], skip);
  });
  await define();
}

function leaveOut(title: string, reason: string, skip: (note: string) => void): void {
  process.stderr.write(`not over Redis: "${title}": ${reason}\n`);
  skip(reason);
}

test('what is left out is there', () => {
  const entries = Object.values(LEFT_OUT).flatMap((leftOut) => (typeof leftOut === 'string' ? [] : leftOut));
  expect(entries.filter((entry) => !met.has(entry))).toEqual([]);
});
