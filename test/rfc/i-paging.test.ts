import { expect } from 'vitest';
import type { ScimClient } from '#test/support/scim-client.ts';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser } from '../scim/people.ts';
import { listed, namesOn } from './answers.ts';
import { openRows } from './rows.ts';

const row = openRows();

async function fill(scim: ScimClient, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `user${String(index).padStart(2, '0')}`);
  for (const name of names) await createUser(scim, name);
  return names;
}

row('I1', async ({ scim }) => {
  const names = await fill(scim, 3);
  for (const start of ['', 'startIndex=0&', 'startIndex=-5&', 'startIndex=1&']) {
    const list = listed(await scim.get(`/Users?${start}sortBy=userName&count=2`));
    expect(list).toMatchObject({ startIndex: 1, itemsPerPage: 2, totalResults: 3 });
    expect(list.Resources.map(({ userName }) => userName)).toEqual(names.slice(0, 2));
  }
});

row('I2', async ({ scim }) => {
  await fill(scim, 3);
  for (const count of [0, -1, -100]) {
    const list = listed(await scim.get(`/Users?count=${count}`));
    expect(list).toMatchObject({ totalResults: 3, itemsPerPage: 0 });
    expect(list.Resources ?? []).toEqual([]);
  }
});

row('I3', { main: { limits: { maxPageSize: 4, defaultPageSize: 2 } } }, async ({ scim }) => {
  await fill(scim, 6);
  const config = (await scim.get('/ServiceProviderConfig')).body;
  expect(config['filter']).toEqual({ supported: true, maxResults: 4 });
  for (const [count, got] of [
    ['count=3', 3],
    ['count=4', 4],
    ['count=1000000', 4],
    ['', 2],
  ] as const) {
    expect(listed(await scim.get(`/Users?${count}`)).Resources).toHaveLength(got);
  }
});

row('I4', async ({ scim }) => {
  await fill(scim, 5);
  expect(listed(await scim.get('/Users?startIndex=2&count=3'))).toMatchObject({ startIndex: 2, itemsPerPage: 3 });
  const last = listed(await scim.get('/Users?startIndex=5&count=3'));
  expect(last).toMatchObject({ startIndex: 5, itemsPerPage: 1, totalResults: 5 });
  expect(last.Resources).toHaveLength(1);
});

row('I5', async ({ scim }) => {
  await fill(scim, 2);
  for (const start of [3, 1_000_000]) {
    const list = listed(await scim.get(`/Users?startIndex=${start}`));
    expect(list).toMatchObject({ totalResults: 2, startIndex: start, itemsPerPage: 0, Resources: [] });
  }
});

row('I6', async ({ scim }) => {
  for (const parameter of ['count=ten', 'startIndex=one', 'count=1.5', 'startIndex=1e9x', 'count=NaN', 'count=0x10']) {
    expectRefusal(await scim.get(`/Users?${parameter}`), { status: 400, scimType: 'invalidValue' });
  }
});

row('I7', async ({ scim }) => {
  const names = await fill(scim, 23);
  for (const size of [1, 5, 10]) {
    const seen: string[] = [];
    for (let start = 1; start <= 23; start += size) {
      seen.push(...namesOn(await scim.get(`/Users?startIndex=${start}&count=${size}`)));
    }
    expect(seen.toSorted()).toEqual(names);
  }
});
