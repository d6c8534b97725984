import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool, PoolSettings } from '#adapters/ldap/connection/pool.ts';
import { type Slapd, startSlapd } from '../support/slapd.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { ldapCall } from './call.ts';
import { person } from './person.ts';

describe('several servers', () => {
  let first: Slapd;
  let second: Slapd;
  const pools: LdapPool[] = [];
  beforeEach(async () => {
    const named = (name: string) => ({ ldif: `dn: ou=${name},dc=example,dc=com\nobjectClass: organizationalUnit\n` });
    [first, second] = await Promise.all([startSlapd(named('first')), startSlapd(named('second'))]);
  });
  afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.close();
    await Promise.all([first.stop(), second.stop()]);
  });

  const open = (settings: PoolSettings) => {
    const bind = { method: 'simple', dn: first.adminDn, password: first.adminPassword } as const;
    const pool = openPool({ bind, ...settings });
    pools.push(pool);
    return pool;
  };
  /** `first` or `second`: the only entry that tells them apart. */
  const answers = async (pool: LdapPool, consistency: 'any' | 'cached' | 'primary' = 'primary') => {
    const filter = '(|(ou=first)(ou=second))';
    const request = { base: first.suffix, scope: 'one', filter, attributes: ['ou'] } as const;
    return (await pool.search(ldapCall(5_000, { consistency }), request)).entries[0]?.string('ou');
  };

  test('the next one takes over in the same call, and keeps its place until it fails in turn', async () => {
    const pool = open({ urls: [first.url, second.url] });
    expect(await answers(pool)).toBe('first');
    await first.kill();
    expect(await answers(pool)).toBe('second');
    await first.start();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await answers(pool)).toBe('second');
    await second.kill();
    expect(await answers(pool)).toBe('first');
  });

  test('all of a busy pool speaks to one server at a time', async () => {
    const pool = open({ urls: [first.url, second.url], connections: 4 });
    const crowd = () => Promise.all(Array.from({ length: 200 }, () => answers(pool)));
    expect(new Set(await crowd())).toEqual(new Set(['first']));
    await first.kill();
    await answers(pool);
    await first.start();
    expect(new Set(await crowd())).toEqual(new Set(['second']));
  });

  test('one that takes no further connection keeps the work that it has', async () => {
    const proxy = await startTcpProxy(first.port);
    const pool = open({ urls: [`ldap://127.0.0.1:${proxy.port}`, second.url], connections: 4 });
    expect(await answers(pool)).toBe('first');
    const listening = proxy.close({ keepConnections: true });
    expect(new Set(await Promise.all(Array.from({ length: 200 }, () => answers(pool))))).toEqual(new Set(['first']));
    proxy.reset();
    await listening;
    await expect.poll(() => answers(pool)).toBe('second');
  });

  test('that are all down are UNAVAILABLE', async () => {
    const pool = open({ urls: [first.url, second.url] });
    await Promise.all([first.kill(), second.kill()]);
    await expect(answers(pool)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('a write that has not left goes to the next one', async () => {
    const pool = open({ urls: [first.url, second.url] });
    await first.kill();
    await pool.add(ldapCall(), person('ada'));
    expect(await second.ldapsearch('(uid=ada)', '1.1')).toContain('uid=ada');
  });

  test('reads that may be stale are a replica’s, all else is the primary’s', async () => {
    const pool = open({ urls: [first.url], replicas: [second.url] });
    expect(await answers(pool, 'any')).toBe('second');
    expect(await answers(pool, 'cached')).toBe('first');
    expect(await answers(pool, 'primary')).toBe('first');
    await pool.add(ldapCall(5_000, { consistency: 'any' }), person('ada'));
    expect(await first.ldapsearch('(uid=ada)', '1.1')).toContain('uid=ada');
  });

  test('a replica that is down is the primary’s work, in the same call, until it is back', async () => {
    const pool = open({ urls: [first.url], replicas: [second.url] });
    expect(await answers(pool, 'any')).toBe('second');
    await second.kill();
    expect(await answers(pool, 'any')).toBe('first');
    await second.start();
    await expect.poll(() => answers(pool, 'any'), { timeout: 2_000 }).toBe('second');
  });

  test('a replica that follows the primary answers what was written there, and refers writes to it', async () => {
    const provider = `provider=${first.url} type=refreshAndPersist searchbase="${first.suffix}" retry="1 +"`;
    const login = `bindmethod=simple binddn="${first.adminDn}" credentials=${first.adminPassword}`;
    const database = `syncrepl rid=001 ${provider} ${login}\nupdateref ${first.url}`;
    const replica = await startSlapd({ empty: true, database });
    const pool = open({ urls: [first.url], replicas: [replica.url] });
    await pool.add(ldapCall(), person('ada'));
    const request = {
      base: first.people,
      scope: 'one',
      filter: '(uid=ada)',
      attributes: ['uid'],
      accept: [32],
    } as const;
    const found = () => pool.search(ldapCall(5_000, { consistency: 'any' }), request);
    await expect.poll(async () => (await found()).entries.length, { timeout: 5_000 }).toBe(1);
    expect(await replica.countOperations(found)).toEqual({ SRCH: 1 });
    const wrong = open({ urls: [replica.url] });
    const refused = wrong.delete(ldapCall(), { dn: `uid=ada,${first.people}` });
    await expect(refused).rejects.toMatchObject({
      code: 10,
      result: { referrals: [expect.stringContaining(first.url)] },
    });
    await replica.stop();
  });

  test('a write that a read-only server refuses has its code, and names nobody else', async () => {
    const readOnly = await startSlapd({ database: 'readonly on' });
    const pool = open({ urls: [readOnly.url, second.url] });
    await expect(pool.add(ldapCall(), person('ada'))).rejects.toMatchObject({ code: 53 });
    await readOnly.stop();
  });
});
