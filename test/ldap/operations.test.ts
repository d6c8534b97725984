import { EqualityFilter } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  assertion,
  matchedValues,
  nextPage,
  pagedResults,
  postRead,
  preRead,
  readBack,
  readBefore,
  sort,
  sortResult,
} from '#adapters/ldap/connection/controls.ts';
import { hasCode, LdapError } from '#adapters/ldap/connection/ldap-error.ts';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { type Slapd, startSlapd } from '../support/slapd.ts';
import { ldapCall } from './call.ts';
import { person } from './person.ts';

describe('operations on a real slapd', () => {
  let slapd: Slapd;
  let pool: LdapPool;
  beforeAll(async () => {
    slapd = await startSlapd();
    pool = openPool({
      urls: [slapd.url],
      bind: { method: 'simple', dn: slapd.adminDn, password: slapd.adminPassword },
    });
  });
  afterAll(async () => {
    await pool.close();
    await slapd.stop();
  });

  const add = (uid: string, more = {}) => pool.add(ldapCall(), { ...person(uid), ...more });
  const find = (filter: string, more = {}) =>
    pool.search(ldapCall(), { base: slapd.people, scope: 'sub', filter, attributes: ['*'], ...more });

  test('add, search, modify, rename, compare and delete', async () => {
    await add('ada');
    const [ada] = (await find('(uid=ada)')).entries;
    expect(ada?.dn).toBe(`uid=ada,${slapd.people}`);
    expect(ada?.strings('CN')).toEqual(['ada']);
    expect(ada?.strings('mail')).toEqual([]);
    const dn = ada?.dn ?? '';
    await pool.modify(ldapCall(), { dn, changes: [{ operation: 'add', attribute: 'mail', values: ['a@x', 'b@x'] }] });
    expect(await pool.compare(ldapCall(), { dn, attribute: 'mail', value: 'B@X' })).toBe(true);
    expect(await pool.compare(ldapCall(), { dn, attribute: 'mail', value: 'c@x' })).toBe(false);
    await pool.modifyDn(ldapCall(), { dn, newRdn: 'uid=eve', deleteOldRdn: true });
    expect((await find('(uid=eve)')).entries[0]?.strings('mail')).toEqual(['a@x', 'b@x']);
    await pool.delete(ldapCall(), { dn: `uid=eve,${slapd.people}` });
    expect((await find('(uid=eve)')).entries).toEqual([]);
  });

  test('a result that is no success is an error with its code, unless it is accepted', async () => {
    await add('twice');
    const error = await add('twice').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LdapError);
    expect(hasCode(error, 68)).toBe(true);
    expect(await add('twice', { accept: [68] })).toMatchObject({ code: 68 });
    const missing = { dn: `uid=none,${slapd.people}` };
    await expect(pool.delete(ldapCall(), missing)).rejects.toMatchObject({
      code: 32,
      result: { matchedDn: slapd.people },
    });
  });

  test('an assertion guards a write, and the entry before and after it comes with the result', async () => {
    await add('guarded', { controls: [postRead(['entryUUID', 'entryCSN'])] });
    const dn = `uid=guarded,${slapd.people}`;
    const change = [{ operation: 'replace', attribute: 'sn', values: ['New'] }] as const;
    const stale = { dn, changes: change, controls: [assertion('(sn=Other)')] };
    await expect(pool.modify(ldapCall(), stale)).rejects.toMatchObject({ code: 122 });
    const controls = [
      assertion(new EqualityFilter({ attribute: 'sn', value: 'guarded' })),
      preRead(['sn']),
      postRead(['sn']),
    ];
    const result = await pool.modify(ldapCall(), { dn, changes: change, controls });
    expect(readBefore(result.controls)?.strings('sn')).toEqual(['guarded']);
    expect(readBack(result.controls)?.strings('sn')).toEqual(['New']);
  });

  test('of a large attribute only the values come that are asked for', async () => {
    const members = Array.from({ length: 1_000 }, (_, at) => `uid=m${at},${slapd.people}`);
    const attributes = { objectClass: ['groupOfNames'], cn: ['large'], member: members };
    await pool.add(ldapCall(), { dn: `cn=large,${slapd.groups}`, attributes });
    const controls = [matchedValues([new EqualityFilter({ attribute: 'member', value: members[7] ?? '' })])];
    const request = {
      base: `cn=large,${slapd.groups}`,
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: ['member'],
    };
    const result = await pool.search(ldapCall(), { ...request, scope: 'base', controls });
    expect(result.entries[0]?.strings('member')).toEqual([members[7]]);
  });

  test('values come as the bytes that were written', async () => {
    const photo = Buffer.from([0xff, 0xd8, 0x00, 0x28, 0x2a, 0xc3]);
    const { dn, attributes } = person('bytes');
    const sn = 'Ødegård *(\\)\u0000 , + "# ';
    await pool.add(ldapCall(), { dn, attributes: { ...attributes, jpegPhoto: [photo], description: [sn] } });
    const filter = new EqualityFilter({ attribute: 'description', value: sn });
    const [entry] = (await find('', { filter })).entries;
    expect(entry?.buffers('jpegphoto')).toEqual([photo]);
    expect(entry?.string('description')).toBe(sn);
  });

  test('entries come sorted and by page, on a connection that is held for it', async () => {
    for (const uid of ['p3', 'p1', 'p2']) await add(uid);
    const order = sort([{ attribute: 'uid', rule: 'caseIgnoreOrderingMatch', descending: true }]);
    const uids = await pool.exclusive(ldapCall(), async (connection) => {
      const found: (string | undefined)[] = [];
      let cookie: Buffer | undefined;
      do {
        const controls = [order, pagedResults(2, cookie)];
        const request = {
          base: slapd.people,
          scope: 'one',
          filter: '(uid=p*)',
          attributes: ['uid'],
          controls,
        } as const;
        const page = await connection.search(ldapCall(), request);
        expect(sortResult(page.controls)).toBe(0);
        found.push(...page.entries.map((entry) => entry.string('uid')));
        cookie = nextPage(page.controls)?.cookie;
      } while (cookie !== undefined);
      return found;
    });
    expect(uids).toEqual(['p3', 'p2', 'p1']);
  });

  test('a stream hands out entries as they come, and what its taker throws', async () => {
    const request = { base: slapd.suffix, scope: 'one', filter: '(objectClass=*)', attributes: ['1.1'] } as const;
    const dns: string[] = [];
    await pool.stream(ldapCall(), request, ({ dn }) => dns.push(dn));
    expect(dns.toSorted()).toEqual([slapd.groups, slapd.people]);
    const fault = new Error('mine');
    const broken = pool.stream(ldapCall(), request, () => {
      throw fault;
    });
    await expect(broken).rejects.toBe(fault);
    expect((await find('(uid=ada)')).code).toBe(0);
  });

  test('one page is asked for by one operation, a filter that is none by none', async () => {
    await find('(uid=ada)');
    expect(await slapd.countOperations(() => find('(uid=ada)'))).toEqual({ SRCH: 1 });
    for (let at = 0; at < 200; at += 1) await expect(find('(uid=')).rejects.toThrow();
    expect((await find('(uid=ada)')).code).toBe(0);
  });
});
