import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, GROUP, USER } from '../scim/people.ts';
import { found, read, shown, valuesOf } from './answers.ts';
import { openRows } from './rows.ts';

const INVALID_VALUE = { status: 400, scimType: 'invalidValue' };
const UNIQUENESS = { status: 409, scimType: 'uniqueness' };
const row = openRows();

row('E1', async ({ scim }) => {
  for (const [path, body] of [
    ['/Users', { schemas: [USER], userName: 'ann' }],
    ['/Groups', { schemas: [GROUP], displayName: 'g' }],
  ] as const) {
    const answer = await scim.post(path, body);
    expect(answer.status).toBe(201);
    const { id, meta } = shown(answer);
    expect(answer.headers['location']).toBe(meta.location);
    expect(meta.location).toBe(`${scim.baseUrl}${path}/${id}`);
  }
});

row('E2', async ({ scim }) => {
  const body = { schemas: [USER], userName: 'ann', title: 'Dr', name: { givenName: 'Ann' } };
  const whole = shown(await scim.post('/Users', body));
  expect(whole).toEqual(await read(scim, `/Users/${whole.id}`));
  expect(whole).toMatchObject(body);
  const part = shown(await scim.post('/Users?attributes=userName', { ...body, userName: 'ben' }));
  expect(Object.keys(part).toSorted()).toEqual(['id', 'schemas', 'userName']);
  const rest = shown(await scim.post('/Users?excludedAttributes=title,name', { ...body, userName: 'cat' }));
  expect([rest.userName, rest['title'], rest['name']]).toEqual(['cat', undefined, undefined]);
});

row('E3', async ({ scim }) => {
  const group = await createGroup(scim, 'g');
  const readOnly = { id: 'mine', meta: { created: '1999-01-01T00:00:00Z' }, groups: [{ value: group }] };
  const user = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann', ...readOnly }));
  expect(user.id).not.toBe('mine');
  expect(user.meta.created).not.toMatch(/^1999/);
  expect(valuesOf(user, 'groups')).toEqual([]);
});

row('E4', async ({ scim }) => {
  const user = { schemas: [USER], userName: 'ann' };
  const group = { schemas: [GROUP], displayName: 'g' };
  await scim.post('/Users', user);
  await scim.post('/Groups', group);
  expectRefusal(await scim.post('/Users', { ...user, title: 'other' }), UNIQUENESS);
  expectRefusal(await scim.post('/Groups', group), UNIQUENESS);
  for (const path of ['/Users', '/Groups']) expect((await scim.get(path)).body['totalResults']).toBe(1);
});

row('E5', async ({ scim }) => {
  const user = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann', meta: { resourceType: 'Group' } }));
  expect(user.meta.resourceType).toBe('User');
  const group = shown(
    await scim.post('/Groups', { schemas: [GROUP], displayName: 'g', meta: { resourceType: 'User' } }),
  );
  expect(group.meta.resourceType).toBe('Group');
});

row('E6', async ({ scim }) => {
  const user = { schemas: [USER], userName: 'ann' };
  for (const body of [
    { schemas: [USER] },
    { ...user, active: 'perhaps' },
    { ...user, name: 'Ann' },
    { ...user, userName: 7 },
  ]) {
    expectRefusal(await scim.post('/Users', body), INVALID_VALUE);
  }
  for (const body of ['{', '', 'null', '[]', '"text"', '{"a":1}x', '{"userName":"ann",}']) {
    expectRefusal(await scim.send('POST', '/Users', { body }), { status: 400, scimType: 'invalidSyntax' });
  }
  expect((await scim.get('/Users')).body['totalResults']).toBe(0);
  const twice = await scim.send('POST', '/Users', {
    body: `{"schemas":["${USER}"],"userName":"one","userName":"two"}`,
  });
  expectRefusal(twice, { status: 400, scimType: 'invalidSyntax' });
});

row('E7', async ({ scim }) => {
  const plain = shown(await scim.post('/Users', { schemas: [USER], userName: 'ann' }));
  const cleared = shown(await scim.post('/Users', { schemas: [USER], userName: 'ben', active: null, emails: [] }));
  expect(Object.keys(cleared)).toEqual(Object.keys(plain));
  expect([plain['active'], cleared['active']]).toEqual([true, true]);
});

row('E8', async ({ scim }) => {
  const first = await createUser(scim, 'ann', { externalId: '1' });
  expect((await scim.delete(`/Users/${first}`)).status).toBe(204);
  const second = await createUser(scim, 'ann', { externalId: '1' });
  expect(second).not.toBe(first);
  expectRefusal(await scim.get(`/Users/${first}`), { status: 404 });
});

row('E9', async ({ scim }) => {
  const body = { schemas: [USER], userName: 'ann' };
  const answers = await Promise.all(Array.from({ length: 50 }, () => scim.post('/Users', body)));
  const refused = answers.filter(({ status }) => status !== 201);
  expect(refused).toHaveLength(49);
  for (const answer of refused) expectRefusal(answer, UNIQUENESS);
  expect((await scim.get('/Users')).body['totalResults']).toBe(1);
});

row('E10', async ({ scim }) => {
  for (const id of ['unknown', await createUser(scim, 'ann')]) {
    const answer = await scim.post(`/Users/${id}`, { schemas: [USER], userName: 'ben' });
    expect([404, 405]).toContain(answer.status);
  }
  expect(await found(scim, 'userName pr')).toEqual(['ann']);
});
