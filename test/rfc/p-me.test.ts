import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createUser, USER } from '../scim/people.ts';
import { read, shown } from './answers.ts';
import { ME, openRows } from './rows.ts';

const row = openRows();

row('P1', async ({ scim }) => {
  await createUser(scim, ME);
  expect((await scim.get('/Me')).status).toBe(200);
});

row('P2', async ({ scim }) => {
  const id = await createUser(scim, ME);
  const answer = await scim.get('/Me');
  expect(answer.status).toBe(200);
  expect(shown(answer).id).toBe(id);
});

row('P3', async ({ scim }) => {
  const id = await createUser(scim, ME);
  const location = `${scim.baseUrl}/Users/${id}`;
  const got = await scim.get('/Me?attributes=userName');
  const own = await scim.get(`/Users/${id}?attributes=userName`);
  expect([got.text, got.headers['etag'], got.headers['location']]).toEqual([own.text, own.headers['etag'], location]);
  const put = await scim.put('/Me', { schemas: [USER], userName: ME, title: 'Dr' });
  const patched = await scim.patch('/Me', [{ op: 'add', path: 'nickName', value: 'N' }]);
  for (const answer of [put, patched]) expect(answer).toMatchObject({ status: 200, headers: { location } });
  expect(await read(scim, `/Users/${id}`)).toMatchObject({ title: 'Dr', nickName: 'N' });
  const gone = await scim.delete('/Me');
  expect(gone).toMatchObject({ status: 204, headers: { location } });
  expectRefusal(await scim.get(`/Users/${id}`), { status: 404 });
});

row('P4', async ({ scim, client }) => {
  await createUser(scim, 'ann');
  expectRefusal(await scim.get('/Me'), { status: 404 });
  await createUser(scim, ME);
  expectRefusal(await client('main', ['scim:read']).get('/Me'), { status: 404 });
  expectRefusal(await client('main', ['scim:write']).delete('/Me'), { status: 404 });
  expect((await scim.get('/Users')).body['totalResults']).toBe(2);
});
