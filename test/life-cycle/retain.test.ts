import { expect, test } from 'vitest';
import { openAdminGateway } from '#test/admin/gateway.ts';
import { createGroup, createUser, ENTERPRISE, USER } from '#test/scim/people.ts';

const RETAINING = { acme: '{ lifeCycle: { onDelete: retain } }' };

async function openRetaining() {
  const gateway = await openAdminGateway(RETAINING);
  return { gateway, scim: gateway.scim(), admin: gateway.admin() };
}

test('a retained user is gone for SCIM, and his name is free (RFC 7644 §3.6)', async () => {
  const { scim, admin } = await openRetaining();
  const id = await createUser(scim, 'ada', { externalId: 'x1' });
  const group = await createGroup(scim, 'Staff', [id]);
  expect(await scim.delete(`/Users/${id}`)).toMatchObject({ status: 204, text: '' });

  for (const answer of [
    await scim.get(`/Users/${id}`),
    await scim.put(`/Users/${id}`, { schemas: [USER], userName: 'ada' }),
    await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'T' }]),
    await scim.delete(`/Users/${id}`),
  ]) {
    expect(answer.status).toBe(404);
  }
  for (const filter of ['userName eq "ada"', 'externalId eq "x1"', 'userName co "a"']) {
    const { body } = await scim.get(`/Users?filter=${encodeURIComponent(filter)}`);
    expect(body, filter).toMatchObject({ totalResults: 0 });
  }
  expect((await scim.get(`/Groups/${group}`)).body).not.toHaveProperty('members');
  expect((await scim.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value: id }] }])).status).toBe(
    400,
  );

  const heir = await createUser(scim, 'ada');
  expect(heir).not.toBe(id);
  expect((await admin.get('/retained/User')).body).toMatchObject({
    total: 1,
    resources: [{ id, resourceType: 'User', attributes: { userName: 'ada', externalId: 'x1', active: true } }],
  });
});

test('a restored user has his id, attributes and password, and none of his links', async () => {
  const { scim, admin } = await openRetaining();
  const boss = await createUser(scim, 'boss');
  const id = await createUser(scim, 'ada', {
    title: 'T',
    password: 'a long enough one',
    [ENTERPRISE]: { department: 'D', manager: { value: boss } },
  });
  const report = await createUser(scim, 'eve', { [ENTERPRISE]: { manager: { value: id } } });
  await createGroup(scim, 'Staff', [id]);
  const before = await scim.get(`/Users/${id}`);
  await scim.delete(`/Users/${id}`);

  const restored = await admin.post(`/retained/User/${id}/restore`, {});
  expect(restored).toMatchObject({ status: 200, body: { id, resourceType: 'User', attributes: { title: 'T' } } });
  expect(restored.text).not.toMatch(/password|argon2/);
  const after = await scim.get(`/Users/${id}`);
  expect(after.body).toMatchObject({ id, userName: 'ada', title: 'T', [ENTERPRISE]: { department: 'D' } });
  expect(after.body).not.toHaveProperty('groups');
  expect(after.body[ENTERPRISE]).not.toHaveProperty('manager');
  expect(after.headers['etag']).not.toBe(before.headers['etag']);
  expect((await scim.get(`/Users/${report}`)).body).not.toHaveProperty(ENTERPRISE);
  expect((await scim.get(`/Users?filter=${encodeURIComponent('userName eq "ADA"')}`)).body).toMatchObject({
    totalResults: 1,
  });
  expect((await admin.get('/retained/User')).body).toEqual({ total: 0, resources: [] });
});

test('restoring into a name that another has taken is a 409 that names the holder', async () => {
  const { scim, admin } = await openRetaining();
  const id = await createUser(scim, 'ada');
  await scim.delete(`/Users/${id}`);
  const heir = await createUser(scim, 'Ada');
  const refused = await admin.post(`/retained/User/${id}/restore`, {});
  expect(refused).toMatchObject({ status: 409, body: { code: 'UNIQUENESS', ids: [heir] } });
  expect(refused.body['detail']).toBe(`userName is already taken by User ${heir}; rename or delete that one first`);
  await scim.delete(`/Users/${heir}`);
  expect((await admin.post(`/retained/User/${id}/restore`, {})).status).toBe(200);
  expect((await scim.get(`/Users/${id}`)).status).toBe(200);
});

test('groups are retained as well, without their members, and no type is asked for another', async () => {
  const { scim, admin } = await openRetaining();
  const id = await createGroup(scim, 'Staff', [await createUser(scim, 'ada')]);
  await scim.delete(`/Groups/${id}`);
  expect((await admin.get('/retained/User')).body).toMatchObject({ total: 0 });
  expect(await admin.post(`/retained/User/${id}/restore`, {})).toMatchObject({
    status: 404,
    body: { code: 'NOT_FOUND' },
  });
  expect((await admin.post(`/retained/Group/${id}/restore`, {})).status).toBe(200);
  expect((await scim.get(`/Groups/${id}`)).body).toMatchObject({ displayName: 'Staff' });
  expect((await scim.get(`/Groups/${id}`)).body).not.toHaveProperty('members');
});

test('what is not retained cannot be restored: unknown, alive, restored already, removed for good', async () => {
  const { gateway, scim, admin } = await openRetaining();
  const alive = await createUser(scim, 'ada');
  const restored = await createUser(scim, 'eve');
  await scim.delete(`/Users/${restored}`);
  await admin.post(`/retained/User/${restored}/restore`, {});
  for (const id of ['nobody', alive, restored]) {
    expect(await admin.post(`/retained/User/${id}/restore`, {}), id).toMatchObject({
      status: 404,
      body: { detail: `no User with the id ${id} is retained` },
    });
  }
  expect((await admin.post(`/retained/Nothing/${alive}/restore`, {})).body['detail']).toContain('User, Group');
  const removing = gateway.scim('zeta');
  const removed = await createUser(removing, 'ada');
  await removing.delete(`/Users/${removed}`);
  expect((await gateway.admin('zeta-admin').get('/retained/User')).body).toMatchObject({ total: 0 });
  expect((await gateway.admin('zeta-admin').post(`/retained/User/${removed}/restore`, {})).status).toBe(404);
});

test('a tenant sees and restores its own alone', async () => {
  const { gateway, scim } = await openRetaining();
  const id = await createUser(scim, 'ada');
  await scim.delete(`/Users/${id}`);
  const other = gateway.admin('zeta-admin');
  expect((await other.get('/retained/User')).body).toMatchObject({ total: 0 });
  expect((await other.post(`/retained/User/${id}/restore`, {})).status).toBe(404);
  expect((await gateway.admin('acme-user').get('/retained/User')).status).toBe(403);
});

test('retained resources come in pages', async () => {
  const { scim, admin } = await openRetaining();
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push(await createUser(scim, name));
  for (const id of ids) await scim.delete(`/Users/${id}`);
  const seen: unknown[] = [];
  let after = '';
  do {
    const { body } = await admin.get(`/retained/User?limit=2${after}`);
    expect(body['total']).toBe(5);
    seen.push(...(body['resources'] as { id: string }[]).map(({ id }) => id));
    after = body['next'] === undefined ? '' : `&after=${String(body['next'])}`;
  } while (after !== '');
  expect(seen.toSorted()).toEqual(ids.toSorted());
  for (const limit of ['0', '1001', '-1', 'x', '1e3']) {
    expect((await admin.get(`/retained/User?limit=${limit}`)).body).toMatchObject({ code: 'INVALID_COUNT' });
  }
  expect((await admin.get('/retained/User?after=x.y')).body).toMatchObject({ code: 'INVALID_CURSOR' });
});

test('GraphQL never shows what is retained', async () => {
  const { gateway, scim, admin } = await openRetaining();
  const boss = await createUser(scim, 'boss');
  const id = await createUser(scim, 'ada', { [ENTERPRISE]: { manager: { value: boss } } });
  await createGroup(scim, 'Staff', [id, boss]);
  const ask = () =>
    gateway.query(`{
      user(by: { id: "${id}" }) { id }
      named: user(by: { userName: "ada" }) { id }
      users(first: 10) { totalCount edges { node { userName } } }
      groups(first: 10) { edges { node { members(first: 10) { totalCount } } } }
      boss: user(by: { id: "${boss}" }) { directReports(first: 10) { totalCount } }
    }`);
  await scim.delete(`/Users/${id}`);
  const { data, errors } = await ask();
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    user: null,
    named: null,
    users: { totalCount: 1, edges: [{ node: { userName: 'boss' } }] },
    groups: { edges: [{ node: { members: { totalCount: 1 } } }] },
    boss: { directReports: { totalCount: 0 } },
  });
  await admin.post(`/retained/User/${id}/restore`, {});
  expect((await ask()).data).toMatchObject({ user: { id }, named: { id }, users: { totalCount: 2 } });
});

test('of a restoration and creates of the same name at once exactly one wins', async () => {
  const { scim, admin } = await openRetaining();
  for (let round = 0; round < 10; round++) {
    const userName = `ada${round}`;
    const id = await createUser(scim, userName);
    await scim.delete(`/Users/${id}`);
    const create = () => scim.post('/Users', { schemas: [USER], userName });
    const restore = () => admin.post(`/retained/User/${id}/restore`, {});
    const answers = await Promise.all(
      round % 2 === 0 ? [restore(), create(), create()] : [create(), restore(), create()],
    );
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    const { body } = await scim.get(`/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
    expect(body['totalResults']).toBe(1);
  }
});

test('If-Match guards a DELETE that retains (RFC 7644 §3.14)', async () => {
  const { scim, admin } = await openRetaining();
  const id = await createUser(scim, 'ada');
  const { headers } = await scim.get(`/Users/${id}`);
  await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'T' }]);
  expect((await scim.delete(`/Users/${id}`, { 'if-match': headers['etag'] ?? '' })).status).toBe(412);
  expect((await admin.get('/retained/User')).body).toMatchObject({ total: 0 });
  expect((await scim.get(`/Users/${id}`)).status).toBe(200);
});
