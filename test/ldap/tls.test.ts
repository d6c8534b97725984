import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool, PoolSettings } from '#adapters/ldap/connection/pool.ts';
import { type Certificates, makeCertificates } from '../support/certificates.ts';
import { type Slapd, startSlapd } from '../support/slapd.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { ldapCall } from './call.ts';

const WHO_AM_I = '1.3.6.1.4.1.4203.1.11.3';
const CLIENT = '/DC=com/DC=example/CN=portico';

describe('ways to a directory', () => {
  let certificates: Certificates;
  let slapd: Slapd;
  let demanding: Slapd;
  const pools: LdapPool[] = [];

  beforeAll(async () => {
    certificates = await makeCertificates(CLIENT);
    slapd = await startSlapd({ tls: certificates.files });
    demanding = await startSlapd({ tls: { ...certificates.files, clients: true } });
  });
  afterAll(async () => {
    for (const pool of pools) await pool.close();
    await Promise.all([slapd.stop(), demanding.stop()]);
    certificates.remove();
  });

  const simple = () => ({ method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword }) as const;
  const open = (settings: PoolSettings) => {
    const pool = openPool({ bind: simple(), ...settings });
    pools.push(pool);
    return pool;
  };
  const whoAmI = async (pool: LdapPool) =>
    (await pool.extended(ldapCall(), { oid: WHO_AM_I })).value?.toString() || 'nobody';
  const admin = `dn:cn=admin,dc=example,dc=com`;
  const throughName = ({ port }: { port: number }) => `ldap://localhost:${port}`;

  test('ldaps, held against an authority of our own', async () => {
    expect(await whoAmI(open({ urls: [slapd.ldapsUrl], tls: { ca: certificates.ca } }))).toBe(admin);
  });

  test('a certificate that nobody we trust has signed is refused, and named', async () => {
    await expect(whoAmI(open({ urls: [slapd.ldapsUrl] }))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/\((UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN)\)$/),
    });
  });

  test('a certificate of another name is refused, unless that name is expected', async () => {
    const port = new URL(slapd.ldapsUrl).port;
    const tls = { ca: certificates.ca, servername: 'ldap.example.com' };
    const message = 'the directory cannot be reached (ERR_TLS_CERT_ALTNAME_INVALID)';
    await expect(whoAmI(open({ urls: [slapd.ldapsUrl], tls }))).rejects.toMatchObject({ message });
    const url = `ldaps://127.0.0.1:${port}`;
    expect(await whoAmI(open({ urls: [url], tls: { ...tls, servername: 'localhost' } }))).toBe(admin);
    expect(await whoAmI(open({ urls: [url], tls: { ca: certificates.ca } }))).toBe(admin);
  });

  test('StartTLS: the password passes encrypted, on every connection anew', async () => {
    const proxy = await startTcpProxy(slapd.port);
    const pool = open({ urls: [throughName(proxy)], tls: { startTls: true, ca: certificates.ca } });
    expect(await whoAmI(pool)).toBe(admin);
    proxy.reset();
    await expect.poll(() => whoAmI(pool).catch(() => 'nobody')).toBe(admin);
    expect(proxy.taken).toBe(2);
    expect(proxy.sent().includes(slapd.adminPassword)).toBe(false);
    await proxy.close();
  });

  test('StartTLS that is refused, or whose certificate does not fit, sends no password', async () => {
    const bare = await startSlapd();
    for (const target of [bare, slapd]) {
      const proxy = await startTcpProxy(target.port);
      const pool = open({ urls: [throughName(proxy)], tls: { startTls: true } });
      await expect(whoAmI(pool)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(proxy.taken).toBe(1);
      expect(proxy.sent().includes(slapd.adminPassword)).toBe(false);
      await proxy.close();
    }
    await bare.stop();
  });

  test('a client is who its certificate says', async () => {
    const { ca, client } = certificates;
    const tls = { ca, ...client };
    const pool = open({ urls: [demanding.ldapsUrl], tls, bind: { method: 'external' } });
    expect((await whoAmI(pool)).toLowerCase()).toBe('dn:cn=portico,dc=example,dc=com');
    const starting = { ...tls, startTls: true };
    expect(await whoAmI(open({ urls: [throughName(demanding)], tls: starting, bind: { method: 'external' } }))).toMatch(
      /portico/,
    );
    await expect(whoAmI(open({ urls: [demanding.ldapsUrl], tls: { ca } }))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });

  test('a Unix socket, with the owner of this process as the one who asks', async () => {
    expect(await whoAmI(open({ urls: [slapd.ldapiUrl], bind: { method: 'external' } }))).toBe(admin);
  });

  test('without a bind one is nobody', async () => {
    const pool = openPool({ urls: [slapd.url] });
    pools.push(pool);
    expect(await whoAmI(pool)).toBe('nobody');
  });

  test('a wrong password is UNAVAILABLE, and neither it nor the name is told', async () => {
    const bind = { method: 'simple', dn: slapd.adminDn, password: 'wrong-one' } as const;
    const error = await whoAmI(open({ urls: [slapd.url], bind })).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      code: 'UNAVAILABLE',
      message: 'the directory refuses to be bound to (result 49); correct bindDn and bindPassword',
      retryAfterMs: expect.any(Number),
    });
    expect(String((error as Error).stack)).not.toContain('wrong-one');
  });

  test('a name without a password is refused, since servers take it for nobody', () => {
    const opened = () => openPool({ urls: [slapd.url], bind: { ...simple(), password: '' } });
    expect(opened).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
  });

  test('bytes that somebody puts behind the answer to StartTLS are never taken for the server’s', async () => {
    const proxy = await startTcpProxy(slapd.port);
    let first = true;
    proxy.change = (chunk) => {
      const injected = first ? Buffer.concat([chunk, Buffer.from([0x30, 0x20])]) : chunk;
      first = false;
      return injected;
    };
    const pool = open({ urls: [throughName(proxy)], tls: { startTls: true, ca: certificates.ca } });
    await expect(whoAmI(pool)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(proxy.sent().includes(slapd.adminPassword)).toBe(false);
    await proxy.close();
  });

  test.each(['http://x', 'ldap://', 'ldap://h/dc=x', 'ldap://h?x', 'ldapi:///run/ldapi', 'ldap', 'ldap://me:pw@h'])(
    '%s is no address',
    (url) => {
      const opened = () => openPool({ urls: [url] });
      expect(opened).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
      expect(opened).not.toThrow('pw@');
    },
  );
});
