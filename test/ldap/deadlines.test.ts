import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool, PoolSettings } from '#adapters/ldap/connection/pool.ts';
import { type Slapd, startSlapd } from '../support/slapd.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { ldapCall } from './call.ts';
import { person } from './person.ts';

/** What a call may take beyond its deadline, on a noisy machine. */
const SLACK_MS = 100;

describe('time that is over', { retry: 3 }, () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let pool: LdapPool;
  const open = (settings: Partial<PoolSettings> = {}) =>
    openPool({
      urls: [`ldap://127.0.0.1:${proxy.port}`],
      bind: { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword },
      connections: 1,
      ...settings,
    });
  beforeEach(async () => {
    slapd = await startSlapd();
    proxy = await startTcpProxy(slapd.port);
    pool = open();
  });
  afterEach(async () => {
    await pool.close();
    await proxy.close();
    await slapd.stop();
  });

  const read = (call = ldapCall(), from = pool) =>
    from.search(call, { base: slapd.suffix, scope: 'base', filter: '(objectClass=*)', attributes: ['1.1'] });
  const failure = async (work: Promise<unknown>) => {
    const start = performance.now();
    const error = await work.then(
      () => new Error('no failure'),
      (thrown: unknown) => thrown,
    );
    return { error, ms: performance.now() - start };
  };

  test('a read that is late is TIMEOUT, is abandoned, and leaves its siblings to be answered on the same connection', async () => {
    await read();
    proxy.delayMs = 150;
    const sibling = read();
    const { error, ms } = await failure(read(ldapCall(50)));
    expect(error).toMatchObject({ code: 'TIMEOUT' });
    expect(ms).toBeLessThan(50 + SLACK_MS);
    expect((await sibling).entries).toHaveLength(1);
    proxy.delayMs = 0;
    const counts = await slapd.countOperations(() => read());
    expect(counts['SRCH']).toBe(1);
    expect(slapd.log()).toContain('ABANDON');
  });

  test('a read that is given up ends at once', async () => {
    await read();
    proxy.delayMs = 1_000;
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const { error, ms } = await failure(read(ldapCall(5_000, { signal: controller.signal })));
    expect(error).toMatchObject({ code: 'TIMEOUT' });
    expect(ms).toBeLessThan(20 + SLACK_MS);
    proxy.delayMs = 0;
    await read();
    expect(proxy.taken).toBe(1);
  });

  test('a read that is given up as soon as it has left ends within moments', async () => {
    await read();
    proxy.delayMs = 1_000;
    const controller = new AbortController();
    const late = failure(read(ldapCall(5_000, { signal: controller.signal })));
    controller.abort();
    const { error, ms } = await late;
    expect(error).toMatchObject({ code: 'TIMEOUT' });
    expect(ms).toBeLessThan(SLACK_MS);
    proxy.delayMs = 0;
  });

  test('what arrives too late or given up is not sent', async () => {
    await read();
    const counts = await slapd.countOperations(async () => {
      await expect(read(ldapCall(-1))).rejects.toMatchObject({ code: 'TIMEOUT' });
      const call = ldapCall(5_000, { signal: AbortSignal.abort() });
      await expect(pool.add(call, person('never'))).rejects.toMatchObject({ code: 'TIMEOUT' });
    });
    expect(counts).toEqual({});
  });

  test('a write that has left and has no answer is OUTCOME_UNKNOWN, and happens once', async () => {
    await read();
    proxy.change = () => null;
    const { error, ms } = await failure(pool.add(ldapCall(60), person('late')));
    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(ms).toBeLessThan(60 + SLACK_MS);
    expect(await slapd.ldapsearch('(uid=late)', '1.1')).toContain('uid=late');
    expect(slapd.log().match(/ADD dn="uid=late/g)).toHaveLength(1);
    expect(slapd.log()).not.toContain('ABANDON');
  });

  test('a server that says nothing any more is asked over a new connection', async () => {
    await read();
    proxy.change = () => null;
    await expect(read(ldapCall(50))).rejects.toMatchObject({ code: 'TIMEOUT' });
    proxy.change = undefined;
    expect((await read()).entries).toHaveLength(1);
    expect(proxy.taken).toBe(2);
  });

  test('a server that does not even answer to be bound costs a call its own time, not more', async () => {
    slapd.pause();
    for (const timeoutMs of [60, 30]) {
      const { error, ms } = await failure(read(ldapCall(timeoutMs)));
      expect(error).toMatchObject({ code: 'TIMEOUT' });
      expect(ms).toBeLessThan(timeoutMs + SLACK_MS);
    }
    slapd.resume();
    expect((await read()).entries).toHaveLength(1);
  });

  test('then it is UNAVAILABLE at once, and served when it answers again', async () => {
    slapd.pause();
    const hasty = open({ connectTimeoutMs: 50 });
    expect((await failure(read(ldapCall(), hasty))).error).toMatchObject({ code: 'UNAVAILABLE' });
    const { error, ms } = await failure(read(ldapCall(), hasty));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: expect.any(Number) });
    expect(ms).toBeLessThan(SLACK_MS);
    slapd.resume();
    await expect.poll(() => read(ldapCall(), hasty).catch(() => undefined), { timeout: 2_000 }).toBeDefined();
    await hasty.close();
  });

  test('an operation has its own time where its call has more', async () => {
    const brief = open({ timeoutMs: 50 });
    await read(ldapCall(), brief);
    proxy.change = () => null;
    const { error, ms } = await failure(read(ldapCall(10_000), brief));
    expect(error).toMatchObject({ code: 'TIMEOUT' });
    expect(ms).toBeLessThan(50 + SLACK_MS);
    await brief.close();
  });

  test('who waits for a place waits no longer than its time', async () => {
    await read();
    proxy.change = () => null;
    const crowd = Array.from({ length: 64 }, () => pool.add(ldapCall(400), person('crowd')).catch(() => undefined));
    const { error, ms } = await failure(read(ldapCall(50)));
    expect(error).toMatchObject({ code: 'TIMEOUT' });
    expect(ms).toBeLessThan(50 + SLACK_MS);
    await Promise.all(crowd);
  });

  test('after close everything is UNAVAILABLE, what is in flight by its kind', async () => {
    await read();
    proxy.change = () => null;
    const reading = failure(read());
    const writing = failure(pool.add(ldapCall(), person('closed')));
    await new Promise(setImmediate);
    await pool.close();
    expect((await reading).error).toMatchObject({ code: 'UNAVAILABLE' });
    expect((await writing).error).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    await expect(read()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await pool.close();
  });
});
