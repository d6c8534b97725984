import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE } from '../scim/people.ts';
import { listed } from './answers.ts';
import { openRows } from './rows.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const row = openRows();

row('K1', async ({ scim }) => {
  await createUser(scim, 'ann');
  const answer = await scim.post('/Users/.search', { schemas: [SEARCH] });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 1,
    Resources: [{ userName: 'ann' }],
  });
});

row('K2', async ({ scim }) => {
  for (let index = 0; index < 9; index += 1) {
    await createUser(scim, `u${index}`, { title: `t${index % 3}`, [ENTERPRISE]: { department: 'x' } });
  }
  const searches = [
    {},
    { filter: 'title eq "t1"' },
    { filter: 'userName sw "u" and not (title eq "t0")', sortBy: 'title', sortOrder: 'descending' },
    { startIndex: 4, count: 3, sortBy: 'userName' },
    { startIndex: -1, count: 0 },
    { attributes: ['userName', `${ENTERPRISE}:department`], count: 2 },
    { excludedAttributes: ['title', 'meta'], sortBy: 'userName' },
  ];
  for (const search of searches) {
    const query = Object.entries(search).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    const got = await scim.get(`/Users?${query.join('&')}`);
    const posted = await scim.post('/Users/.search', { schemas: [SEARCH], ...search });
    expect(posted, query.join('&')).toMatchObject({ status: got.status, text: got.text });
  }
});

row('K3', async ({ scim }) => {
  const wrong = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
  for (const body of [{}, { schemas: [] }, { schemas: [wrong] }, { filter: 'userName pr' }]) {
    expectRefusal(await scim.post('/Users/.search', body), { status: 400, scimType: 'invalidSyntax' });
  }
  const search = { schemas: [SEARCH], filter: 'userName eq' };
  expectRefusal(await scim.post('/Users/.search', search), { status: 400, scimType: 'invalidFilter' });
});

row('K4', async ({ scim }) => {
  await createUser(scim, 'ann');
  await createGroup(scim, 'g');
  for (const [path, total] of [
    ['/.search', 2],
    ['/Users/.search', 1],
    ['/Groups/.search', 1],
  ] as const) {
    expect(listed(await scim.post(path, { schemas: [SEARCH] })).totalResults, path).toBe(total);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await scim.send(method, path, { body: '{}' });
      expect([404, 405], `${method} ${path}`).toContain(answer.status);
    }
  }
});
