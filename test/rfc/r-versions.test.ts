import { expect } from 'vitest';
import { expectRefusal } from '../scim/expect-refusal.ts';
import { createGroup, createUser, USER } from '../scim/people.ts';
import { read, shown } from './answers.ts';
import { openRows } from './rows.ts';

const row = openRows();

function title(value: string) {
  return [{ op: 'replace', path: 'title', value }];
}

row('R1', async ({ scim }) => {
  expect((await scim.get('/ServiceProviderConfig')).body).toMatchObject({ etag: { supported: true } });
  const body = { schemas: [USER], userName: 'ann' };
  const created = await scim.post('/Users', body);
  const path = `/Users/${shown(created).id}`;
  const answers = [
    created,
    await scim.get(path),
    await scim.put(path, { ...body, title: 'A' }),
    await scim.patch(path, title('B')),
  ];
  for (const answer of answers) expect(answer.headers['etag']).toBe(shown(answer).meta.version);
  expect(new Set(answers.map(({ headers }) => headers['etag'])).size).toBe(3);
});

row('R2', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const old = (await read(scim, path)).meta.version;
  const notModified = await scim.get(path, { 'if-none-match': old });
  expect([notModified.status, notModified.text, notModified.headers['etag']]).toEqual([304, '', old]);
  await scim.patch(path, title('A'));
  expect((await scim.get(path, { 'if-none-match': old })).body).toMatchObject({ title: 'A' });
  expect((await scim.get(path, { 'if-none-match': '*' })).status).toBe(304);
});

row('R3', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const stale = { 'if-match': (await read(scim, path)).meta.version };
  await scim.patch(path, title('A'));
  const body = { schemas: [USER], userName: 'ann', title: 'B' };
  for (const answer of [
    await scim.put(path, body, stale),
    await scim.patch(path, title('B'), stale),
    await scim.delete(path, stale),
  ]) {
    expectRefusal(answer, { status: 412 });
  }
  expect((await read(scim, path))['title']).toBe('A');
  const current = async () => ({ 'if-match': (await read(scim, path)).meta.version });
  expect((await scim.put(path, body, await current())).status).toBe(200);
  expect((await scim.patch(path, title('C'), { 'if-match': '*' })).status).toBe(200);
  expect((await scim.delete(path, await current())).status).toBe(204);
  for (const answer of [
    await scim.put(path, body, { 'if-match': '*' }),
    await scim.delete(path, { 'if-match': '*' }),
  ]) {
    expect([404, 412]).toContain(answer.status);
  }
});

row('R4', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  const opaque = async () => (await read(scim, path)).meta.version.replace(/^W\//, '');
  const forms = [(tag: string) => `W/${tag}`, (tag: string) => tag, (tag: string) => `"other", W/${tag}, "x"`];
  for (const [index, form] of forms.entries()) {
    const answer = await scim.patch(path, title(`t${index}`), { 'if-match': form(await opaque()) });
    expect(answer.status, String(index)).toBe(200);
  }
  expectRefusal(await scim.patch(path, title('x'), { 'if-match': '"other", "another"' }), { status: 412 });
});

row('R5', async ({ scim }) => {
  const path = `/Users/${await createUser(scim, 'ann')}`;
  for (let round = 0; round < 20; round += 1) {
    const tag = { 'if-match': (await read(scim, path)).meta.version };
    const answers = await Promise.all([
      scim.patch(path, title(`a${round}`), tag),
      scim.put(path, { schemas: [USER], userName: 'ann', title: `b${round}` }, tag),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const winner = answers[0]?.status === 200 ? `a${round}` : `b${round}`;
    expect((await read(scim, path))['title']).toBe(winner);
  }
});

row('R6', async ({ scim }) => {
  const user = await createUser(scim, 'ann');
  const group = await createGroup(scim, 'g');
  const tag = async (path: string) => (await read(scim, path)).meta.version;
  const before = [await tag(`/Users/${user}`), await tag(`/Groups/${group}`)];
  expect([await tag(`/Users/${user}`), await tag(`/Groups/${group}`)]).toEqual(before);
  await scim.patch(`/Users/${user}`, title('A'));
  await scim.patch(`/Groups/${group}`, [{ op: 'add', path: 'members', value: [{ value: user }] }]);
  const after = [await tag(`/Users/${user}`), await tag(`/Groups/${group}`)];
  expect(after.filter((version) => before.includes(version))).toEqual([]);
  await scim.patch(`/Users/${user}`, [{ op: 'replace', path: 'password', value: 'Another-1' }]);
  expect(await tag(`/Users/${user}`)).not.toBe(after[0]);
});

row('R7', async ({ scim }) => {
  const body = { schemas: [USER], userName: 'ann' };
  const created = await scim.post('/Users', body, { 'if-none-match': '*' });
  expect(created.status).toBe(201);
  const path = `/Users/${shown(created).id}`;
  for (const tag of ['*', shown(created).meta.version]) {
    expectRefusal(await scim.put(path, { ...body, title: 'x' }, { 'if-none-match': tag }), { status: 412 });
  }
  expect((await scim.put(path, { ...body, title: 'y' }, { 'if-none-match': '"other"' })).status).toBe(200);
  expect((await read(scim, path))['title']).toBe('y');
});
