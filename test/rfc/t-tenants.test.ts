import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from '../scim/people.ts';
import { found, read, shown } from './answers.ts';
import { openRows } from './rows.ts';

const NOT_FOUND = { status: 404 };
const row = openRows();

row('T1', { other: {} }, async ({ scim, client }) => {
  const user = await createUser(scim, 'ann', { externalId: 'x' });
  const group = await createGroup(scim, 'g', [user]);
  const before = [await read(scim, `/Users/${user}`), await read(scim, `/Groups/${group}`)];
  const other = client('other');
  const [theirs, theirGroup] = [await createUser(other, 'ben'), await createGroup(other, 'h')];
  const unknown = '00000000-0000-4000-8000-000000000000';
  const requests = (id: string) => [
    other.get(`/Users/${id}`),
    other.put(`/Users/${id}`, { schemas: [USER], userName: 'cat' }),
    other.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }]),
    other.delete(`/Users/${id}`),
  ];
  for (const [mine, none] of (await Promise.all(requests(user))).map((answer, index) => [answer, index] as const)) {
    expectRefusal(mine, NOT_FOUND);
    const [same] = await Promise.all(requests(unknown).slice(none, none + 1));
    expect(same?.text.replaceAll(unknown, user)).toBe(mine.text);
  }
  const invalid = { status: 400, scimType: 'invalidValue' };
  const members = [{ value: user }];
  expectRefusal(await other.post('/Groups', { schemas: [GROUP], displayName: 'i', members }), invalid);
  expectRefusal(await other.patch(`/Groups/${theirGroup}`, [{ op: 'add', path: 'members', value: members }]), invalid);
  const manager = { op: 'add', path: `${ENTERPRISE}:manager`, value: { value: user } };
  expectRefusal(await other.patch(`/Users/${theirs}`, [manager]), invalid);
  for (const filter of [`id eq "${user}"`, 'externalId eq "x"', 'userName eq "ann"', `groups[value eq "${group}"]`]) {
    expect(await found(other, filter)).toEqual([]);
  }
  expect(await found(other, `members[value eq "${user}"]`, '/Groups')).toEqual([]);
  expect([await read(scim, `/Users/${user}`), await read(scim, `/Groups/${group}`)]).toEqual(before);
});

row('T2', { other: {} }, async ({ scim, root, tenantName, token }) => {
  await createUser(scim, 'ann');
  const at = (tenant: string) => `/tenants/${tenantName(tenant)}/scim/v2/Users`;
  expect((await root.get(at('main'))).body).toMatchObject({ totalResults: 1 });
  expectRefusal(await root.get(at('other')), { status: 403 });
  expectRefusal(await root.get('/tenants/nobody/scim/v2/Users'), { status: 403 });
  expectRefusal(
    await root.post(at('main'), { schemas: [USER], userName: 'ben' }, { authorization: `Bearer ${token('other')}` }),
    { status: 403 },
  );
  expect((await root.get(at('main'))).body).toMatchObject({ totalResults: 1 });
});

row('T3', { other: { lifeCycle: { uniqueExternalIds: true } } }, async ({ scim, client }) => {
  for (const tenant of [scim, client('other')]) await createUser(tenant, 'ann', { externalId: 'x' });
  const taken = { status: 409, scimType: 'uniqueness' };
  expectRefusal(await scim.post('/Users', { schemas: [USER], userName: 'Ann' }), taken);
  expect((await scim.post('/Users', { schemas: [USER], userName: 'ben', externalId: 'x' })).status).toBe(201);
  expectRefusal(await client('other').post('/Users', { schemas: [USER], userName: 'ben', externalId: 'x' }), taken);
});

row('T4', { other: {} }, async ({ scim, client }) => {
  const ids = new Set<string>();
  for (let index = 0; index < 100; index += 1) {
    ids.add(await createUser(scim, `u${index}`));
    ids.add(await createUser(client('other'), `u${index}`));
  }
  expect(ids.size).toBe(200);
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (const id of ids) expect(id).toMatch(uuid);
});

row('T5', { other: {} }, async ({ scim, client }) => {
  const body = { schemas: [USER], userName: 'ann', password: 'Same-Password-1', emails: [{ value: 'ann@x.example' }] };
  const one = shown(await scim.post('/Users', body));
  const two = shown(await client('other').post('/Users', body));
  expect(two.id).not.toBe(one.id);
  const same = Object.keys(one).filter((name) => JSON.stringify(one[name]) === JSON.stringify(two[name]));
  expect(same.toSorted()).toEqual(['active', 'emails', 'schemas', 'userName']);
});
