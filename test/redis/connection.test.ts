import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { redis } from '#adapters/redis/redis-adapter.ts';
import type { Call } from '#model/call.ts';
import { callOf, expectRejection, UNKNOWN_ID } from '#test/contract/subject.ts';
import { startRedis } from '#test/support/redis.ts';
import { withStore } from './store.ts';

const GUIDE = readFileSync(new URL('../../docs/guides/redis.md', import.meta.url), 'utf8');

const server = await startRedis();

afterAll(() => server.stop());

describe('options', () => {
  test('every fault is told at once, with its place', () => {
    const parse = () => redis.options.parse({ url: 'http://x', prefix: '{a}', cangesKept: 1, connectTimeoutMs: 0 });
    expect(parse).toThrow(/url: .*prefix: .*cangesKept: one of/s);
    expect(parse).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
  });

  test('one server or a cluster, never neither or both', () => {
    for (const value of [undefined, {}, { url: server.url, nodes: [server.url] }]) {
      expect(() => redis.options.parse(value)).toThrow(/url: either url, of one Redis, or nodes/);
    }
  });
});

describe('connections', () => {
  test('the account of the guide may do all that a store needs, and no other key', async () => {
    const [, rules = ''] = /^ACL SETUSER portico on >\.\.\. (.*)$/m.exec(GUIDE) ?? [];
    await server.cli('ACL', 'SETUSER', 'portico', 'on', '>secret', ...rules.split(' '));
    const account = { username: 'portico', password: 'secret' };
    await withStore(
      server,
      async (subject) => {
        const user = await subject.user('a');
        const group = await subject.group('G', [user]);
        const { next } = await subject.adapter.changes(subject.call, null, 1);
        const waiting = subject.adapter.changes(subject.call, next, 1);
        await subject.delete(user);
        expect((await waiting).changes).toMatchObject([{ kind: 'deleted', id: user.id }]);
        expect(await subject.members(group)).toEqual([]);
        expect(await subject.adapter.inspect?.(subject.call)).toMatchObject({ faults: [] });
      },
      { ...account, prefix: 'portico' },
    );
    await withStore(server, (subject) => expectRejection(subject.user('a'), 'UNAVAILABLE'), account);
    const wrong = { ...account, password: 'wrong' };
    await withStore(server, (subject) => expectRejection(subject.user('a'), 'UNAVAILABLE'), {
      ...wrong,
      connectTimeoutMs: 100,
    });
  });

  test('calls that come before the connection is there wait for it', () =>
    withStore(server, async (subject) => {
      // Requests have a signal that is made when it is read, and no property of their own.
      const { signal, ...rest } = callOf();
      const call: Call = Object.assign(Object.create({ signal }), rest);
      const reading = subject.adapter.getMany(call, 'User', [UNKNOWN_ID]);
      expect(await Promise.all([reading, subject.foundIds('User')])).toEqual([[null], []]);
    }));
});

describe('keys', () => {
  test('no tenant, type or id reaches the keys of another tenant', () =>
    withStore(server, async (subject, prefix) => {
      const names = ['a', 'a}:r:', '{a}', 'a:b', 'a*', 'a?', 'a[b]', 'a\0', 'ä', '\ud800', 'A', 'a%003a', 'a\\'];
      for (const name of names) {
        const tenant = subject.in(name as typeof subject.tenant);
        await tenant.user('same', { externalId: name });
        expect(await tenant.foundIds('User')).toHaveLength(1);
      }
      const keys = await server.cli('--no-raw', 'KEYS', `${prefix}:*`);
      const tenants = new Set([...keys.matchAll(/:\{([A-Za-z0-9%._-]+)\}:/g)].map(([, tenant]) => tenant));
      expect(tenants.size).toBe(names.length);
    }));

  test('adding one member is the same commands whatever the size of the group', () =>
    withStore(server, async (subject) => {
      const people = Array.from({ length: 3_000 }, (_, i) => subject.createOf('User', { userName: `u${i}` }));
      await subject.adapter.write(subject.call, people);
      const ids = people.map(({ id }) => ({ id: id as NonNullable<typeof id> }));
      const small = await subject.group('small');
      const large = await subject.group('large');
      await subject.done(subject.membersOf(small, { add: ids.slice(0, 10) }));
      await subject.done(subject.membersOf(large, { add: ids.slice(0, 2_999) }));
      const add = (group: typeof small) =>
        server.countCommands(() => subject.done(subject.membersOf(group, { add: ids.slice(2_999) })));
      const counted = await add(small);
      expect(counted).toMatchObject({ evalsha: 1, zadd: 2, xadd: 1 });
      expect(await add(large)).toEqual(counted);
    }));

  test('reads of many are one script or command each, in one round trip', () =>
    withStore(server, async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const group = await subject.group('G', [a, b]);
      await subject.find('User');
      await subject.linked('members', 'in', a);
      expect(await server.countCommands(() => subject.adapter.getMany(subject.call, 'User', [a.id, b.id]))).toEqual({
        hmget: 2,
      });
      expect(await server.countCommands(() => subject.linked('members', 'in', a))).toEqual({
        evalsha: 1,
        zlexcount: 1,
        zrange: 1,
      });
      expect(await server.countCommands(() => subject.find('User'))).toEqual({
        evalsha: 1,
        zrangebylex: 1,
        zcard: 1,
        hmget: 2,
      });
      expect(group.type).toBe('Group');
    }));
});
