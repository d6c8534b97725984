import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hooked } from '#test/support/hooked-adapter.ts';
import type { Body, ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from './expect-refusal.ts';
import { createGroup, createUser } from './people.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const DEVICE = 'urn:example:params:scim:schemas:core:2.0:Device';
const text = { type: 'string', multiValued: false };
const sources = [
  {
    name: 'device.json',
    content: [
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
        id: DEVICE,
        name: 'Device',
        description: 'What people carry.',
        attributes: [
          { ...text, name: 'displayName', description: 'What it is called.' },
          { ...text, name: 'serial', description: 'What stands on it.' },
        ],
      },
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        name: 'Device',
        endpoint: '/Devices',
        description: 'What people carry.',
        schema: DEVICE,
      },
    ],
  },
];

const calls: string[] = [];
let gateway: ScimGateway;
let client: ScimClient;

/** Six users, of whom `zoe` alone has no displayName; three groups; three devices. */
beforeAll(async () => {
  gateway = await openScimGateway({
    sources,
    wrap: (adapter) => hooked(adapter, (method, [, type]) => calls.push(`${method} ${String(type)}`)),
  });
  client = gateway.client();
  const ids = [];
  for (const name of ['f', 'd', 'B', 'a', 'h'])
    ids.push(await createUser(client, `user-${name}`, { displayName: name }));
  await createUser(client, 'zoe');
  for (const name of ['E', 'c', 'i']) await createGroup(client, name, ids.slice(0, 2));
  for (const name of ['g', 'J', 'k']) {
    await client.post('/Devices', { schemas: [DEVICE], displayName: name, serial: name });
  }
});
afterAll(() => gateway.close());
beforeEach(() => {
  calls.length = 0;
});

function resources({ body }: ScimAnswer): readonly Body[] {
  return body['Resources'] as readonly Body[];
}

function names(answer: ScimAnswer): string {
  return resources(answer)
    .map(({ displayName, userName }) => displayName ?? userName)
    .join(' ');
}

function types(answer: ScimAnswer): readonly unknown[] {
  return resources(answer).map(({ meta }) => (meta as Body)['resourceType']);
}

const find = (filter: string, more = '') => client.get(`/?filter=${encodeURIComponent(filter)}${more}`);

describe('a query of the base address is one over all resource types (RFC 7644 §3.4.2.1)', () => {
  test('without a filter it lists everything, type after type', async () => {
    const answer = await client.get('/');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ totalResults: 12, startIndex: 1, itemsPerPage: 12 });
    expect(types(answer)).toStrictEqual([
      ...Array.from({ length: 6 }, () => 'User'),
      ...Array.from({ length: 3 }, () => 'Group'),
      ...Array.from({ length: 3 }, () => 'Device'),
    ]);
  });

  test.each(['', '/', '//', '?aadOptscim062020', '/?foo=bar'])(
    'it answers at the base followed by "%s"',
    async (end) => {
      const answer = await client.get(end);
      expect(answer.status).toBe(200);
      expect(answer.body['totalResults']).toBe(12);
    },
  );

  test('each resource looks as it does at its own address', async () => {
    for (const resource of resources(await client.get('/'))) {
      const { location } = resource['meta'] as { readonly location: string };
      expect((await client.get(location.slice(client.baseUrl.length))).body).toStrictEqual(resource);
    }
  });

  test('pages run on from one type into the next, and hold each resource once', async () => {
    const whole = resources(await client.get('/')).map(({ id }) => id);
    for (const size of [1, 2, 4, 5, 11, 12, 13]) {
      const seen: unknown[] = [];
      for (let start = 1; start <= 12; start += size) {
        const answer = await client.get(`/?startIndex=${start}&count=${size}`);
        expect(answer.body).toMatchObject({ totalResults: 12, startIndex: start });
        expect(resources(answer).length).toBe(Math.min(size, 13 - start));
        seen.push(...resources(answer).map(({ id }) => id));
      }
      expect(seen).toStrictEqual(whole);
    }
    expect((await client.get('/?startIndex=13')).body).toMatchObject({ totalResults: 12, itemsPerPage: 0 });
    expect((await client.get('/?count=0')).body).toMatchObject({ totalResults: 12, Resources: [] });
  });

  test('a projection is read in each type', async () => {
    const answer = await client.get('/?attributes=userName,members.value,serial');
    const [user] = resources(answer);
    expect(Object.keys(user ?? {}).sort()).toStrictEqual(['id', 'schemas', 'userName']);
    expect(Object.keys(resources(answer)[6] ?? {}).sort()).toStrictEqual(['id', 'members', 'schemas']);
    expect(Object.keys(resources(answer)[9] ?? {}).sort()).toStrictEqual(['id', 'schemas', 'serial']);
    expectRefusal(await find('meta.resourceType eq "Robot"', '&attributes=id&excludedAttributes=meta'), {
      status: 400,
      scimType: 'invalidValue',
    });
  });
});

describe('a filter over all types', () => {
  test.each([
    ['displayName sw "b"', 'B'],
    ['displayName eq "e" or displayName eq "g" or userName eq "ZOE"', 'zoe E g'],
    ['userName pr', 'f d B a h zoe'],
    ['serial pr or members pr', 'E c i g J k'],
    ['not (userName pr)', 'E c i g J k'],
    ['serial ne "g" and displayName gt "h"', 'i J k'],
    ['serial eq null and displayName ge "h"', 'h i'],
    ['emails[type eq "work"]', ''],
    ['not (emails[type eq "work"]) and displayName eq "c"', 'c'],
    ['meta.resourceType eq "User" and displayName eq "a"', 'a'],
    ['meta.resourceType eq Group', 'E c i'],
    ['meta.resourceType ne "User" and not (meta.resourceType sw "Dev")', 'E c i'],
    ['meta.resourceType eq "Group" or serial eq "k"', 'E c i k'],
    ['meta.resourceType eq "Robot"', ''],
    ['meta.resourceType eq "user"', ''],
    [`schemas eq "${DEVICE}"`, 'g J k'],
    [`${DEVICE}:serial eq "J"`, 'J'],
  ])('%s finds: %s', async (filter, expected) => {
    const answer = await find(filter);
    expect(answer.status, answer.text).toBe(200);
    const found = (text: string) => text.split(' ').sort();
    expect(found(names(answer))).toStrictEqual(found(expected));
    expect(answer.body['totalResults']).toBe(expected === '' ? 0 : expected.split(' ').length);
  });

  test.each([
    ['shoeSize eq 44', /no resource type has such an attribute/],
    ['displayName pr and usrName eq "a"', /did you mean userName/],
    ['emails[shoe eq "x"]', /emails\.shoe/],
    ['displayName like "a"', /operator/],
    ['active gt true', /no order/],
  ])('%s is refused, as no type can answer it', async (filter, detail) => {
    expectRefusal(await find(filter), { status: 400, scimType: 'invalidFilter', detail });
    expect(calls).toStrictEqual([]);
  });

  test('a password is never asked for', async () => {
    expectRefusal(await find('password eq "x"'), { status: 403, scimType: 'sensitive' });
  });
});

describe('an order over all types (RFC 7644 §3.4.2.3)', () => {
  const ascending = 'a B c d E f g h i J k zoe';
  const descending = ascending.split(' ').reverse().join(' ');

  test('merges the types, and what has no value comes last, or first when descending', async () => {
    expect(names(await client.get('/?sortBy=displayName'))).toBe(ascending);
    expect(names(await client.get('/?sortBy=displayName&sortOrder=descending'))).toBe(descending);
  });

  test('pages are cut from the whole', async () => {
    for (const size of [1, 5, 7]) {
      const seen: string[] = [];
      for (let start = 1; start <= 12; start += size) {
        const answer = await client.get(`/?sortBy=displayName&startIndex=${start}&count=${size}`);
        expect(answer.body['totalResults']).toBe(12);
        seen.push(names(answer));
      }
      expect(seen.join(' ')).toBe(ascending);
    }
  });

  test('a type without the attribute has no value, so that it comes behind those that have it', async () => {
    const answer = await client.get('/?sortBy=serial&attributes=serial,displayName');
    expect(names(answer).slice(0, 5)).toBe('g J k');
    expect(answer.body['itemsPerPage']).toBe(12);
    expect(types(await client.get('/?sortBy=serial&sortOrder=descending')).slice(-3)).toStrictEqual([
      'Device',
      'Device',
      'Device',
    ]);
  });

  test('an attribute that no type has cannot be sorted by', async () => {
    expectRefusal(await client.get('/?sortBy=shoeSize'), {
      status: 400,
      scimType: 'invalidPath',
      detail: /no resource type/,
    });
  });

  test('an order that several types share reaches a bounded number of results, and says how to go on', async () => {
    expectRefusal(await client.get('/?sortBy=displayName&startIndex=10000&count=10'), {
      status: 400,
      scimType: 'tooMany',
      detail: /10000 results.*meta\.resourceType eq/,
    });
    expect(calls).toStrictEqual([]);
    expect((await client.get('/?sortBy=displayName&startIndex=10000&count=0')).body['totalResults']).toBe(12);
    const one = await find('meta.resourceType eq "Group"', '&sortBy=displayName&startIndex=10001&count=10');
    expect(one.body).toMatchObject({ totalResults: 3, itemsPerPage: 0 });
  });
});

describe('paging by cursor over all types (RFC 9865)', () => {
  /** Every page of a walk, which ends where there is no nextCursor. */
  async function walk(query: string, between: (page: number) => Promise<unknown> = async () => undefined) {
    const pages: ScimAnswer[] = [];
    for (let cursor: unknown = ''; cursor !== undefined; cursor = pages.at(-1)?.body['nextCursor']) {
      if (pages.length > 0) await between(pages.length);
      pages.push(await client.get(`/?${query}&cursor=${String(cursor)}`));
      expect(pages.at(-1)?.status, pages.at(-1)?.text).toBe(200);
      expect(pages.length).toBeLessThan(30);
    }
    return pages;
  }
  const idsOf = (pages: readonly ScimAnswer[]) => pages.flatMap((page) => resources(page).map(({ id }) => id));

  test.each([1, 2, 3, 5, 6, 11, 12, 13])('pages of %i hold each resource once, in the same order', async (size) => {
    for (const query of ['', 'sortBy=displayName', 'sortBy=displayName&sortOrder=descending', 'sortBy=serial']) {
      const whole = await client.get(`/?${query}`);
      const pages = await walk(`${query}&count=${size}`);
      expect(idsOf(pages)).toStrictEqual(resources(whole).map(({ id }) => id));
      expect(pages.length).toBe(Math.ceil(12 / size));
      for (const { body } of pages) {
        expect(body['totalResults']).toBe(12);
        expect(body).not.toHaveProperty('startIndex');
        expect(body).not.toHaveProperty('previousCursor');
        if (body['nextCursor'] !== undefined) expect(body['nextCursor']).toMatch(/^[\w.~-]+$/);
      }
    }
  });

  test('a page costs one call to each type, wherever it lies', async () => {
    for (const query of ['', 'sortBy=displayName']) {
      await walk(`attributes=id&count=2&${query}`, async () => {
        calls.length = 0;
      });
      expect([...calls].sort()).toStrictEqual(['find Device', 'find Group', 'find User']);
    }
  });

  test('what comes and goes meanwhile makes nothing else skipped or met twice', async () => {
    for (const [count, order] of [
      [2, ''],
      [2, 'sortBy=displayName'],
      [3, 'sortBy=displayName&sortOrder=descending'],
    ] as const) {
      const before = idsOf([await client.get(`/?${order}`)]);
      const guests: string[] = [];
      const pages = await walk(`${order}&count=${count}`, async (page) => {
        guests.push(await createUser(client, `guest-${page}`, { displayName: `${'abcdefghijklm'[page]}-guest` }));
        if (page % 2 === 0) await client.delete(`/Users/${guests[page - 2]}`);
      });
      const seen = idsOf(pages);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => !guests.includes(String(id)))).toStrictEqual(before);
      for (const guest of guests) await client.delete(`/Users/${guest}`);
    }
  });

  test('a filter is walked as well, and by POST', async () => {
    const filter = 'displayName gt "c" and not (meta.resourceType eq "Group")';
    const whole = await find(filter, '&sortBy=displayName');
    const seen: unknown[] = [];
    for (let cursor: unknown = ''; cursor !== undefined; ) {
      const answer = await client.post('/.search', {
        schemas: [SEARCH],
        filter,
        sortBy: 'displayName',
        count: 2,
        cursor: String(cursor),
      });
      seen.push(...resources(answer).map(({ id }) => id));
      cursor = answer.body['nextCursor'];
    }
    expect(seen).toStrictEqual(resources(whole).map(({ id }) => id));
    expect(seen.length).toBe(6);
  });

  test('a cursor opens for the same query, count, type and client alone', async () => {
    const cursor = String((await client.get('/?count=2&cursor=')).body['nextCursor']);
    const refused = async (path: string, scimType: string, own = client) =>
      expectRefusal(await own.get(path), { status: 400, scimType });
    expect((await client.get(`/?count=2&cursor=${cursor}`)).status).toBe(200);
    await refused(`/?count=3&cursor=${cursor}`, 'invalidCount');
    await refused(`/?count=2&sortBy=displayName&cursor=${cursor}`, 'invalidCursor');
    await refused(`/?count=2&filter=userName%20pr&cursor=${cursor}`, 'invalidCursor');
    await refused(`/Users?count=2&cursor=${cursor}`, 'invalidCursor');
    await refused(`/?count=2&cursor=${cursor}x`, 'invalidCursor');
    await refused(`/?count=2&cursor=${cursor}`, 'invalidCursor', gateway.client('acme', ['scim:read']));
    const ofUsers = String((await client.get('/Users?count=2&cursor=')).body['nextCursor']);
    await refused(`/?count=2&cursor=${ofUsers}`, 'invalidCursor');
  });

  test('a count of 0 gives the total and no cursor', async () => {
    const { body } = await client.get('/?count=0&cursor=');
    expect(body).toMatchObject({ totalResults: 12, Resources: [] });
    expect(body).not.toHaveProperty('nextCursor');
  });
});

describe('it costs one call to the backend for each type, beside the links that are shown', () => {
  test.each([
    ['/', ['find User', 'find Group', 'find Device', 'linked members', 'linked members']],
    ['/?excludedAttributes=groups,members', ['find User', 'find Group', 'find Device']],
    ['/?attributes=id&startIndex=7&count=2', ['find User', 'find Group', 'find Device']],
    ['/?attributes=id&sortBy=displayName', ['find User', 'find Group', 'find Device']],
    ['/?attributes=id&filter=meta.resourceType%20eq%20%22Group%22', ['find Group']],
    ['/?attributes=id&filter=userName%20eq%20%22zoe%22', ['byKeys User']],
    ['/?attributes=id&filter=serial%20eq%20%22g%22%20or%20members%20pr', ['find Group', 'find Device']],
    ['/?filter=meta.resourceType%20eq%20%22Robot%22', []],
  ])('GET %s', async (path, expected) => {
    expect((await client.get(path)).status).toBe(200);
    expect(calls).toStrictEqual(expected);
  });
});

describe('POST /.search (RFC 7644 §3.4.3)', () => {
  test.each<readonly [string, Body]>([
    ['', {}],
    ['count=5&startIndex=4', { count: 5, startIndex: 4 }],
    [
      'filter=displayName%20gt%20%22c%22&sortBy=displayName&sortOrder=descending',
      { filter: 'displayName gt "c"', sortBy: 'displayName', sortOrder: 'descending' },
    ],
    ['excludedAttributes=meta', { excludedAttributes: ['meta'] }],
  ])('?%s is answered as by GET', async (query, body) => {
    const searched = await client.post('/.search', { schemas: [SEARCH], ...body });
    expect(searched.status).toBe(200);
    expect(searched.body).toStrictEqual((await client.get(`/?${query}`)).body);
  });

  test('it needs its schema, and is a POST', async () => {
    expectRefusal(await client.post('/.search', { filter: 'id pr' }), { status: 400, scimType: 'invalidSyntax' });
    const answer = await client.get('/.search');
    expectRefusal(answer, { status: 405 });
    expect(answer.headers['allow']).toBe('POST');
  });
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s on the base address is not offered', async (method) => {
  const answer = await client.send(method, '/', { body: {} });
  expectRefusal(answer, { status: 405 });
  expect(answer.headers['allow']).toBe('GET, HEAD');
});
