import { afterAll, describe, expect, test, vi } from 'vitest';
import { mayYetHappen } from '#model/errors.ts';
import { callOf, expectFailure, expectRejection } from '#test/contract/subject.ts';
import { startRedis } from '#test/support/redis.ts';
import { withStore } from './store.ts';

const server = await startRedis({ appendOnly: true, args: ['--appendfsync', 'always'] });

afterAll(() => server.stop());

/** Everything that stands under a prefix, to tell that nothing was half-written. */
async function dump(prefix: string): Promise<string> {
  const script =
    "local r = {} for _, k in ipairs(redis.call('KEYS', ARGV[1])) do r[#r + 1] = k .. redis.sha1hex(redis.call('DUMP', k)) end table.sort(r) return table.concat(r, ' ')";
  return server.cli('EVAL', script, '0', `${prefix}:*`);
}

async function refusedWhole(prefix: string, detail: RegExp, change: () => Promise<unknown>) {
  const before = await dump(prefix);
  const answer = await change();
  expectFailure(answer, 'UNAVAILABLE');
  expect(answer.message).toMatch(detail);
  expect(await dump(prefix)).toBe(before);
}

describe('what Redis refuses leaves nothing behind, and says what to change', () => {
  test('a full Redis refuses what adds, and deletes all the same', () =>
    withStore(server, async (subject, prefix) => {
      const [user, other] = await subject.users('a', 'b');
      const group = await subject.group('G', [user]);
      await server.cli('CONFIG', 'SET', 'maxmemory', '1');
      try {
        const writes = [
          subject.createOf('User', { userName: 'c' }),
          subject.contentOf(user, { userName: 'a', title: 'New' }),
          subject.membersOf(group, { add: [{ id: other.id }] }),
        ];
        for (const write of writes) {
          await refusedWhole(prefix, /full: raise maxmemory/, () => subject.attempt(write));
        }
        expect(await subject.delete(user)).toMatchObject({ changed: true, touched: [{ id: group.id }] });
      } finally {
        await server.cli('CONFIG', 'SET', 'maxmemory', '0');
      }
      expect(await subject.members(group)).toEqual([]);
      expect(
        await subject.byKey('User', { name: 'userName', comparison: 'username', multiValued: false }, 'a'),
      ).toEqual([]);
    }));

  test('a key that holds something else', () =>
    withStore(server, async (subject, prefix) => {
      const user = await subject.user('a');
      for (const key of ['i:User', 'k:User', 'o:userName:User', 'log', 'n', `r:${user.id}`]) {
        const whole = `${prefix}:{one}:${key}`;
        await server.cli('RENAME', whole, `${whole}-kept`);
        await server.cli('SET', whole, 'mine');
        await refusedWhole(prefix, /did not write/, () => subject.attempt(subject.contentOf(user, { userName: 'b' })));
        await server.cli('RENAME', `${whole}-kept`, whole);
      }
      expect((await subject.change(user, { title: 'T' })).changed).toBe(true);
    }));

  test('a replica refuses writes after a moment of patience', () =>
    withStore(server, async (subject, prefix) => {
      await subject.user('a');
      await server.cli('REPLICAOF', '127.0.0.1', '1');
      try {
        await refusedWhole(prefix, /is a replica; configure the primary/, () =>
          subject.attempt(subject.createOf('User', { userName: 'b' })),
        );
        const late = callOf({ deadline: Date.now() + 60 });
        const start = performance.now();
        const [answer] = await subject.adapter.write(late, [subject.createOf('User', { userName: 'c' })]);
        expectFailure(answer, 'UNAVAILABLE');
        expect(performance.now() - start).toBeLessThan(160);
      } finally {
        await server.cli('REPLICAOF', 'NO', 'ONE');
      }
      expect((await subject.user('b')).attributes).toEqual({ userName: 'b' });
    }));

  test('scripts that the server has forgotten are sent again, each write carried out once and in order', () =>
    withStore(server, async (subject) => {
      const user = await subject.user('a');
      await subject.find('User');
      await server.cli('SCRIPT', 'FLUSH');
      const create = (userName: string) => subject.createOf('User', { userName });
      const answers = await subject.adapter.write(subject.call, [create('b'), create('b'), create('c')]);
      expect(answers).toMatchObject([{ changed: true }, { code: 'UNIQUENESS' }, { changed: true }]);
      await server.cli('SCRIPT', 'FLUSH');
      expect(await subject.foundIds('User')).toHaveLength(3);
      await subject.delete(user);
    }));
});

describe('a Redis that does not answer', () => {
  test('a read ends with its deadline, and a write does not know what came of it', () =>
    withStore(server, async (subject) => {
      await subject.user('a');
      server.pause();
      const start = performance.now();
      try {
        const call = () => callOf({ deadline: Date.now() + 100 });
        const write = subject.adapter.write(call(), [subject.createOf('User', { userName: 'b' })]);
        await expectRejection(subject.adapter.find(call(), 'User', { page: { limit: 1 } }), 'TIMEOUT');
        const [answer] = await write;
        expectFailure(answer, 'OUTCOME_UNKNOWN');
        expect(mayYetHappen(answer)).toBe(true);
        expect(performance.now() - start).toBeLessThan(200);
      } finally {
        server.resume();
      }
      expect(await subject.foundIds('User')).toHaveLength(2);
    }));

  test('a write whose connection breaks does not know what came of it, and is not sent again', () =>
    withStore(server, async (subject) => {
      await subject.user('a');
      server.pause();
      const writing = subject.attempt(subject.createOf('User', { userName: 'b' }));
      await new Promise((resolve) => setImmediate(resolve));
      await server.kill();
      expectFailure(await writing, 'OUTCOME_UNKNOWN');
      await server.start();
      expect(await subject.foundIds('User')).toHaveLength(1);
    }));

  test('while it is down calls are refused within their deadline, and when it is back they are served with what was kept', () =>
    withStore(
      server,
      async (subject) => {
        const user = await subject.user('a');
        await server.kill();
        const start = performance.now();
        await expectRejection(
          subject.adapter.write(callOf(), [subject.createOf('User', { userName: 'b' })]),
          'UNAVAILABLE',
        );
        await expectRejection(subject.get(user), 'UNAVAILABLE');
        expect(performance.now() - start).toBeLessThan(1_000);
        await server.start();
        expect(await vi.waitFor(() => subject.now(user), { timeout: 10_000 })).toEqual(user);
        expect(await subject.foundIds('User')).toEqual([user.id]);
      },
      { connectTimeoutMs: 100 },
    ));

  test('a reader who waits for changes hears of those after a restart', () =>
    withStore(server, async (subject, prefix) => {
      const { next } = await subject.adapter.changes(subject.call, null, 1);
      const waiting = subject.adapter.changes(subject.call, next, 5);
      await vi.waitFor(async () => expect(await server.cli('PUBSUB', 'CHANNELS', `${prefix}:*`)).not.toBe(''));
      await server.kill();
      await server.start();
      const user = await subject.user('a');
      expect((await waiting).changes).toMatchObject([{ kind: 'created', id: user.id }]);
    }));

  test('a position of a Redis that has lost its data has expired, and no version comes back', () =>
    withStore(server, async (subject) => {
      const user = await subject.user('a');
      const { next } = await subject.adapter.changes(subject.call, null, 1);
      await server.cli('FLUSHALL');
      await expectRejection(subject.adapter.changes(subject.call, next, 1), 'EXPIRED_CURSOR');
      const again = await subject.user('a');
      expect(again.version).not.toBe(user.version);
      await expectRejection(subject.adapter.changes(subject.call, next, 1), 'EXPIRED_CURSOR');
    }));
});

describe('inspection', () => {
  test('names the settings by which Redis would lose what it is told to keep', () =>
    withStore(server, async (subject) => {
      expect(await subject.adapter.inspect?.(subject.call)).toEqual({ faults: [], notices: [] });
      await server.cli('CONFIG', 'SET', 'maxmemory', '1gb');
      await server.cli('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
      await server.cli('CONFIG', 'SET', 'appendonly', 'no');
      try {
        expect(await subject.adapter.inspect?.(subject.call)).toMatchObject({
          faults: [{ expected: expect.stringContaining('maxmemory-policy noeviction'), got: 'allkeys-lru' }],
          notices: [{ expected: expect.stringContaining('appendonly yes'), got: 'no' }],
        });
      } finally {
        await server.cli('CONFIG', 'SET', 'maxmemory', '0');
        await server.cli('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
        await server.cli('CONFIG', 'SET', 'appendonly', 'yes');
      }
    }));
});
