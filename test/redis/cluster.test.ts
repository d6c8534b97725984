import { afterAll, describe, expect, test } from 'vitest';
import { redis } from '#adapters/redis/redis-adapter.ts';
import { contractShape } from '#test/contract/sample.ts';
import { expectFailure, expectRejection, Subject } from '#test/contract/subject.ts';
import { startRedisCluster } from '#test/support/redis.ts';

const cluster = await startRedisCluster();
const adapter = await redis.open(redis.options.parse({ nodes: cluster.urls, prefix: 'p' }), contractShape);
const subject = new Subject(adapter);

afterAll(async () => {
  await adapter.close();
  await cluster.stop();
});

describe('a slot that is being moved to another node', () => {
  test('is refused as a whole until it has moved, and then served by the other', async () => {
    const user = await subject.user('a');
    const from = await cluster.primaryOf('p:{one}:n');
    const slot = await from.cli('CLUSTER', 'KEYSLOT', 'p:{one}:n');
    const other = (await from.cli('CLUSTER', 'NODES'))
      .split('\n')
      .find((line) => /master/.test(line) && !/myself/.test(line));
    const [toId = '', address = ''] = (other ?? '').split(' ');
    const to = cluster.nodes.find(({ port }) => address.startsWith(`127.0.0.1:${port}@`));
    if (to === undefined) throw new Error('the cluster has another primary');
    const fromId = await from.cli('CLUSTER', 'MYID');
    await to.cli('CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId);
    await from.cli('CLUSTER', 'SETSLOT', slot, 'MIGRATING', toId);
    const keys = (await from.cli('CLUSTER', 'GETKEYSINSLOT', slot, '1000')).split('\n').sort();
    const records = async () => [await from.cli('XLEN', 'p:{one}:log'), await from.cli('HGET', 'p:{one}:n', 'serial')];
    const before = await records();

    expectFailure(await subject.attempt(subject.createOf('User', { userName: 'b' })), 'UNAVAILABLE');
    expect(await records()).toEqual(before);
    for (const key of keys.slice(0, keys.length / 2)) await move(key);
    expectFailure(await subject.attempt(subject.contentOf(user, { userName: 'c' })), 'UNAVAILABLE');
    await expectRejection(subject.get(user), 'UNAVAILABLE');
    for (const key of keys.slice(keys.length / 2)) await move(key);
    for (const node of [to, from]) await node.cli('CLUSTER', 'SETSLOT', slot, 'NODE', toId);

    expect(await subject.now(user)).toEqual(user);
    expect((await subject.change(user, { userName: 'c' })).changed).toBe(true);
    expect(await to.cli('EXISTS', 'p:{one}:n')).toBe('1');

    async function move(key: string): Promise<void> {
      expect(await from.cli('MIGRATE', '127.0.0.1', `${to?.port}`, key, '0', '1000')).toBe('OK');
    }
  });
});

describe('a primary that is killed', () => {
  test('keeps its own tenants waiting for less than five seconds, and others not at all', async () => {
    const lost = await cluster.primaryOf('p:{one}:n');
    const names = ['two', 'three', 'four', 'five', 'six'];
    const primaries = await Promise.all(names.map((name) => cluster.primaryOf(`p:{${name}}:n`)));
    const elsewhere = subject.in(names[primaries.findIndex((primary) => primary !== lost)] as typeof subject.tenant);
    await elsewhere.user('a');
    const known = await subject.user('known');
    expect(await lost.cli('WAIT', '1', '1000')).toBe('1');
    await lost.kill();
    const start = performance.now();
    let attempts = 0;
    for (let served = false; !served; attempts++) {
      const answer = await subject
        .attempt(subject.createOf('User', { userName: `u${attempts}` }))
        .catch((error) => error);
      served = 'changed' in answer;
      if (!served) expect(answer.code).toBeOneOf(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
      expect(await elsewhere.foundIds('User')).toHaveLength(1);
      expect(performance.now() - start).toBeLessThan(5_000);
    }
    expect(attempts).toBeGreaterThan(1);
    expect(await subject.now(known)).toEqual(known);
  });
});
