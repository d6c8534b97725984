import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, USER } from '../scim/people.ts';
import { found, listed, read, valuesOf } from './answers.ts';
import { openRows } from './rows.ts';

const row = openRows();
const LIFE_CYCLES = {
  retain: { lifeCycle: { onDelete: 'retain' } },
  deactivate: { lifeCycle: { onDelete: 'deactivate' } },
};

row('N1', async ({ scim }) => {
  for (const path of [`/Users/${await createUser(scim, 'ann')}`, `/Groups/${await createGroup(scim, 'g')}`]) {
    expect(await scim.delete(path)).toMatchObject({ status: 204, text: '' });
  }
});

row('N2', LIFE_CYCLES, async ({ scim, client }) => {
  for (const tenant of [scim, client('retain')]) {
    const path = `/Users/${await createUser(tenant, 'ann')}`;
    await tenant.delete(path);
    const answers = [
      await tenant.get(path),
      await tenant.put(path, { schemas: [USER], userName: 'ann' }),
      await tenant.patch(path, [{ op: 'add', path: 'title', value: 'x' }]),
      await tenant.delete(path),
    ];
    for (const answer of answers) expectRefusal(answer, { status: 404 });
  }
  const deactivate = client('deactivate');
  const kept = `/Users/${await createUser(deactivate, 'ann')}`;
  expect((await deactivate.delete(kept)).status).toBe(204);
  expect((await read(deactivate, kept))['active']).toBe(false);
});

row('N3', async ({ scim, root }) => {
  const id = await createUser(scim, 'ann');
  const other = await createUser(scim, 'ben');
  const group = await createGroup(scim, 'g', [id, other]);
  await scim.delete(`/Users/${id}`);
  expect(listed(await scim.get('/Users')).Resources.map(({ userName }) => userName)).toEqual(['ben']);
  expect(await found(scim, 'userName eq "ann"')).toEqual([]);
  expect(valuesOf(await read(scim, `/Groups/${group}`), 'members').map(({ value }) => value)).toEqual([other]);
  expect(await found(scim, `members[value eq "${id}"]`, '/Groups')).toEqual([]);
  const query = '{ users(first: 9) { nodes { userName } } }';
  const answer = await root.post('/graphql', { query }, { 'content-type': 'application/json' });
  expect(answer.body['data']).toEqual({ users: { nodes: [{ userName: 'ben' }] } });
});

row('N4', LIFE_CYCLES, async ({ scim, client }) => {
  for (const tenant of [scim, client('retain')]) {
    const id = await createUser(tenant, 'ann', { externalId: 'x' });
    const group = await createGroup(tenant, 'g');
    await tenant.delete(`/Users/${id}`);
    await tenant.delete(`/Groups/${group}`);
    expect(await createUser(tenant, 'ANN', { externalId: 'x' })).not.toBe(id);
    expect(await createGroup(tenant, 'g')).not.toBe(group);
    expect(listed(await tenant.get('/Users')).totalResults).toBe(1);
  }
  const deactivate = client('deactivate');
  await deactivate.delete(`/Users/${await createUser(deactivate, 'ann')}`);
  const again = await deactivate.post('/Users', { schemas: [USER], userName: 'ann' });
  expectRefusal(again, { status: 409, scimType: 'uniqueness' });
});

row('N5', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const stale = (await read(scim, path)).meta.version;
  await scim.patch(path, [{ op: 'add', path: 'title', value: 'Dr' }]);
  expectRefusal(await scim.delete(path, { 'if-match': stale }), { status: 412 });
  const { version } = (await read(scim, path)).meta;
  expect((await scim.delete(path, { 'if-match': version })).status).toBe(204);
});

row('N6', async ({ scim, client }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  expectRefusal(await scim.delete('/Users/unknown'), { status: 404 });
  expectRefusal(await client('main', ['scim:read']).delete(path), { status: 403 });
  expect((await read(scim, path)).userName).toBe('ann');
});
