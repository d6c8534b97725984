import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser } from '../scim/people.ts';
import { listed, namesOn } from './answers.ts';
import { createProbed, PROBE, PROBED } from './extensions.ts';
import { openRows } from './rows.ts';

const row = openRows();

row('H1', async ({ scim }) => {
  for (const name of ['cat', 'ann', 'ben']) await createUser(scim, name, { title: name });
  expect((await scim.get('/ServiceProviderConfig')).body).toMatchObject({ sort: { supported: true } });
  expect(namesOn(await scim.get('/Users?sortBy=title'))).toEqual(['ann', 'ben', 'cat']);
  expect(namesOn(await scim.get('/Users?sortBy=title&startIndex=2&count=1'))).toEqual(['ben']);
});

row('H2', async ({ scim }) => {
  for (const name of ['cat', 'ann', 'ben']) await createUser(scim, name);
  const ascending = ['ann', 'ben', 'cat'];
  expect(namesOn(await scim.get('/Users?sortBy=userName'))).toEqual(ascending);
  expect(namesOn(await scim.get('/Users?sortBy=userName&sortOrder=ascending'))).toEqual(ascending);
  expect(namesOn(await scim.get('/Users?sortBy=userName&sortOrder=descending'))).toEqual(ascending.toReversed());
  expectRefusal(await scim.get('/Users?sortBy=userName&sortOrder=up'), { status: 400, scimType: 'invalidValue' });
});

row('H3', { main: PROBED }, async ({ scim }) => {
  await createProbed(scim, 'Éa', { code: 'b', count: 10, at: '2024-01-01T00:30:00+01:00' });
  await createProbed(scim, 'ann', { code: 'B', count: 9, at: '2024-01-01T00:00:00Z' });
  await createProbed(scim, 'BEN', { code: 'a', count: 100, at: '2023-01-01T00:00:00Z' });
  const sorted = async (path: string) => namesOn(await scim.get(`/Users?sortBy=${path}`));
  expect(await sorted('userName')).toEqual(['ann', 'BEN', 'Éa']);
  expect(await sorted(`${PROBE}:code`)).toEqual(['ann', 'BEN', 'Éa']);
  expect(await sorted(`${PROBE}:count`)).toEqual(['ann', 'Éa', 'BEN']);
  expect(await sorted(`${PROBE}:at`)).toEqual(['BEN', 'Éa', 'ann']);
});

row('H4', async ({ scim }) => {
  await createUser(scim, 'none');
  await createUser(scim, 'z', { title: 'z' });
  await createUser(scim, 'a', { title: 'a' });
  expect(namesOn(await scim.get('/Users?sortBy=title'))).toEqual(['a', 'z', 'none']);
  expect(namesOn(await scim.get('/Users?sortBy=title&sortOrder=descending'))).toEqual(['none', 'z', 'a']);
});

row('H5', async ({ scim }) => {
  await createUser(scim, 'ann', { emails: [{ value: 'a@x.example' }, { value: 'z@x.example', primary: true }] });
  await createUser(scim, 'ben', { emails: [{ value: 'm@x.example' }, { value: 'b@x.example' }] });
  await createUser(scim, 'cat', { emails: [{ value: 'c@x.example', primary: true }] });
  for (const path of ['emails.value', 'emails']) {
    expect(namesOn(await scim.get(`/Users?sortBy=${path}`)), path).toEqual(['cat', 'ben', 'ann']);
  }
});

row('H6', async ({ scim }) => {
  await createUser(scim, 'one', { name: { familyName: 'B' } });
  await createUser(scim, 'two', { name: { familyName: 'A' } });
  expect(namesOn(await scim.get('/Users?sortBy=name.familyName'))).toEqual(['two', 'one']);
  for (const path of ['name', 'meta']) {
    const answer = await scim.get(`/Users?sortBy=${path}`);
    expect(answer.status).toBe(400);
    expect(answer.body['scimType']).toMatch(/^invalid(Path|Value)$/);
  }
  expectRefusal(await scim.get('/Users?sortBy=nothingLikeIt'), { status: 400, scimType: 'invalidPath' });
});

row('H7', async ({ scim }) => {
  for (let index = 0; index < 12; index += 1)
    await createUser(scim, `u${index}`, { title: index % 2 === 0 ? 'same' : 'other' });
  const whole = listed(await scim.get('/Users?sortBy=title')).Resources.map(({ id }) => id);
  const paged: string[] = [];
  for (let start = 1; start <= 12; start += 5) {
    const page = listed(await scim.get(`/Users?sortBy=title&startIndex=${start}&count=5`));
    paged.push(...page.Resources.map(({ id }) => id));
  }
  expect(paged).toEqual(whole);
  const same = whole.slice(6);
  expect(same).toEqual(same.toSorted());
});
