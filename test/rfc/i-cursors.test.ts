import { expect } from 'vitest';
import type { ScimClient } from '#test/support/scim-client.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser } from '../scim/people.ts';
import { listed, namesOn, read, type Shown } from './answers.ts';
import { openRows } from './rows.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const INVALID_CURSOR = { status: 400, scimType: 'invalidCursor' };
const row = openRows();

async function fill(scim: ScimClient, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `user${String(index).padStart(2, '0')}`);
  for (const name of names) await createUser(scim, name);
  return names;
}

/** The cursor to the page after the first one. */
async function nextOf(scim: ScimClient, parameters: string): Promise<string> {
  return listed(await scim.get(`/Users?cursor&${parameters}`)).nextCursor ?? '';
}

function pagination(config: Shown): { readonly [name: string]: unknown } {
  return config['pagination'] as { readonly [name: string]: unknown };
}

row('I8', async ({ scim }) => {
  const names = await fill(scim, 7);
  const seen: string[] = [];
  const cursors: (readonly [string | undefined, string | undefined])[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const page = await scim.get(`/Users?count=3&sortBy=userName&cursor=${cursor}`);
    const { nextCursor, previousCursor, totalResults } = listed(page);
    expect(totalResults).toBe(7);
    seen.push(...namesOn(page));
    cursors.push([previousCursor, nextCursor]);
    cursor = nextCursor;
  }
  expect(seen).toEqual(names);
  expect(cursors.map(([before, next]) => [before !== undefined, next !== undefined])).toEqual([
    [false, true],
    [true, true],
    [true, false],
  ]);
  const back = await scim.get(`/Users?count=3&sortBy=userName&cursor=${cursors[1]?.[0]}`);
  expect(namesOn(back)).toEqual(names.slice(0, 3));
});

row('I9', async ({ scim }) => {
  await createUser(scim, 'ann & "ben"/+%?=é', { title: '~/+=&' });
  await fill(scim, 2);
  for (const sort of ['', 'sortBy=userName', 'sortBy=title', 'sortBy=userName&sortOrder=descending']) {
    const cursor = await nextOf(scim, `count=1&${sort}`);
    expect(cursor).toMatch(/^[A-Za-z0-9._~-]+$/);
    expect(cursor).not.toMatch(/ann|user0/);
  }
});

row('I10', { hasty: { limits: { cursorTimeoutSeconds: 1 } } }, async ({ scim, client }) => {
  await fill(scim, 5);
  const cursor = await nextOf(scim, 'count=2&sortBy=userName');
  const again = (parameters: string) => scim.get(`/Users?${parameters}&cursor=${cursor}`);
  expect((await again('count=2&sortBy=userName')).status).toBe(200);
  for (const other of [
    'count=2',
    'count=2&sortBy=title',
    'count=2&sortBy=userName&sortOrder=descending',
    'count=2&sortBy=userName&filter=title%20pr',
  ]) {
    expectRefusal(await again(other), INVALID_CURSOR);
  }
  const middle = Math.floor(cursor.length / 2);
  const altered = `${cursor.slice(0, middle)}${cursor[middle] === 'A' ? 'B' : 'A'}${cursor.slice(middle + 1)}`;
  for (const forged of [altered, cursor.slice(0, -1), 'abc', `${cursor}A`]) {
    expectRefusal(await scim.get(`/Users?count=2&sortBy=userName&cursor=${forged}`), INVALID_CURSOR);
  }
  expectRefusal(await again('count=3&sortBy=userName'), { status: 400, scimType: 'invalidCount' });
  const hasty = client('hasty');
  await fill(hasty, 2);
  const old = await nextOf(hasty, 'count=1');
  await expect
    .poll(async () => (await hasty.get(`/Users?count=1&cursor=${old}`)).body['scimType'], { timeout: 5_000 })
    .toBe('expiredCursor');
});

row('I11', { other: {} }, async ({ scim, client }) => {
  await fill(scim, 3);
  const cursor = await nextOf(scim, 'count=1');
  const forged = await scim.get('/Users?count=1&cursor=forged');
  const other = client('other');
  await fill(other, 3);
  for (const stranger of [other, client('main', ['scim:read'])]) {
    const answer = await stranger.get(`/Users?count=1&cursor=${cursor}`);
    expectRefusal(answer, INVALID_CURSOR);
    expect(answer.text).toBe(forged.text);
  }
  expectRefusal(await client('main', ['scim:write']).get(`/Users?count=1&cursor=${cursor}`), { status: 403 });
});

row('I12', { main: { limits: { maxPageSize: 3, defaultPageSize: 2, cursorTimeoutSeconds: 60 } } }, async ({ scim }) => {
  await fill(scim, 4);
  expect(pagination(await read(scim, '/ServiceProviderConfig'))).toEqual({
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    defaultPageSize: 2,
    maxPageSize: 3,
    cursorTimeout: 60,
  });
  expect(listed(await scim.get('/Users')).Resources).toHaveLength(2);
  expect(listed(await scim.get('/Users?cursor')).Resources).toHaveLength(2);
  expect(listed(await scim.get('/Users?cursor&count=9')).Resources).toHaveLength(3);
});

row('I13', async ({ scim }) => {
  await fill(scim, 3);
  expect(pagination(await read(scim, '/ServiceProviderConfig'))['defaultPaginationMethod']).toBe('index');
  const page = listed(await scim.get('/Users?count=1'));
  expect([page.startIndex, page.nextCursor, page.previousCursor]).toEqual([1, undefined, undefined]);
  expectRefusal(await scim.get('/Users?count=1&startIndex=2&cursor'), { status: 400, scimType: 'invalidValue' });
});

row('I14', async ({ scim }) => {
  const names = await fill(scim, 5);
  const search = { schemas: [SEARCH], count: 2, sortBy: 'userName', filter: 'userName sw "user"' };
  const first = await scim.post('/Users/.search', { ...search, cursor: '' });
  const second = await scim.post('/Users/.search', { ...search, cursor: listed(first).nextCursor ?? '' });
  expect([...namesOn(first), ...namesOn(second)]).toEqual(names.slice(0, 4));
  expectRefusal(await scim.post('/Users/.search', { ...search, cursor: 'forged' }), INVALID_CURSOR);
});
