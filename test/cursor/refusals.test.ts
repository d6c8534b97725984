import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScimAnswer, ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '#test/support/scim-gateway.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser } from '../scim/people.ts';
import { pageBy } from './walk.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const LIFETIME_SECONDS = 60;
const INVALID = { status: 400, scimType: 'invalidCursor', detail: /start again without one/ };

let now = Date.UTC(2026, 10, 26);
let gateway: ScimGateway;
let client: ScimClient;
let cursor: string;
beforeAll(async () => {
  gateway = await openScimGateway({
    tenants: ['acme', 'other'],
    limits: { cursorTimeoutSeconds: LIFETIME_SECONDS },
    now: () => now,
  });
  client = gateway.client();
  for (const own of [client, gateway.client('other')]) {
    for (let at = 0; at < 6; at++) await createUser(own, `user${at}`, { title: 'Of the team' });
    for (const name of ['a', 'b', 'c']) await createGroup(own, name);
  }
  cursor = String((await pageBy(client, 'count=2')).next);
});
afterAll(() => gateway.close());

const ask = (query: string, own = client): Promise<ScimAnswer> => own.get(`/Users?${query}`);

describe('a cursor that this query did not give out (RFC 9865 §2.1)', () => {
  test.each([['x'], ['.'], ['AAAA.AAAA'], ['%00'], ['%F0%9F%98%80'], ['a'.repeat(6_000)], ['null'], ['1']])(
    'made up: %s',
    async (forged) => {
      expectRefusal(await ask(`count=2&cursor=${forged}`), INVALID);
    },
  );

  test('altered in any one character', async () => {
    for (let at = 0; at < cursor.length; at++) {
      const other = cursor[at] === 'A' ? 'B' : 'A';
      expectRefusal(await ask(`count=2&cursor=${cursor.slice(0, at)}${other}${cursor.slice(at + 1)}`), INVALID);
    }
  });

  test.each([
    ['a filter', 'filter=active%20eq%20true'],
    ['an order', 'sortBy=userName'],
    ['the opposite order', 'sortBy=id&sortOrder=descending'],
  ])('with %s that it was not given out for', async (_what, more) => {
    expectRefusal(await ask(`count=2&${more}&cursor=${cursor}`), INVALID);
  });

  test('at another endpoint', async () => {
    expectRefusal(await client.get(`/Groups?count=2&cursor=${cursor}`), INVALID);
  });

  test.each([[5], [['x']], [{}], [true]])('in a search, where it is no string: %j', async (value) => {
    const answer = await client.post('/Users/.search', { schemas: [SEARCH], cursor: value });
    expectRefusal(answer, { status: 400, scimType: 'invalidCursor', detail: /expected a string/ });
  });
});

describe('a cursor grants nothing (RFC 9865 §5.2)', () => {
  test('to another tenant, whose answer is that for a forged one', async () => {
    const other = gateway.client('other');
    const foreign = await ask(`count=2&cursor=${cursor}`, other);
    const forged = await ask('count=2&cursor=x', other);
    expectRefusal(foreign, INVALID);
    expect(foreign.body).toStrictEqual(forged.body);
  });

  test('to a credential whose scopes have changed, even where they would do', async () => {
    const readOnly = gateway.client('acme', ['scim:read']);
    const answer = await ask(`count=2&cursor=${cursor}`, readOnly);
    expectRefusal(answer, INVALID);
    expect(answer.body).toStrictEqual((await ask('count=2&cursor=x', readOnly)).body);
  });

  test('to a credential that may not read, which cannot tell a true one from a forged one', async () => {
    const writer = gateway.client('acme', ['scim:write']);
    const answers = await Promise.all([cursor, 'x'].map((text) => ask(`count=2&cursor=${text}`, writer)));
    for (const answer of answers) expectRefusal(answer, { status: 403, detail: /scim:read/ });
    expect(answers[0]?.text).toBe(answers[1]?.text);
  });
});

describe('a cursor and its count (RFC 9865 §2.1)', () => {
  test.each(['count=3', 'count=0', 'count=1000', ''])('?%s is not that of the first page', async (count) => {
    expectRefusal(await ask(`${count}&cursor=${cursor}`), {
      status: 400,
      scimType: 'invalidCount',
      detail: /count: expected 2, as on the page that gave the cursor out, .*send count=2 with the cursor/,
    });
  });

  test.each(['ten', '1.5', '', '1e3'])('a count that is no integer: "%s"', async (count) => {
    const refusal = { status: 400, scimType: 'invalidCount', detail: /count: expected an integer/ };
    expectRefusal(await ask(`count=${count}&cursor`), refusal);
    expectRefusal(await client.post('/Users/.search', { schemas: [SEARCH], cursor: '', count }), refusal);
  });
});

describe('a cursor and its time', () => {
  test('it opens for as long as ServiceProviderConfig announces, and no longer', async () => {
    const { body } = await client.get('/ServiceProviderConfig');
    expect(body['pagination']).toMatchObject({ cursor: true, index: true, cursorTimeout: LIFETIME_SECONDS });
    now += LIFETIME_SECONDS * 1_000;
    expect((await pageBy(client, 'count=2', cursor)).ids).toHaveLength(2);
    now += 1;
    expectRefusal(await ask(`count=2&cursor=${cursor}`), {
      status: 400,
      scimType: 'expiredCursor',
      detail: /expired; start again/,
    });
  });

  test('each page gives out a new one, so that a walk may take any time', async () => {
    let page = await pageBy(client, 'count=2');
    for (let pages = 1; pages < 3; pages++) {
      now += LIFETIME_SECONDS * 1_000;
      page = await pageBy(client, 'count=2', page.next);
    }
    expect(page.next).toBeUndefined();
  });
});
