import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from '../scim/people.ts';
import { read, shown, valuesOf } from './answers.ts';
import { createProbed, PROBED, probed, probeOf } from './extensions.ts';
import { openRows } from './rows.ts';

const ROOM = 'urn:example:params:scim:schemas:core:2.0:Room';
const row = openRows();

row('L1', { main: { schemas: ['room.json'] } }, async ({ scim }) => {
  const cases = [
    ['/Users', { schemas: [USER], userName: 'ann' }, { title: 'Dr' }],
    ['/Groups', { schemas: [GROUP], displayName: 'g' }, { externalId: 'x' }],
    ['/Rooms', { schemas: [ROOM], roomName: 'Attic' }, { seats: 3 }],
  ] as const;
  for (const [endpoint, body, more] of cases) {
    const path = `${endpoint}/${shown(await scim.post(endpoint, body)).id}`;
    const answer = await scim.put(path, { ...body, ...more });
    expect(answer.status).toBe(200);
    expect(shown(answer)).toMatchObject({ ...body, ...more });
    expect(shown(answer)).toEqual(await read(scim, path));
  }
});

row('L2', async ({ scim }) => {
  expectRefusal(await scim.put('/Users/mine', { schemas: [USER], id: 'mine', userName: 'ann' }), { status: 404 });
  expect((await scim.get('/Users')).body['totalResults']).toBe(0);
});

row('L3', async ({ scim }) => {
  const emails = [
    { value: 'a@x.example', type: 'work' },
    { value: 'b@x.example', type: 'home' },
  ];
  const id = await createUser(scim, 'ann', { title: 'Dr', emails, name: { givenName: 'A', familyName: 'B' } });
  const body = {
    schemas: [USER],
    userName: 'ben',
    title: 'Prof',
    emails: [{ value: 'c@x.example' }],
    name: { givenName: 'C' },
  };
  await scim.put(`/Users/${id}`, { ...body, password: 'New-Password-1' });
  const user = await read(scim, `/Users/${id}`);
  expect(user).toMatchObject(body);
  expect(valuesOf(user, 'emails')).toEqual([{ value: 'c@x.example' }]);
  expect(user['name']).toEqual({ givenName: 'C' });
});

row('L4', async ({ scim }) => {
  const more = { title: 'Dr', nickName: 'A', active: false, emails: [{ value: 'a@x.example' }], externalId: 'x' };
  const id = await createUser(scim, 'ann', { ...more, password: 'Secret-1', [ENTERPRISE]: { division: 'x' } });
  const user = shown(await scim.put(`/Users/${id}`, { schemas: [USER], userName: 'ann' }));
  expect(user).toEqual({ schemas: [USER], id, userName: 'ann', active: false, meta: user.meta });
});

row('L5', { main: PROBED }, async ({ scim }) => {
  const set = await createProbed(scim, 'ann', { serial: '1' });
  const put = (id: string, serial: string, userName: string) =>
    scim.put(`/Users/${id}`, probed(userName, { serial, code: userName }));
  expectRefusal(await put(set.id, '2', 'ann'), { status: 400, scimType: 'mutability' });
  expect(probeOf(shown(await put(set.id, '1', 'ann')))).toEqual({ serial: '1', code: 'ann' });
  const empty = await createProbed(scim, 'ben', { code: 'x' });
  expect(probeOf(shown(await put(empty.id, '3', 'ben')))).toEqual({ serial: '3', code: 'ben' });
});

row('L6', async ({ scim }) => {
  const boss = await createUser(scim, 'boss');
  const emails = [{ value: 'a@x.example', type: 'work', primary: true }];
  const id = await createUser(scim, 'ann', { emails, [ENTERPRISE]: { manager: { value: boss } } });
  await createGroup(scim, 'g', [id]);
  for (const path of [`/Users/${id}`, `/Groups/${valuesOf(await read(scim, `/Users/${id}`), 'groups')[0]?.value}`]) {
    const before = await scim.get(path);
    const answer = await scim.put(path, before.body);
    expect(answer).toMatchObject({ status: 200, text: before.text });
    expect(answer.headers['etag']).toBe(before.headers['etag']);
  }
});

row('L7', async ({ scim }) => {
  const user = await createUser(scim, 'ann', { title: 'Dr' });
  const group = await createGroup(scim, 'g');
  const invalid = { status: 400, scimType: 'invalidValue' };
  expectRefusal(await scim.put(`/Users/${user}`, { schemas: [USER], title: 'Prof' }), invalid);
  expectRefusal(await scim.put(`/Groups/${group}`, { schemas: [GROUP], externalId: 'x' }), invalid);
  expect(await read(scim, `/Users/${user}`)).toMatchObject({ userName: 'ann', title: 'Dr' });
});

row('L8', async ({ scim }) => {
  await createUser(scim, 'ann');
  const id = await createUser(scim, 'ben', { title: 'Dr' });
  const before = await read(scim, `/Users/${id}`);
  const answer = await scim.put(`/Users/${id}`, { schemas: [USER], userName: 'Ann', title: 'Prof' });
  expectRefusal(answer, { status: 409, scimType: 'uniqueness' });
  expect(await read(scim, `/Users/${id}`)).toEqual(before);
});

row('L9', async ({ scim }) => {
  const other = await createUser(scim, 'ann');
  const id = await createUser(scim, 'ben');
  const before = await read(scim, `/Users/${other}`);
  const answer = await scim.put(`/Users/${id}`, { schemas: [USER], id: other, userName: 'cat' });
  expect(shown(answer)).toMatchObject({ id, userName: 'cat' });
  expect(await read(scim, `/Users/${other}`)).toEqual(before);
});

row('L10', async ({ scim }) => {
  const id = await createUser(scim, 'ann');
  const stale = (await read(scim, `/Users/${id}`)).meta.version;
  const body = { schemas: [USER], userName: 'ann', title: 'Dr' };
  const current = shown(await scim.put(`/Users/${id}`, body, { 'if-match': stale })).meta.version;
  expectRefusal(await scim.put(`/Users/${id}`, { ...body, title: 'Prof' }, { 'if-match': stale }), { status: 412 });
  const user = await read(scim, `/Users/${id}`);
  expect([user['title'], user.meta.version]).toEqual(['Dr', current]);
});
