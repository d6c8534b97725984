import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter, LinkOptions } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { RedisConnection } from '#adapters/redis/connection/connection.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Ref, ResourceId } from '#model/resource.ts';
import { cached } from '#src/cache/cached-adapter.ts';
import type { CacheOptions } from '#src/cache/options.ts';
import { CacheStore } from '#src/cache/protocol/cache-store.ts';
import { runOn } from '#src/open-cache.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { callOf, Subject } from '#test/contract/subject.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { type RedisServer, startRedis } from '#test/support/redis.ts';
import { endBeginning } from './end-beginning.ts';

const CALL = () => callOf({ consistency: 'cached' });
const GROUPS: LinkOptions = { page: { limit: 10 }, depth: Number.POSITIVE_INFINITY, with: [PATHS.displayName] };

describe('a backend behind the cache', () => {
  let redis: RedisServer;
  let backend: DirectoryAdapter;
  /** The backend's methods, as they were called. */
  const asked: string[] = [];
  const gateways: (readonly [RedisConnection, CacheStore])[] = [];

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    await redis.cli('FLUSHALL');
    backend = hooked(await memory.open(memory.options.parse({}), contractShape), (method) => asked.push(method));
  });
  afterEach(() => {
    for (const [connection, store] of gateways.splice(0)) {
      store.close();
      connection.close();
    }
  });

  async function open(onMarkFailure: CacheOptions['onMarkFailure'] = 'refuse'): Promise<Subject> {
    const connection = new RedisConnection({ url: redis.url, connectTimeoutMs: 1_000 });
    const store = new CacheStore(runOn(connection), {
      ...{ prefix: 'test', lifetimeMs: 30_000, markMs: 30_000, timeoutMs: 300 },
      failed: () => undefined,
    });
    gateways.push([connection, store]);
    const isUnique = (_tenant: string, _type: string, attribute: string) => attribute === 'userName';
    const options = { onMarkFailure, isUnique, observe: () => undefined };
    const subject = new Subject(cached(backend, store, options));
    await subject.adapter.getMany(CALL(), 'User', ['nobody' as ResourceId]);
    await endBeginning(redis);
    return subject;
  }

  async function askedDuring(work: () => Promise<unknown>): Promise<readonly string[]> {
    asked.length = 0;
    await work();
    return [...asked];
  }

  test('is asked once for what many read: by id, by unique value, and for whom it is linked to', async () => {
    const one = await open();
    const two = await open();
    const ada = await one.user('ada', { title: 'Countess' });
    const inner = await one.group('Inner', [ada]);
    const outer = await one.group('Outer', [inner]);
    const all = (subject: Subject) =>
      Promise.all([
        subject.adapter.getMany(CALL(), 'User', [ada.id]),
        subject.adapter.byKeys(CALL(), 'User', [{ attribute: 'userName', value: 'ada' }]),
        subject.adapter.linked(CALL(), 'members', 'in', [ada.id], GROUPS),
      ]);
    const fresh = await all(new Subject(backend));
    await all(one);
    // A look-up is kept where nothing else was written while it was made.
    await all(one);
    for (const subject of [one, two]) {
      expect(await askedDuring(async () => expect(await all(subject)).toEqual(fresh))).toEqual([]);
    }
    expect(fresh[2][0]?.items.map(({ id }) => id)).toEqual([inner.id, outer.id]);
  });

  test('nothing is older than a write that was acknowledged, by whichever gateway', async () => {
    const one = await open();
    const two = await open();
    const ada = await one.user('ada', { title: 'old' });
    const group = await one.group('G');
    const seenBy = async (subject: Subject) => {
      const [user] = await subject.adapter.getMany(CALL(), 'User', [ada.id]);
      const [found] = await subject.adapter.byKeys(CALL(), 'User', [{ attribute: 'userName', value: 'ada' }]);
      const [groups] = await subject.adapter.linked(CALL(), 'members', 'in', [ada.id], GROUPS);
      return [user?.attributes['title'], found?.[0]?.attributes['title'], groups?.items.map(({ id }) => id)];
    };
    for (const subject of [one, two, one, two]) expect(await seenBy(subject)).toEqual(['old', 'old', []]);
    await one.change(ada, { title: 'new' });
    expect(await seenBy(two)).toEqual(['new', 'new', []]);
    await two.addMembers(group, ada);
    expect(await seenBy(one)).toEqual(['new', 'new', [group.id]]);
    await one.delete(group);
    expect(await seenBy(two)).toEqual(['new', 'new', []]);
    await two.delete(ada);
    expect(await seenBy(one)).toEqual([undefined, undefined, []]);
  });

  test('a gateway that dies between its write and its clearing leaves nothing that is older', async () => {
    const one = await open();
    const two = await open();
    const ada = await one.user('ada', { title: 'old' });
    const read = async () => (await two.adapter.getMany(CALL(), 'User', [ada.id]))[0]?.attributes['title'];
    await read();
    const [[, store] = []] = gateways;
    if (store === undefined) throw new Error('there is a gateway');
    store.clear = () => new Promise(() => undefined);
    void one.attempt(one.contentOf(ada, { ...ada.attributes, title: 'new' }));
    await expect.poll(async () => (await new Subject(backend).now(ada)).attributes['title']).toBe('new');
    for (let again = 0; again < 3; again++) expect(await read()).toBe('new');
  });

  test('a write whose outcome nobody knows keeps its mark: what it may have changed is asked of the backend', async () => {
    const one = await open();
    const two = await open();
    const ada = await one.user('ada', { title: 'old' });
    const bob = await one.user('bob');
    const { write } = backend;
    backend.write = async (...args) => {
      await write.apply(backend, args);
      return [new DirectoryError('OUTCOME_UNKNOWN', 'no answer')];
    };
    await one.attempt(one.contentOf(ada, { ...ada.attributes, title: 'new' }));
    backend.write = write;
    const read = (user: Ref) => () => two.adapter.getMany(CALL(), 'User', [user.id]);
    for (let again = 0; again < 3; again++) expect(await askedDuring(read(ada))).toEqual(['getMany']);
    await read(bob)();
    expect(await askedDuring(read(bob))).toEqual([]);
  });

  test('members that are replaced, and more of them than are named, are told of the whole tenant', async () => {
    const one = await open();
    const two = await open();
    const people = await one.users('a', 'b', 'c');
    const [ada] = people;
    const group = await one.group('G', people);
    const groupsOf = async () => (await two.adapter.linked(CALL(), 'members', 'in', [ada.id], GROUPS))[0]?.items.length;
    for (let again = 0; again < 2; again++) expect(await groupsOf()).toBe(1);
    await one.done({ kind: 'update', type: 'Group', id: group.id, members: { replace: true, add: [] } });
    expect(await groupsOf()).toBe(0);
    await one.addMembers(group, ...people);
    expect(await groupsOf()).toBe(1);
  });

  test('without Redis reads are the backend’s, and a write is refused, or made where that is configured', async () => {
    const strict = await open();
    const lenient = await open('accept');
    const ada = await strict.user('ada', { title: 'old' });
    await redis.kill();
    try {
      expect((await strict.adapter.getMany(CALL(), 'User', [ada.id]))[0]).toEqual(ada);
      const refused = strict.attempt(strict.contentOf(ada, { ...ada.attributes, title: 'new' }));
      await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect((await new Subject(backend).now(ada)).attributes['title']).toBe('old');
      const { resource } = await lenient.change(ada, { title: 'new' });
      expect(resource?.attributes['title']).toBe('new');
    } finally {
      await redis.start();
    }
  });

  test('neither the secret of a person nor what is not there is kept', async () => {
    const one = await open();
    const { draft, ...create } = one.createOf('User', { userName: 'ada' });
    const ada = await one.stored({ ...create, draft: { ...draft, secrets: { passwordHash: 'a-hash-of-hers' } } });
    const nobody = 'nobody' as ResourceId;
    await one.adapter.getMany(CALL(), 'User', [ada.id, nobody]);
    const dump = await redis.cli('EVAL', DUMP, '0');
    expect(dump).toContain(ada.id);
    expect(dump).not.toMatch(/a-hash-of-hers|nobody/);
  });
});

const DUMP = `local all = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  all[#all + 1] = key
  if redis.call('TYPE', key).ok == 'string' then all[#all + 1] = redis.call('GET', key) end
end
return all`;
