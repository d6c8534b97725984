/**
 * What ldapts' Client does when it is used as its documentation shows, and what our connections do instead. Where a `stock` half fails,
 * ldapts has mended it: its reason in docs/adr/0033 is then gone.
 */
import { Client } from 'ldapts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { type Slapd, startSlapd } from '../../support/slapd.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import { ldapCall } from '../call.ts';
import { person } from '../person.ts';

const WHO_AM_I = '1.3.6.1.4.1.4203.1.11.3';
/** An intermediate response (RFC 4511 §4.13) to a request that nobody made. */
const INTERMEDIATE = Buffer.from([0x30, 0x06, 0x02, 0x02, 0x7f, 0x7f, 0x79, 0x00]);
const HANGS = 'hangs';

describe('pitfalls of connections', { retry: 2 }, () => {
  let slapd: Slapd;
  let proxy: TcpProxy;
  let pool: LdapPool;
  const clients: Client[] = [];
  beforeEach(async () => {
    slapd = await startSlapd();
    proxy = await startTcpProxy(slapd.port);
    pool = openPool({
      urls: [`ldap://127.0.0.1:${proxy.port}`],
      bind: { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword },
      connections: 1,
    });
  });
  afterEach(async () => {
    await pool.close();
    await proxy.close();
    await slapd.stop();
    // It may hang as well.
    for (const client of clients.splice(0)) void client.unbind().catch(() => undefined);
  });

  const stock = async (options: { timeout?: number; bound?: boolean } = {}) => {
    const { bound = true, ...rest } = options;
    const client = new Client({ url: `ldap://127.0.0.1:${proxy.port}`, ...rest });
    clients.push(client);
    if (bound) await client.bind(slapd.adminDn, slapd.adminPassword);
    return client;
  };
  const base = { scope: 'base', filter: '(objectClass=*)', attributes: ['dc'] } as const;
  const search = (client: Client) => client.search('dc=example,dc=com', { ...base, attributes: ['dc'] });
  const read = (call = ldapCall()) => pool.search(call, { base: 'dc=example,dc=com', ...base });
  const within = (work: Promise<unknown>, ms = 400) =>
    Promise.race([
      work.then(
        () => 'answered',
        () => 'failed',
      ),
      new Promise<string>((resolve) => setTimeout(resolve, ms, HANGS)),
    ]);
  const isBound = async () => (await pool.extended(ldapCall(), { oid: WHO_AM_I })).value?.toString() !== undefined;

  describe('1: ten operations at once on a client that is not connected yet', () => {
    test('stock: each opens a socket, and they hang', async () => {
      const client = await stock({ bound: false });
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => within(search(client))));
      expect(proxy.taken).toBeGreaterThan(1);
      expect(outcomes).toContain(HANGS);
    });

    test('ours: one connection, and all are answered', async () => {
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => within(read(), 2_000)));
      expect(proxy.taken).toBe(1);
      expect(new Set(outcomes)).toEqual(new Set(['answered']));
    });
  });

  describe('2: a message that is not known, in one piece with another', () => {
    beforeEach(() => {
      proxy.change = (chunk) => Buffer.concat([INTERMEDIATE, chunk]);
    });

    test('stock: the other is lost', async () => {
      proxy.change = undefined;
      const client = await stock();
      proxy.change = (chunk) => Buffer.concat([INTERMEDIATE, chunk]);
      expect(await within(search(client))).toBe(HANGS);
    });

    test('ours: the other is answered', async () => {
      expect(await within(read(), 2_000)).toBe('answered');
      expect(proxy.taken).toBe(1);
    });
  });

  describe('3: an operation that is late', () => {
    test('stock: its sibling fails, and the next operation is nobody’s', async () => {
      const client = await stock({ timeout: 100 });
      proxy.delayMs = 300;
      const late = within(search(client), 1_000);
      await new Promise((resolve) => setTimeout(resolve, 60));
      proxy.delayMs = 60;
      expect(await within(search(client), 1_000)).toBe('failed');
      expect(await late).toBe('failed');
      proxy.delayMs = 0;
      expect((await client.exop(WHO_AM_I)).value ?? '').toBe('');
    });

    test('ours: its sibling is answered, and the next operation has our name', async () => {
      await read();
      proxy.delayMs = 300;
      const late = within(read(ldapCall(100)), 1_000);
      await new Promise((resolve) => setTimeout(resolve, 60));
      proxy.delayMs = 60;
      expect(await within(read(), 1_000)).toBe('answered');
      expect(await late).toBe('failed');
      proxy.delayMs = 0;
      const { value } = await pool.extended(ldapCall(), { oid: WHO_AM_I });
      expect(value?.toString()).toBe(`dn:${slapd.adminDn}`);
    });
  });

  describe('4: a connection that was encrypted by StartTLS and broke', () => {
    test('stock: hangs; ours is encrypted again', async () => {
      const certificates = await makeCertificates('/CN=unused');
      const server = await startSlapd({ tls: certificates.files });
      const [forStock, forOurs] = [await startTcpProxy(server.port), await startTcpProxy(server.port)];
      const client = new Client({ url: `ldap://localhost:${forStock.port}`, timeout: 0 });
      clients.push(client);
      await client.startTLS({ ca: certificates.ca, servername: 'localhost' });
      await client.bind(server.adminDn, server.adminPassword);
      const ours = openPool({
        urls: [`ldap://localhost:${forOurs.port}`],
        tls: { startTls: true, ca: certificates.ca },
        bind: { method: 'simple', dn: server.adminDn, password: server.adminPassword },
      });
      const request = { base: server.suffix, ...base };
      await ours.search(ldapCall(), request);
      forStock.reset();
      forOurs.reset();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await within(search(client))).toBe(HANGS);
      expect((await ours.search(ldapCall(), request)).entries).toHaveLength(1);
      expect(forOurs.taken).toBe(2);
      expect(forOurs.sent().includes(server.suffix)).toBe(false);
      await ours.close();
      await Promise.all([forStock.close(), forOurs.close(), server.stop()]);
      certificates.remove();
    });
  });

  describe('5: an answer that nobody waits for any more', () => {
    test('stock: the server goes on, since nothing tells it', async () => {
      const client = await stock({ timeout: 50 });
      proxy.delayMs = 200;
      expect(await within(search(client))).toBe('failed');
      await slapd.countOperations(async () => undefined);
      expect(slapd.log()).not.toContain('ABANDON');
    });

    test('ours: the server is told', async () => {
      await read();
      proxy.delayMs = 200;
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      expect(await within(read(ldapCall(5_000, { signal: controller.signal })))).toBe('failed');
      await expect.poll(() => slapd.log()).toContain('ABANDON');
    });
  });

  describe('8: what a request costs before it is sent', () => {
    test('stock: it is written as JSON for a log that is off; ours is not', async () => {
      const client = await stock();
      await read();
      const stringify = vi.spyOn(JSON, 'stringify');
      await read();
      expect(stringify).not.toHaveBeenCalled();
      await search(client);
      expect(stringify).toHaveBeenCalled();
      stringify.mockRestore();
    });
  });

  describe('10: 2,000 writes at once', () => {
    test('stock: the server ends the connection', async () => {
      const client = await stock();
      const adds = Array.from({ length: 2_000 }, (_, at) => {
        const { dn, attributes } = person(`p${at}`);
        return client.add(dn, attributes as Record<string, string[]>).then(
          () => 'answered',
          () => 'failed',
        );
      });
      expect(await Promise.all(adds)).toContain('failed');
    });

    test('ours: all are answered', async () => {
      const adds = Array.from({ length: 2_000 }, (_, at) => pool.add(ldapCall(25_000), person(`p${at}`)));
      expect((await Promise.all(adds)).every(({ code }) => code === 0)).toBe(true);
      expect(await isBound()).toBe(true);
    });
  });

  describe('11: a write that needs the one before it', () => {
    const change = { operation: 'replace', attribute: 'sn', values: ['New'] } as const;

    test('stock, sent without waiting: some come too early', async () => {
      const client = await stock();
      const { Attribute, Change } = await import('ldapts');
      const rounds = Array.from({ length: 100 }, async (_, at) => {
        const { dn, attributes } = person(`p${at}`);
        const added = client.add(dn, attributes as Record<string, string[]>);
        const modification = new Attribute({ type: 'sn', values: ['New'] });
        const changed = client.modify(dn, new Change({ operation: 'replace', modification }));
        return (await Promise.allSettled([added, changed])).map(({ status }) => status);
      });
      expect((await Promise.all(rounds)).flat()).toContain('rejected');
    });

    test('ours, which are awaited: none does, over whichever connection they go', async () => {
      const many = openPool({
        urls: [slapd.url],
        bind: { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword },
        connections: 4,
      });
      const rounds = Array.from({ length: 60 }, async (_, at) => {
        const { dn, attributes } = person(`p${at}`);
        await many.add(ldapCall(), { dn, attributes });
        await many.modify(ldapCall(), { dn, changes: [change] });
      });
      await Promise.all(rounds);
      await many.close();
    });
  });
});
