import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import type { EntryChange } from '#adapters/ldap/sync/entry-change.ts';
import { followChanges } from '#adapters/ldap/sync/follow-changes.ts';
import { type Slapd, startSlapd } from '../../support/slapd.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';

const person = (uid: string, sn = uid) =>
  `dn: uid=${uid},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${sn}\n`;
const rename = (uid: string, sn: string) =>
  `dn: uid=${uid},ou=people,dc=example,dc=com\nchangetype: modify\nreplace: sn\nsn: ${sn}\n`;
const drop = (uid: string) => `dn: uid=${uid},ou=people,dc=example,dc=com\nchangetype: delete\n`;

/** What was told so far, and when. */
interface Follower {
  readonly changes: EntryChange[];
  readonly ended: Promise<unknown>;
  /** Waits until the changes are these, without the marks between them. */
  sees(...expected: readonly string[]): Promise<void>;
  cookie(): string | null;
  stop(): Promise<void>;
}

describe('following a directory', { retry: 2 }, () => {
  let slapd: Slapd;
  let pool: LdapPool;
  const followers: Follower[] = [];
  const pools: LdapPool[] = [];
  const open = (url: string, more = {}) => {
    const bind = { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword } as const;
    const opened = openPool({ urls: [url], bind, ...more });
    pools.push(opened);
    return opened;
  };
  beforeEach(async () => {
    slapd = await startSlapd({ ldif: `${person('old')}\n${person('older')}` });
    pool = open(slapd.url);
  });
  afterEach(async () => {
    for (const follower of followers.splice(0)) await follower.stop();
    for (const each of pools.splice(0)) await each.close();
    await slapd.stop();
  });

  const follow = (cookie: string | null = null, from = pool): Follower => {
    const controller = new AbortController();
    const changes: EntryChange[] = [];
    const request = { base: slapd.people, scope: 'one', filter: '(objectClass=inetOrgPerson)' } as const;
    const iterate = async () => {
      const following = { ...request, attributes: ['uid', 'sn'], cookie, signal: controller.signal };
      for await (const change of followChanges(from, following)) changes.push(change);
    };
    const ended = iterate().catch((error: unknown) => error);
    const names = new Map<string, string>();
    const told = () =>
      changes.flatMap((change) => {
        if (change.kind === 'delete') return [`delete ${names.get(change.id) ?? 'unknown'}`];
        if (!('entry' in change)) return [];
        names.set(change.id, change.entry.string('uid') ?? '');
        return [`${change.kind} ${change.entry.string('uid')} ${change.entry.string('sn')}`];
      });
    const follower: Follower = {
      changes,
      ended,
      sees: (...expected) => expect.poll(told, { timeout: 5_000, interval: 2 }).toEqual(expected),
      cookie: () => changes.reduce<string | null>((last, each) => ('cookie' in each && each.cookie) || last, null),
      async stop() {
        controller.abort();
        await ended;
      },
    };
    followers.push(follower);
    return follower;
  };
  const current = (follower: Follower, times = 1) =>
    expect
      .poll(() => follower.changes.filter(({ kind }) => kind === 'current').length, { timeout: 5_000, interval: 2 })
      .toBeGreaterThanOrEqual(times);

  test('begins silently, then tells what others do, with entryUUID and cookie', async () => {
    const follower = follow();
    await current(follower);
    expect(follower.changes.map(({ kind }) => kind)).toEqual(['current']);
    await slapd.ldapmodify(person('ada', 'Byron'));
    await slapd.ldapmodify(rename('ada', 'Lovelace'));
    await slapd.ldapmodify(rename('old', 'Changed'));
    await slapd.ldapmodify(drop('ada'));
    await slapd.ldapmodify(`dn: ou=more,${slapd.suffix}\nobjectClass: organizationalUnit\nou: more\n`);
    await follower.sees('add ada Byron', 'modify ada Lovelace', 'modify old Changed', 'delete ada');
    const [, added] = follower.changes;
    const uuid = /entryUUID: (.+)/.exec(await slapd.ldapsearch('(uid=old)', 'entryUUID'))?.[1];
    expect(added).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) });
    expect(follower.changes.some((change) => 'id' in change && change.id === uuid)).toBe(true);
    expect(follower.changes.filter((change) => 'id' in change).every((each) => 'cookie' in each)).toBe(true);
  });

  test('an entry that gets another name is one modify', async () => {
    const follower = follow();
    await current(follower);
    const to = 'changetype: modrdn\nnewrdn: uid=new\ndeleteoldrdn: 1';
    await slapd.ldapmodify(`dn: uid=old,${slapd.people}\n${to}\n`);
    await follower.sees('modify new old');
    const [change] = follower.changes.filter((each) => 'entry' in each);
    expect(change).toMatchObject({ entry: { dn: `uid=new,${slapd.people}` } });
  });

  test('a change is told within a tenth of a second of its acknowledgement', async () => {
    const follower = follow();
    await current(follower);
    const delays: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      const before = follower.changes.length;
      await slapd.ldapmodify(person(`timed${at}`));
      const acknowledged = performance.now();
      await expect.poll(() => follower.changes.length, { interval: 1 }).toBe(before + 1);
      delays.push(performance.now() - acknowledged);
    }
    // One quiet attempt is enough to show that nothing waits for a clock.
    expect(Math.min(...delays)).toBeLessThan(100);
    expect(delays.toSorted((a, b) => a - b)[10]).toBeLessThan(100);
  });

  test('goes on at a cookie in another process: what was added, changed and dropped meanwhile', async () => {
    const first = follow();
    await current(first);
    await slapd.ldapmodify(person('ada'));
    await first.sees('add ada ada');
    await first.stop();
    await slapd.ldapmodify(person('bob'));
    await slapd.ldapmodify(rename('ada', 'Lovelace'));
    const second = follow(first.cookie());
    await current(second);
    const told = second.changes.flatMap((change) => ('entry' in change ? [change.entry.string('sn')] : []));
    expect(told.toSorted()).toEqual(['Lovelace', 'bob']);
    await slapd.ldapmodify(person('eve'));
    await expect.poll(() => second.changes.at(-1)).toMatchObject({ kind: 'add' });
    const third = follow(second.cookie());
    await slapd.ldapmodify(drop('ada'));
    await expect.poll(() => third.changes.filter(({ kind }) => kind === 'delete')).toHaveLength(1);
  });

  test('what was dropped while nobody followed is told by id', async () => {
    const first = follow();
    await current(first);
    await slapd.ldapmodify(person('ada'));
    await first.sees('add ada ada');
    await first.stop();
    const [added] = first.changes.filter((change) => 'id' in change);
    await slapd.ldapmodify(drop('ada'));
    const second = follow(first.cookie());
    await current(second);
    expect(second.changes).toContainEqual(expect.objectContaining({ kind: 'delete', id: added?.id }));
    expect(second.changes.some(({ kind }) => kind === 'gap')).toBe(false);
  });

  test('a cookie that the server does not know is a gap, after which changes are told again', async () => {
    const follower = follow('rid=000,csn=19990101000000.000000Z#000000#000#000000');
    await current(follower);
    expect(follower.changes.some(({ kind }) => kind === 'gap')).toBe(true);
    await slapd.ldapmodify(person('ada'));
    await expect.poll(() => follower.changes.at(-1)).toMatchObject({ kind: 'add' });
  });

  test('a cookie from the future, as after a restore of an old backup, is a gap', async () => {
    const follower = follow('rid=000,csn=20990101000000.000000Z#000000#000#000000');
    await current(follower);
    expect(follower.changes.some(({ kind }) => kind === 'gap')).toBe(true);
  });

  test('a kill loses no change, and tells none twice', async () => {
    const follower = follow();
    await current(follower);
    for (let round = 0; round < 3; round += 1) {
      await slapd.ldapmodify(person(`before${round}`));
      await slapd.kill();
      await slapd.start();
      await slapd.ldapmodify(`${person(`after${round}`)}\n`);
      await slapd.ldapmodify(drop(`before${round}`));
      await slapd.ldapmodify(rename('old', `r${round}`));
      await current(follower, 2 + round);
    }
    const uids = (await slapd.ldapsearch('(uid=*)', 'uid')).match(/(?<=^uid: ).+$/gm) ?? [];
    const mirror = () => {
      const sns = new Map<string, string>();
      for (const change of follower.changes) {
        if ('entry' in change) sns.set(change.id, `${change.entry.string('uid')} ${change.entry.string('sn')}`);
        if (change.kind === 'delete') sns.delete(change.id);
      }
      return [...sns.values()].toSorted();
    };
    expect(uids.toSorted()).toEqual(['after0', 'after1', 'after2', 'old', 'older']);
    await expect
      .poll(mirror, { timeout: 5_000 })
      .toEqual(['after0 after0', 'after1 after1', 'after2 after2', 'old r2']);
    const told = follower.changes.flatMap((change) => ('entry' in change ? [change.entry.string('entryCSN')] : []));
    expect(new Set(told).size).toBe(told.length);
    expect(follower.changes.some(({ kind }) => kind === 'gap')).toBe(false);
  });

  test('a server whose directory is another one all at once tells what is gone and what is new', async () => {
    const follower = follow();
    await current(follower);
    await slapd.ldapmodify(person('ada'));
    await follower.sees('add ada ada');
    await slapd.startOver();
    await current(follower, 2);
    const kinds = follower.changes.flatMap((change) => ('id' in change ? [change.kind] : []));
    expect(kinds.toSorted()).toEqual(['add', 'add', 'add', 'delete', 'delete', 'delete']);
    expect(follower.changes.some(({ kind }) => kind === 'gap')).toBe(false);
  });

  test('a backup that is restored tells what went back, what is gone again, and nothing of what stayed', async () => {
    const follower = follow();
    await current(follower);
    const backup = await slapd.backup();
    await slapd.ldapmodify(rename('old', 'Changed'));
    await slapd.ldapmodify(person('ada'));
    await follower.sees('modify old Changed', 'add ada ada');
    await slapd.startOver(backup);
    await current(follower, 2);
    await follower.sees('modify old Changed', 'add ada ada', 'modify old old', 'delete ada');
  });

  test('a server that is not there yet is waited for', async () => {
    await slapd.kill();
    const follower = follow();
    await expect.poll(() => follower.changes.at(-1)).toMatchObject({ kind: 'interrupted' });
    await slapd.start();
    await current(follower);
    await slapd.ldapmodify(person('ada'));
    await follower.sees('add ada ada');
  });

  test('a connection that dies without a word is noticed, and its changes are told after all', async () => {
    const proxy = await startTcpProxy(slapd.port);
    const follower = follow(null, open(`ldap://127.0.0.1:${proxy.port}`, { heartbeatMs: 50, timeoutMs: 50 }));
    await current(follower);
    proxy.change = () => null;
    await slapd.ldapmodify(person('ada'));
    await expect.poll(() => follower.changes.at(-1), { timeout: 3_000 }).toMatchObject({ kind: 'interrupted' });
    proxy.change = undefined;
    await follower.sees('add ada ada');
    expect(proxy.sent().includes('csn=')).toBe(true);
    await follower.stop();
    await proxy.close();
  });

  test('other operations are answered meanwhile, and it ends when it is told to', async () => {
    const follower = follow();
    await current(follower);
    const search = { base: slapd.people, scope: 'one', filter: '(uid=old)', attributes: ['uid'] } as const;
    const call = {
      deadline: Date.now() + 5_000,
      signal: new AbortController().signal,
      consistency: 'primary',
    } as const;
    expect((await pool.search(call, search)).entries).toHaveLength(1);
    await follower.stop();
    expect(await follower.ended).toBeUndefined();
    await slapd.countOperations(async () => undefined);
    expect(slapd.log()).toMatch(/UNBIND|closed/);
  });

  test('a consumer that leaves takes the connection with it', async () => {
    const request = { base: slapd.people, scope: 'one', filter: '(uid=*)', attributes: ['uid'] } as const;
    const signal = new AbortController().signal;
    for await (const change of followChanges(pool, { ...request, cookie: null, signal })) {
      expect(change.kind).toBe('current');
      break;
    }
    await expect.poll(() => slapd.log()).toMatch(/conn=\d+ fd=\d+ closed/);
  });

  test('a server without the overlay is UNAVAILABLE, and named', async () => {
    const plain = await startSlapd({ syncprov: false });
    const follower = follow(null, open(plain.url));
    expect(await follower.ended).toMatchObject({
      code: 'UNAVAILABLE',
      message:
        'the directory does not let its changes be followed (RFC 4533, result 12): load the syncprov overlay for its database, or set `changes: none` for this backend',
    });
    await plain.stop();
  });
});

test('a consumer that is slow makes the server wait, and gets everything', async () => {
  const people = Array.from({ length: 20_000 }, (_, at) => person(`p${at}`, 'x'.repeat(500))).join('\n');
  const slapd = await startSlapd({ ldif: people });
  const bind = { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword } as const;
  const pool = openPool({ urls: [slapd.url], bind });
  const request = { base: slapd.people, scope: 'one', filter: '(uid=*)', attributes: ['uid', 'sn'] } as const;
  const controller = new AbortController();
  // With a cookie from before everything each entry is told.
  const cookie = 'rid=000,csn=20000101000000.000000Z#000000#000#000000';
  const ids = new Set<string>();
  let pauses = 0;
  const flowing: typeof pool.listen = (signal, search, take) =>
    pool.listen(signal, search, (message, flow) =>
      take(message, {
        pause() {
          pauses += 1;
          flow.pause();
        },
        resume: () => flow.resume(),
      }),
    );
  const slow = { ...pool, listen: flowing } as LdapPool;
  for await (const change of followChanges(slow, { ...request, cookie, signal: controller.signal })) {
    if ('id' in change) ids.add(change.id);
    if (ids.size === 1) await expect.poll(() => pauses, { timeout: 10_000 }).toBeGreaterThan(0);
    if (ids.size === 20_000) break;
  }
  await pool.close();
  await slapd.stop();
});
