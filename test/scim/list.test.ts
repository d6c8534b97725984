import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Body, ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { createUser } from './people.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const PEOPLE = 250;

let gateway: ScimGateway;
let client: ScimClient;
beforeAll(async () => {
  gateway = await openScimGateway();
  client = gateway.client();
  for (let at = 0; at < PEOPLE; at++) {
    await createUser(client, `user${String(at).padStart(3, '0')}`, at % 2 === 0 ? { title: 'Even & odd + more' } : {});
  }
});
afterAll(() => gateway.close());

function names({ body }: ScimAnswer): readonly unknown[] {
  return (body['Resources'] as readonly Body[]).map((user) => user['userName']);
}

/** totalResults, startIndex, itemsPerPage */
function page({ body }: ScimAnswer): readonly unknown[] {
  expect((body['Resources'] as readonly Body[]).length).toBe(body['itemsPerPage']);
  return [body['totalResults'], body['startIndex'], body['itemsPerPage']];
}

describe('paging by index (RFC 7644 §3.4.2.4)', () => {
  test.each([
    ['', 1, 100],
    ['count=10', 1, 10],
    ['count=1000', 1, 200],
    ['count=0', 1, 0],
    ['count=-3', 1, 0],
    ['startIndex=0&count=3', 1, 3],
    ['startIndex=-5&count=3', 1, 3],
    ['STARTINDEX=249&Count=10', 249, 2],
    ['startIndex=251', 251, 0],
    ['startIndex=100000', 100_000, 0],
    ['aadOptscim062020&foo=bar&count=1', 1, 1],
  ])('?%s begins at %i and holds %i', async (query, startIndex, itemsPerPage) => {
    expect(page(await client.get(`/Users?${query}`))).toStrictEqual([PEOPLE, startIndex, itemsPerPage]);
  });

  test('all pages together hold each resource once', async () => {
    const seen: unknown[] = [];
    for (let start = 1; start <= PEOPLE; start += 70) {
      seen.push(...names(await client.get(`/Users?startIndex=${start}&count=70`)));
    }
    expect(new Set(seen).size).toBe(PEOPLE);
    expect(seen.length).toBe(PEOPLE);
  });

  test('nothing found is an empty list, not a 404', async () => {
    const answer = await client.get('/Users?filter=userName%20eq%20%22nobody%22');
    expect(answer.status).toBe(200);
    expect(answer.body).toStrictEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });
});

describe('order and filter', () => {
  test('sortBy and sortOrder order the whole, then the page is cut (RFC 7644 §3.4.2.3)', async () => {
    expect(names(await client.get('/Users?sortBy=userName&count=2'))).toStrictEqual(['user000', 'user001']);
    const last = await client.get('/Users?sortBy=USERNAME&sortOrder=Descending&count=2&startIndex=2');
    expect(names(last)).toStrictEqual(['user248', 'user247']);
  });

  test('a filter counts what it finds, not the page', async () => {
    const answer = await client.get('/Users?filter=title%20pr&count=5');
    expect(page(answer)).toStrictEqual([PEOPLE / 2, 1, 5]);
  });

  test('a value is decoded once', async () => {
    for (const encoded of ['%22Even%20%26%20odd%20%2B%20more%22', '%22Even+%26+odd+%2B+more%22']) {
      const answer = await client.get(`/Users?filter=title%20eq%20${encoded}&count=0`);
      expect(answer.body['totalResults']).toBe(PEOPLE / 2);
    }
  });

  test.each(['user007', '"user007"'])('a word is text with and without quotes: %s', async (value) => {
    expect(names(await client.get(`/Users?filter=userName%20eq%20${encodeURIComponent(value)}`))).toStrictEqual([
      'user007',
    ]);
  });

  test('a profile can insist on quotes', async () => {
    const strict = await openScimGateway({ switches: { barewordLiterals: 'refuse' } });
    expect((await strict.client().get('/Users?filter=userName%20eq%20user007')).status).toBe(400);
    await strict.close();
  });

  test('a profile can take an attribute that the type lacks for one without a value (RFC 7644 §3.4.2.1)', async () => {
    const lenient = await openScimGateway({ switches: { unknownFilterAttributes: 'absent' } });
    const own = lenient.client();
    await createUser(own, 'ada');
    const total = async (path: string, filter: string) =>
      (await own.get(`${path}?filter=${encodeURIComponent(filter)}`)).body['totalResults'];
    for (const path of ['/Users', '/']) {
      expect(await total(path, 'shoeSize eq 44 or shoes[size pr]')).toBe(0);
      expect(await total(path, 'shoeSize eq 44 or userName eq "ada"')).toBe(1);
      expect(await total(path, 'not (shoeSize pr)')).toBe(1);
      expect((await own.get(`${path}?filter=shoeSize%20like%2044`)).status).toBe(400);
    }
    await lenient.close();
  });
});

describe('POST .search (RFC 7644 §3.4.3)', () => {
  test.each<readonly [string, Body]>([
    ['', {}],
    ['count=7&startIndex=3', { count: 7, startIndex: 3 }],
    [
      'filter=title%20pr&sortBy=userName&sortOrder=descending&count=3',
      { filter: 'title pr', sortBy: 'userName', sortOrder: 'descending', count: 3 },
    ],
    ['attributes=userName,title&count=2', { attributes: ['userName', 'title'], count: 2 }],
    ['excludedAttributes=meta&count=2', { EXCLUDEDATTRIBUTES: ['meta'], Count: 2 }],
  ])('?%s is answered as by GET', async (query, body) => {
    const [got, searched] = await Promise.all([
      client.get(`/Users?${query}`),
      client.post('/Users/.search', { schemas: [SEARCH], ...body }),
    ]);
    expect(searched.status).toBe(200);
    expect(searched.body).toStrictEqual(got.body);
  });
});
