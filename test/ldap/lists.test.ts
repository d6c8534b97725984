import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DirectoryAdapter, PageRequest } from '#adapters/adapter.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { MOST_KEPT } from '#adapters/ldap/read/selection.ts';
import type { Sort } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import { compareBySort } from '#model/sort.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { callOf, Subject } from '#test/contract/subject.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import type { SlapdOptions } from '#test/support/slapd-configuration.ts';

/** Names whose order is not that of the entries, nor that of a directory's own folding. */
function people(count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const name = `${['ö', 'Z', 'a', 'O', 'é'][i % 5]}${(i * 7919) % count}`;
    const mail = i % 3 === 0 ? '' : `mail: ${i % 90}@example.com\n`;
    return `dn: uid=u${i},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\nuid: u${i}\ncn: ${i}\nsn: s\ndisplayName: ${name}\n${mail}`;
  }).join('\n');
}

let slapd: Slapd;
let opened: DirectoryAdapter[] = [];
afterEach(async () => {
  await Promise.all(opened.map((adapter) => adapter.close()));
  opened = [];
});

async function openSubject(): Promise<Subject> {
  const { url, adminDn, adminPassword, people, groups } = slapd;
  const options = {
    ...{ url, bindDn: adminDn, bindPassword: adminPassword, timeoutMs: 60_000 },
    users: { base: people, without: '*' },
    groups: { base: groups, without: '*' },
  };
  const adapter = await ldap.open(ldap.options.parse(options), contractShape);
  opened.push(adapter);
  return new Subject(adapter);
}

async function everybody(subject: Subject): Promise<readonly StoredResource[]> {
  const { items } = await subject.find('User', { page: { limit: 20_000 } });
  return items;
}

const SORTS: readonly Sort[] = [PATHS.id, PATHS.userName, PATHS.displayName, PATHS.email, PATHS.created].flatMap(
  (by) => [
    { by, order: 'ascending' },
    { by, order: 'descending' },
  ],
);

async function checkOrders(subject: Subject): Promise<void> {
  const all = await everybody(subject);
  expect(all.length).toBe(300);
  for (const sort of SORTS) {
    const expected = all.toSorted(compareBySort(sort)).map(({ id }) => id);
    expect(await subject.pagedIds('User', { sort }, 77)).toEqual(expected);
    const page = { offset: 200, limit: 50, total: true };
    const { items, total } = await subject.find('User', { sort, page });
    expect({ ids: items.map(({ id }) => id), total }).toEqual({ ids: expected.slice(200, 250), total: 300 });
  }
}

const SORTING: SlapdOptions = { ldif: people(300) };
const SERVERS: readonly (readonly [string, SlapdOptions])[] = [
  ['sorts', SORTING],
  ['does not sort', { ...SORTING, sort: false }],
  [
    'refuses to sort by two keys',
    { ...SORTING, sort: false, global: 'moduleload sssvlv', database: 'overlay sssvlv\nsssvlv-maxkeys 1' },
  ],
];

describe.each(SERVERS)('a server that %s', (_, options) => {
  beforeAll(async () => {
    slapd = await startSlapd(options);
  });
  afterAll(() => slapd.stop());

  test('has its lists in the order of core, by pages of any kind', async () => checkOrders(await openSubject()));

  test('gives positions that another process goes on from', async () => {
    const [one, other] = [await openSubject(), await openSubject()];
    for (const sort of SORTS) {
      const expected = await one.foundIds('User', { sort });
      const { next = '' } = await one.find('User', { sort, page: { limit: 100 } });
      const rest = await other.find('User', { sort, page: { limit: 300, after: next, total: true } });
      expect({ ids: rest.items.map(({ id }) => id), total: rest.total }).toEqual({
        ids: expected.slice(100),
        total: 300,
      });
    }
  });

  test('refuses a position that is none', async () => {
    const subject = await openSubject();
    for (const after of ['x', '[]', '["x"]', '[7]', '["00000000-0000-1000-8000-000000000000",{}]']) {
      const found = subject.find('User', { page: { limit: 1, after } });
      await expect(found).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
    }
  });
});

describe('sorting by a server', () => {
  beforeAll(async () => {
    slapd = await startSlapd({ ldif: people(3_000) });
  });
  afterAll(() => slapd.stop());

  const searchesFor = async (subject: Subject, page: PageRequest) => {
    const { SRCH } = await slapd.countOperations(() => subject.find('User', { page }));
    return SRCH;
  };

  test('costs the sorted page, its release and the entries, wherever the page lies', async () => {
    const subject = await openSubject();
    await subject.find('User', { page: { limit: 1 } });
    expect(await searchesFor(subject, { limit: 10, total: true })).toBe(3);
    expect(await searchesFor(subject, { offset: 1_500, limit: 10, total: true })).toBe(3);
    expect(await searchesFor(subject, { offset: 2_990, limit: 10 })).toBe(2);
  });

  test('is done once for pages that follow each other, until something changes', async () => {
    const subject = await openSubject();
    const sort = { by: PATHS.id, order: 'ascending' } as const;
    const all = await subject.foundIds('User', { sort, page: { limit: 60 } });
    const pageFrom = (at: number) =>
      subject.foundIds('User', { sort, page: { limit: 10, after: positionOf(all[at - 1]) } });
    const searchesFrom = async (at: number) => {
      let ids: readonly string[] = [];
      const { SRCH } = await slapd.countOperations(async () => {
        ids = await pageFrom(at);
      });
      return { SRCH, ids };
    };
    expect(await searchesFrom(10)).toEqual({ SRCH: 3, ids: all.slice(10, 20) });
    expect(await searchesFrom(20)).toEqual({ SRCH: 2, ids: all.slice(20, 30) });
    const { SRCH } = await slapd.countOperations(() =>
      subject.find('User', { sort, page: { limit: 10, offset: 1_000, total: true } }),
    );
    expect(SRCH).toBe(3);
    await slapd.ldapmodify(`dn: ${await dnOf(all[35])}\nchangetype: delete\n`);
    const left = all.filter((_, at) => at !== 35);
    expect(await searchesFrom(30)).toEqual({ SRCH: 3, ids: left.slice(30, 40) });
    expect(await searchesFrom(15)).toMatchObject({ ids: left.slice(15, 25) });
  });

  const positionOf = (id: string | undefined) => JSON.stringify([id]);
  const dnOf = async (id: string | undefined) => {
    const [, dn] = /^dn: (.*)$/m.exec(await slapd.ldapsearch(`(entryUUID=${id})`, '1.1')) ?? [];
    return dn;
  };

  test('is never too much for it, though searches are given up in the middle', async () => {
    const subject = await openSubject();
    await subject.find('User', { page: { limit: 1 } });
    for (let i = 0; i < 12; i++) {
      const signal = AbortSignal.timeout(1 + (i % 4));
      const page = { limit: 3_000 };
      await subject.adapter.find(callOf({ signal }), 'User', { page }).catch(() => undefined);
    }
    // The server learns of a connection's end a little later.
    const isSorted = async () => {
      const start = slapd.log().length;
      await searchesFor(subject, { limit: 10 });
      return !slapd.log().slice(start).includes('err=51');
    };
    await expect.poll(isSorted, { timeout: 30_000 }).toBe(true);
  }, 60_000);
});

describe('a list longer than what is kept of it', () => {
  const count = MOST_KEPT + 4_000;
  beforeAll(async () => {
    slapd = await startSlapd({ ldif: people(count), sort: false });
  }, 60_000);
  afterAll(() => slapd.stop());

  test('has every page by index, by any attribute', async () => {
    const subject = await openSubject();
    const all = await everybody(subject);
    for (const by of [PATHS.id, PATHS.displayName]) {
      const sort = { by, order: 'ascending' } as const;
      const expected = all.toSorted(compareBySort(sort)).map(({ id }) => id);
      for (const offset of [MOST_KEPT - 50, MOST_KEPT, count - 2_000, count - 20]) {
        const { items, total } = await subject.find('User', { sort, page: { offset, limit: 100, total: true } });
        expect(total).toBe(count);
        expect(items.map(({ id }) => id)).toEqual(expected.slice(offset, offset + 100));
      }
    }
  }, 60_000);
});
