import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { FrameReader } from '#adapters/ldap/connection/protocol/frame-reader.ts';
import { type Slapd, startSlapd } from '../support/slapd.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { ldapCall } from './call.ts';
import { person } from './person.ts';

describe('connections that break', () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let pool: LdapPool;
  beforeEach(async () => {
    slapd = await startSlapd();
    proxy = await startTcpProxy(slapd.port);
    pool = openPool({
      urls: [`ldap://127.0.0.1:${proxy.port}`],
      bind: { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword },
      connections: 2,
    });
  });
  afterEach(async () => {
    await pool.close();
    await proxy.close();
    await slapd.stop();
  });

  const read = () =>
    pool.search(ldapCall(), { base: slapd.suffix, scope: 'sub', filter: '(objectClass=*)', attributes: ['*'] });
  const dns = async () => (await read()).entries.map(({ dn }) => dn);

  test('a reset in the middle of a message: a read is asked again, over a new connection that is bound', async () => {
    const whole = await dns();
    for (const bytes of [1, 7, 100, 200]) {
      proxy.resetAfter(bytes);
      expect(await dns()).toEqual(whole);
    }
    expect(proxy.taken).toBe(5);
    const whoAmI = await pool.extended(ldapCall(), { oid: '1.3.6.1.4.1.4203.1.11.3' });
    expect(whoAmI.value?.toString()).toBe(`dn:${slapd.adminDn}`);
  });

  test('a stream of which a part was taken is not begun again', async () => {
    let length = 0;
    proxy.change = (chunk) => {
      length += chunk.length;
      return chunk;
    };
    await read();
    length = 0;
    await read();
    // The last bytes are those of the result.
    proxy.resetAfter(length - 3);
    const taken: string[] = [];
    const request = { base: slapd.suffix, scope: 'sub', filter: '(objectClass=*)', attributes: ['*'] } as const;
    const stream = pool.stream(ldapCall(), request, ({ dn }) => taken.push(dn));
    await expect(stream).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(taken).toEqual([slapd.suffix, slapd.people, slapd.groups]);
  });

  test('a write whose answer is cut off is OUTCOME_UNKNOWN and was sent once', async () => {
    await read();
    proxy.resetAfter(3);
    await expect(pool.add(ldapCall(), person('cut'))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(await dns()).toContain(`uid=cut,${slapd.people}`);
    expect(slapd.log().match(/ADD dn="uid=cut/g)).toHaveLength(1);
  });

  test.each([
    ['no message at all', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['a message without length', Buffer.from([0x30, 0x80, 0x00, 0x00])],
    ['a message of gigabytes', Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff])],
    ['a message of nothing', Buffer.from([0x30, 0x00])],
    ['an unknown operation', Buffer.from([0x30, 0x05, 0x02, 0x01, 0x02, 0x7f, 0x00])],
    ['a value that ends behind its message', Buffer.from([0x30, 0x07, 0x02, 0x01, 0x02, 0x65, 0x7f, 0x0a, 0x01])],
    ['the notice that it disconnects', Buffer.from('300c020100780 70a01340400 0400'.replaceAll(' ', ''), 'hex')],
  ])('%s ends a connection, and the next one serves', async (_, garbage) => {
    const whole = await dns();
    let first = true;
    proxy.change = (chunk) => {
      if (!first) return chunk;
      first = false;
      return garbage;
    };
    expect(await dns()).toEqual(whole);
    expect(proxy.taken).toBe(2);
  });

  test('a server that is always broken is UNAVAILABLE, soon', async () => {
    await read();
    proxy.change = () => Buffer.from('garbage');
    const start = performance.now();
    await expect(read()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(performance.now() - start).toBeLessThan(1_000);
    proxy.change = undefined;
    await expect.poll(() => dns().catch(() => []), { timeout: 2_000 }).toHaveLength(3);
  });

  test('at most 64 operations are in flight on a connection, and 2,000 at once are all answered', async () => {
    const one = openPool({
      urls: [`ldap://127.0.0.1:${proxy.port}`],
      bind: { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword },
      connections: 1,
    });
    const [requests, answers] = [new FrameReader(), new FrameReader()];
    let inFlight = 0;
    let most = 0;
    proxy.seen = (chunk) => {
      inFlight += requests.push(chunk).length;
      most = Math.max(most, inFlight);
    };
    proxy.change = (chunk) => {
      inFlight -= answers.push(chunk).length;
      return chunk;
    };
    const adds = Array.from({ length: 2_000 }, (_, at) => one.add(ldapCall(25_000), person(`many${at}`)));
    const results = await Promise.all(adds);
    expect(results.every(({ code }) => code === 0)).toBe(true);
    expect(proxy.taken).toBe(1);
    expect(most).toBeLessThanOrEqual(64);
    expect(most).toBeGreaterThan(32);
    await one.close();
  });

  test('a busy pool opens another connection, an idle one none', async () => {
    for (let at = 0; at < 20; at += 1) await read();
    expect(proxy.taken).toBe(1);
    await Promise.all(Array.from({ length: 200 }, read));
    expect(proxy.taken).toBe(2);
  });
});

describe('a server that is down', () => {
  test('at the start is no reason to fail; it is UNAVAILABLE until it is there, and found within two seconds', async () => {
    const slapd = await startSlapd();
    await slapd.kill();
    const pool = openPool({
      urls: [slapd.url],
      bind: { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword },
    });
    const read = () =>
      pool.search(ldapCall(), { base: slapd.suffix, scope: 'base', filter: '(objectClass=*)', attributes: ['1.1'] });
    for (let at = 0; at < 50; at += 1) {
      const error = await read().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'UNAVAILABLE',
        message: 'the directory cannot be reached (ECONNREFUSED)',
        retryAfterMs: expect.any(Number),
      });
    }
    await slapd.start();
    await expect.poll(() => read().catch(() => undefined), { timeout: 2_000 }).toBeDefined();
    await pool.close();
    await slapd.stop();
  });

  test('killed, ended and restarted under load: no call is late, no acknowledged write is lost, none happens twice', {
    retry: 3,
  }, async () => {
    const slapd = await startSlapd();
    const pool = openPool({
      urls: [slapd.url],
      bind: { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword },
    });
    const timeoutMs = 2_000;
    const outcomes = new Map<string, string>();
    let slowest = 0;
    let running = true;
    const worker = async (name: string) => {
      for (let at = 0; running; at += 1) {
        const uid = `${name}-${at}`;
        const start = performance.now();
        const code = await pool.add(ldapCall(timeoutMs), person(uid)).then(
          () => 'done',
          (error: { code: string | number }) => String(error.code),
        );
        outcomes.set(uid, code);
        slowest = Math.max(slowest, performance.now() - start);
        if (code === 'UNAVAILABLE') await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const reader = async () => {
      while (running) {
        const start = performance.now();
        const request = { base: slapd.people, scope: 'base', filter: '(ou=people)', attributes: ['ou'] } as const;
        const result = await pool.search(ldapCall(timeoutMs), request).catch((error: { code: string }) => error.code);
        if (typeof result === 'string') expect(result).toBe('UNAVAILABLE');
        else expect(result.entries[0]?.strings('ou')).toEqual(['people']);
        slowest = Math.max(slowest, performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    };
    const work = [...Array.from({ length: 8 }, (_, at) => worker(`w${at}`)), reader(), reader()];
    const recoveries: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      // A service that is restarted ends otherwise than one that crashes.
      await (round === 1 ? slapd.end() : slapd.kill());
      await new Promise((resolve) => setTimeout(resolve, 150));
      await slapd.start();
      const back = performance.now();
      const done = [...outcomes.values()].filter((code) => code === 'done').length;
      await expect
        .poll(() => [...outcomes.values()].filter((code) => code === 'done').length, { interval: 5 })
        .not.toBe(done);
      recoveries.push(performance.now() - back);
    }
    running = false;
    await Promise.all(work);
    const found = new Set((await slapd.ldapsearch('-s', 'one', '-b', slapd.people, 'uid')).match(/(?<=^uid: ).+$/gm));
    const codes = new Set(outcomes.values());
    expect([...codes].filter((code) => !['done', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'].includes(code))).toEqual([]);
    for (const [uid, code] of outcomes) {
      if (code === 'done') expect(found.has(uid), `${uid} was acknowledged`).toBe(true);
      if (code === 'UNAVAILABLE') expect(found.has(uid), `${uid} was not sent`).toBe(false);
    }
    expect(slowest).toBeLessThan(timeoutMs + 100);
    expect(Math.max(...recoveries)).toBeLessThan(2_000);
    await pool.close();
    await slapd.stop();
  });
});
