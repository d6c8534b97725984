import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adapter as foreign } from '#test/support/foreign-adapter/foreign-adapter.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { type GatewayOptions, openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser } from '../scim/people.ts';
import { pageBy, readPage, walk, walkBack } from './walk.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const PEOPLE = 25;
const LIMITS = { defaultPageSize: 10, maxPageSize: 20 };

const filtered = `filter=${encodeURIComponent('title eq "Odd" or userName eq "user00"')}`;
const mailed = `filter=${encodeURIComponent('emails.value eq "shared@example.com"')}`;
const linked = `filter=${encodeURIComponent('not (groups pr)')}`;
const unsorted = { sort: [], filter: {}, logic: { not: false, element: false, linked: 'none' } } as const;

/** What pages a list depends on what the backend can do; all of it must look alike. */
const backends: readonly (readonly [name: string, options: () => Promise<GatewayOptions>, reversible: boolean])[] = [
  ['memory', async () => ({}), true],
  [
    'a backend that sorts and does not filter',
    async () => ({ wrap: (adapter) => lesser(adapter, { filter: {}, logic: unsorted.logic }) }),
    true,
  ],
  ['a backend that does neither', async () => ({ wrap: (adapter) => lesser(adapter, unsorted) }), false],
  [
    'an adapter of somebody else',
    async () => {
      const adapter = await foreign.open({}, () => []);
      return { wrap: () => adapter, supports: { etag: false, sort: false, changePassword: false } };
    },
    false,
  ],
];

describe.each(backends)('pages by cursor over %s', (_name, optionsOf, reversible) => {
  let gateway: ScimGateway;
  let client: ScimClient;
  beforeAll(async () => {
    gateway = await openScimGateway({ limits: LIMITS, ...(await optionsOf()) });
    client = gateway.client();
    for (let at = 0; at < PEOPLE; at++) {
      const emails = [{ value: 'shared@example.com', type: 'work' }];
      await createUser(client, `user${String(at).padStart(2, '0')}`, { title: at % 2 ? 'Odd' : 'Even', emails });
    }
    for (const name of ['a', 'b', 'c']) await createGroup(client, name);
  });
  afterAll(() => gateway.close());

  /** What is asked beside `count`; the `count`; how many are found. */
  const queries: readonly (readonly [query: string, count: number, found: number])[] = [
    ['', 4, PEOPLE],
    ['', 5, PEOPLE],
    ['', 1, PEOPLE],
    ['sortBy=userName', 3, PEOPLE],
    ['sortBy=title&sortOrder=descending', 3, PEOPLE],
    ['sortBy=externalId', 3, PEOPLE],
    ['sortBy=id&sortOrder=descending', 7, PEOPLE],
    [filtered, 4, 13],
    [`sortBy=userName&sortOrder=descending&${filtered}`, 4, 13],
    [mailed, 4, PEOPLE],
    [`sortBy=userName&${mailed}`, 4, PEOPLE],
    [linked, 4, PEOPLE],
  ];

  test.each(queries)('?%s by %i tile the list, with a nextCursor on all but the last', async (query, count, found) => {
    const pages = await walk(client, `count=${count}&${query}`);
    expect(pages.map(({ ids }) => ids.length)).toStrictEqual(sizes(found, count));
    expect(pages.map(({ total }) => total)).toStrictEqual(pages.map(() => found));
    expect(pages.map(({ next }) => next !== undefined)).toStrictEqual(pages.map((_, at) => at < pages.length - 1));
    const byIndex: unknown[] = [];
    for (const start of [1, 21]) {
      const { body } = await client.get(`/Users?startIndex=${start}&count=20&${query}`);
      byIndex.push(...(body['Resources'] as readonly Body[]).map(({ id }) => id));
    }
    expect(pages.flatMap(({ ids }) => ids)).toStrictEqual(byIndex);
  });

  test('the page size is the default where none is asked, and the largest where too much is', async () => {
    expect((await walk(client, '')).map(({ ids }) => ids.length)).toStrictEqual([10, 10, 5]);
    expect((await walk(client, 'count=1000')).map(({ ids }) => ids.length)).toStrictEqual([20, 5]);
  });

  if (reversible) {
    test.each(queries)('?%s by %i lead back, the first without previousCursor', async (query, count) => {
      const pages = await walk(client, `count=${count}&${query}`);
      expect(pages.map(({ previous }) => previous !== undefined)).toStrictEqual(pages.map((_, at) => at > 0));
      const last = pages.at(-1);
      if (last === undefined) throw new Error('a walk has a page');
      const back = await walkBack(client, `count=${count}&${query}`, last);
      expect(back.map(({ ids, total }) => [ids, total])).toStrictEqual(pages.map(({ ids, total }) => [ids, total]));
      const forth = await pageBy(client, `count=${count}&${query}`, back[0]?.next);
      expect(forth.ids).toStrictEqual(pages[1]?.ids);
    });
  } else {
    test('a list that cannot be walked back has no previousCursor', async () => {
      for (const page of await walk(client, 'count=4')) expect(page.previous).toBeUndefined();
    });
  }

  test('POST .search pages alike, and its cursors are those of GET (RFC 9865 §3)', async () => {
    const search = async (more: Body) => readPage(await client.post('/Users/.search', { schemas: [SEARCH], ...more }));
    const first = await search({ cursor: '', count: 4, filter: 'title eq "Odd"' });
    const got = await pageBy(client, `count=4&filter=${encodeURIComponent('title eq "Odd"')}`, first.next);
    const searched = await search({ CURSOR: first.next ?? '', Count: 4, filter: 'title eq "Odd"' });
    expect(first.ids).toHaveLength(4);
    expect(searched.ids).toStrictEqual(got.ids);
    expect(searched.total).toBe(12);
  });

  test('count=0 counts, and gives no cursor out', async () => {
    for (const count of ['0', '-3']) {
      const { total, ids, next, previous } = await pageBy(client, `count=${count}`);
      expect([total, ids, next, previous]).toStrictEqual([PEOPLE, [], undefined, undefined]);
    }
  });

  test('an empty list is the last page and the first', async () => {
    const { total, ids, next, previous } = await pageBy(client, `filter=${encodeURIComponent('title eq "None"')}`);
    expect([total, ids, next, previous]).toStrictEqual([0, [], undefined, undefined]);
  });
});

function sizes(found: number, count: number): readonly number[] {
  return Array.from({ length: Math.ceil(found / count) }, (_, at) => Math.min(count, found - at * count));
}

describe('what a request with a cursor may ask', () => {
  let gateway: ScimGateway;
  let client: ScimClient;
  beforeAll(async () => {
    gateway = await openScimGateway();
    client = gateway.client();
    for (let at = 0; at < 9; at++) await createUser(client, `user${at}`);
  });
  afterAll(() => gateway.close());

  test('the words of the standard: a cursor without a value, in any case', async () => {
    for (const query of ['cursor&count=2', 'cursor=&count=2', 'CURSOR&COUNT=2']) {
      const answer = await client.get(`/Users?${query}`);
      expect(readPage(answer).ids).toHaveLength(2);
      expect(Object.keys(answer.body)).toStrictEqual([
        'schemas',
        'totalResults',
        'nextCursor',
        'itemsPerPage',
        'Resources',
      ]);
    }
  });

  test('without cursor the method stays index (RFC 9865 §2.4)', async () => {
    for (const query of ['', 'count=2', 'startIndex=1']) {
      const { body } = await client.get(`/Users?${query}`);
      expect(body['startIndex']).toBe(1);
      expect(body).not.toHaveProperty('nextCursor');
    }
    const { body } = await client.post('/Users/.search', { schemas: [SEARCH], cursor: null });
    expect(body['startIndex']).toBe(1);
  });

  test('both methods at once are refused', async () => {
    expectRefusal(await client.get('/Users?cursor&startIndex=1'), {
      status: 400,
      scimType: 'invalidValue',
      detail: /startIndex/,
    });
  });

  test('what is shown has no part in it: a cursor goes on with other attributes', async () => {
    const { next } = await pageBy(client, 'count=2&attributes=userName');
    expect((await pageBy(client, 'count=2&excludedAttributes=meta', next)).names).toHaveLength(2);
  });

  test('a filter in other words for the same is the same', async () => {
    const or = (...names: readonly string[]) =>
      `count=2&filter=${encodeURIComponent(names.map((name) => `userName eq "${name}"`).join(' or '))}`;
    const { next } = await pageBy(client, or('user1', 'user2', 'user3'));
    expect((await pageBy(client, or('USER3', 'user2', 'user1', 'user2'), next)).names).toHaveLength(1);
  });

  test('HEAD has the length of the body and none', async () => {
    const head = await client.send('HEAD', '/Users?cursor&count=2');
    expect([head.status, head.text]).toStrictEqual([200, '']);
  });

  test('it costs what a page by index costs', async () => {
    const calls: string[] = [];
    const counted = await openScimGateway({ wrap: (adapter) => hooked(adapter, (method) => calls.push(method)) });
    const own = counted.client();
    for (const name of ['a', 'b', 'c']) await createUser(own, name);
    const first = await pageBy(own, 'count=1&attributes=userName');
    const second = await pageBy(own, 'count=1&attributes=userName', first.next);
    calls.length = 0;
    await pageBy(own, 'count=1&attributes=userName', second.next);
    await pageBy(own, 'count=1&attributes=userName', second.previous);
    expect(calls).toStrictEqual(['find', 'find']);
    await counted.close();
  });
});
