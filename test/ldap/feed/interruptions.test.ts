import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { contractShape } from '#test/contract/sample.ts';
import { callOf, expectRejection, Subject } from '#test/contract/subject.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { startTcpProxy } from '#test/support/tcp-proxy.ts';
import { Reader } from './reader.ts';

const dnOf = (uid: string) => `uid=${uid},ou=people,dc=example,dc=com`;
const person = (uid: string) => `dn: ${dnOf(uid)}\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n`;
const retitle = (uid: string, title: string) =>
  `dn: ${dnOf(uid)}\nchangetype: modify\nreplace: title\ntitle: ${title}\n`;
const drop = (uid: string) => `dn: ${dnOf(uid)}\nchangetype: delete\n`;

describe('a feed', () => {
  let slapd: Slapd;
  const opened: DirectoryAdapter[] = [];
  const readers: Reader[] = [];

  beforeEach(async () => {
    slapd = await startSlapd({ ldif: person('old') });
  });
  afterEach(async () => {
    for (const reader of readers.splice(0)) await reader.stop();
    for (const adapter of opened.splice(0)) await adapter.close();
    await slapd.stop();
  });

  const open = async (more: object = {}) => {
    const { url, adminDn, adminPassword, people, groups } = slapd;
    const options = { url, bindDn: adminDn, bindPassword: adminPassword, ...more };
    const containers = { users: { base: people, without: '*' }, groups: { base: groups, without: '*' } };
    const adapter = await ldap.open(ldap.options.parse({ ...containers, ...options }), contractShape);
    opened.push(adapter);
    return adapter;
  };
  const follow = async (adapter: DirectoryAdapter, after: string | null = null) => {
    const reader = await Reader.open(adapter, { after });
    readers.push(reader);
    return reader;
  };
  const present = async (adapter: DirectoryAdapter) => (await adapter.changes(callOf(), null, 1)).next;
  const ids = async () => {
    const text = await slapd.ldapsearch('(uid=*)', 'uid', 'entryUUID');
    const entries = text
      .split('\n\n')
      .map((entry) => [/uid: (.+)/.exec(entry)?.[1], /entryUUID: (.+)/.exec(entry)?.[1]]);
    return new Map(entries as [string, string][]);
  };

  test('loses nothing and tells nothing twice when the server is restarted, whoever waits meanwhile', async () => {
    const reader = await follow(await open());
    for (let round = 0; round < 3; round += 1) {
      await slapd.ldapmodify(person(`before${round}`));
      await reader.sees(1 + round * 4);
      const dropped = (await ids()).get(`before${round}`);
      await slapd.kill();
      await slapd.start();
      await slapd.ldapmodify([person(`after${round}`), retitle('old', `r${round}`), drop(`before${round}`)].join('\n'));
      await reader.sees(4 + round * 4);
      const now = await ids();
      expect(reader.told.slice(round * 4).toSorted()).toEqual(
        [
          `created ${dropped}`,
          `created ${now.get(`after${round}`)}`,
          `updated ${now.get('old')}`,
          `deleted ${dropped}`,
        ].toSorted(),
      );
    }
    expect(new Set(reader.changes.map(({ position }) => position)).size).toBe(12);
  });

  test('of a directory that starts anew tells what is gone and what is there', async () => {
    const adapter = await open();
    const reader = await follow(adapter);
    await slapd.ldapmodify(person('ada'));
    await reader.sees(1);
    const before = await ids();
    await slapd.startOver();
    await reader.sees(4);
    expect(reader.told.slice(1).toSorted()).toEqual(
      [
        `deleted ${before.get('ada')}`,
        `deleted ${before.get('old')}`,
        `created ${(await ids()).get('old')}`,
      ].toSorted(),
    );
    // What is gone may have had the names of what is new.
    expect(reader.changes.slice(1).map(({ kind }) => kind)).toEqual(['deleted', 'deleted', 'created']);
  });

  test('of a backup that is restored tells what went back, what is gone again, and nothing of what stayed', async () => {
    await slapd.ldapmodify(person('stays'));
    const reader = await follow(await open());
    const backup = await slapd.backup();
    await slapd.ldapmodify([retitle('old', 'new'), person('ada')].join('\n'));
    await reader.sees(2);
    const before = await ids();
    await slapd.startOver(backup);
    await reader.sees(4);
    expect(reader.told.slice(2)).toEqual([`deleted ${before.get('ada')}`, `updated ${before.get('old')}`]);
  });

  test('tells a thousand changes in a burst, in the order of their commits', async () => {
    const reader = await follow(await open());
    const uids = Array.from({ length: 1_000 }, (_, at) => `p${at}`);
    await slapd.ldapmodify(uids.map(person).join('\n'));
    await reader.sees(1_000);
    const now = await ids();
    expect(reader.told).toEqual(uids.map((uid) => `created ${now.get(uid)}`));
  });

  test('keeps so many changes and no more: a reader who is too slow begins anew', async () => {
    const adapter = await open({ changesKept: 100 });
    const start = await present(adapter);
    const reader = await follow(adapter);
    await slapd.ldapmodify(Array.from({ length: 100 }, (_, at) => person(`p${at}`)).join('\n'));
    await reader.sees(100);
    const all = await adapter.changes(callOf(), start, 1_000);
    expect(all.changes).toHaveLength(100);
    const [first] = all.changes;
    await slapd.ldapmodify(person('more'));
    await reader.sees(101);
    await expectRejection(adapter.changes(callOf(), start, 1_000), 'EXPIRED_CURSOR');
    expect((await adapter.changes(callOf(), first?.position ?? '', 1_000)).changes).toHaveLength(100);
  });

  test('gives out positions that another gateway before the same server understands', async () => {
    const [one, other] = [await open(), await open()];
    const start = await present(one);
    const reader = await follow(other);
    await slapd.ldapmodify([person('a'), person('b'), person('c')].join('\n'));
    await reader.sees(3);
    const [first] = reader.changes;
    const there = await follow(one, first?.position);
    expect((await there.sees(2)).map(({ id }) => id)).toEqual(reader.changes.slice(1).map(({ id }) => id));
    const fromStart = await follow(other, start);
    expect((await fromStart.sees(3)).map(({ id }) => id)).toEqual(reader.changes.map(({ id }) => id));
    await slapd.ldapmodify(drop('a'));
    for (const each of [reader, there, fromStart]) {
      await expect.poll(() => each.changes.at(-1)).toMatchObject({ kind: 'deleted', id: first?.id });
    }
    expect([reader, there, fromStart].map(({ changes }) => changes.length)).toEqual([4, 3, 4]);
  });

  test('is taken up by a gateway that starts anew where nothing has happened since, and has expired where something has', async () => {
    const [one] = [await open()];
    const reader = await follow(one);
    await slapd.ldapmodify(person('ada'));
    await reader.sees(1);
    const position = reader.position;
    const second = await follow(await open(), position);
    await slapd.ldapmodify(drop('ada'));
    expect(await second.sees(1)).toMatchObject([{ kind: 'deleted' }]);
    await expectRejection((await open()).changes(callOf(), position, 1), 'EXPIRED_CURSOR');
  });

  test('is waited for while the server is down, and refused to those who cannot wait', async () => {
    const adapter = await open();
    const start = await present(adapter);
    await slapd.kill();
    const waiting = follow(adapter, start);
    await expectRejection(adapter.changes(callOf({ deadline: Date.now() + 200 }), null, 1), 'UNAVAILABLE');
    await slapd.start();
    await slapd.ldapmodify(person('ada'));
    expect(await (await waiting).sees(1)).toMatchObject([{ kind: 'created' }]);
    expect(await present(adapter)).toBe((await waiting).position);
  });

  test('of a server without the overlay is refused by name, and everything else is served', async () => {
    const plain = await startSlapd({ syncprov: false, ldif: person('ada') });
    const adapter = await open({ url: plain.url });
    const failing = await adapter.changes(callOf(), null, 1).catch((error: unknown) => error);
    expect(failing).toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('load the syncprov overlay'),
    });
    expect(await new Subject(adapter).foundIds('User')).toHaveLength(1);
    await plain.stop();
  });

  test('that is not wanted is refused, and opens no connection', async () => {
    const adapter = await open({ changes: 'none' });
    expect(adapter.capabilities('one' as never, 'User').feed).toBe(false);
    await expectRejection(adapter.changes(callOf(), null, 1), 'UNSUPPORTED');
  });

  test('notices within its heartbeat that a connection has died without a word', async () => {
    const proxy = await startTcpProxy(slapd.port);
    const adapter = await open({ url: `ldap://127.0.0.1:${proxy.port}`, heartbeatMs: 50, timeoutMs: 100 });
    const reader = await follow(adapter);
    proxy.change = () => null;
    await slapd.ldapmodify(person('ada'));
    await expectRejection(
      (async () => {
        for (;;) {
          await adapter.changes(callOf({ deadline: Date.now() + 10_000 }), null, 1);
          await wait(5);
        }
      })(),
      'UNAVAILABLE',
    );
    proxy.change = undefined;
    expect(await reader.sees(1)).toMatchObject([{ kind: 'created' }]);
    await proxy.close();
  });
});
