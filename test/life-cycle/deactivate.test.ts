import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createGroup, createUser, USER } from '#test/scim/people.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import type { ScimClient } from '#test/support/scim-client.ts';
import { openScimGateway } from '#test/support/scim-gateway.ts';

const calls: string[] = [];
let client: ScimClient;

beforeEach(async () => {
  const gateway = await openScimGateway({
    lifeCycle: { onDelete: 'deactivate' },
    wrap: (adapter) => hooked(adapter, (method) => calls.push(method)),
  });
  onTestFinished(() => gateway.close());
  client = gateway.client();
});

test('DELETE of a user deactivates him: he stays readable, keeps his groups and his name', async () => {
  const id = await createUser(client, 'ada', { title: 'T' });
  const group = await createGroup(client, 'Staff', [id]);
  expect(await client.delete(`/Users/${id}`)).toMatchObject({ status: 204, text: '' });
  expect((await client.get(`/Users/${id}`)).body).toMatchObject({
    userName: 'ada',
    title: 'T',
    active: false,
    groups: [{ value: group }],
  });
  expect((await client.get(`/Groups/${group}`)).body).toMatchObject({ members: [{ value: id }] });
  const { body } = await client.get(`/Users?filter=${encodeURIComponent('userName eq "ada" and active eq false')}`);
  expect(body).toMatchObject({ totalResults: 1 });
  expect((await client.post('/Users', { schemas: [USER], userName: 'ada' })).status).toBe(409);
  await client.patch(`/Users/${id}`, [{ op: 'replace', path: 'active', value: true }]);
  expect((await client.get(`/Users/${id}`)).body).toMatchObject({ active: true, groups: [{ value: group }] });
});

test('a second DELETE answers the same and changes nothing', async () => {
  const id = await createUser(client, 'ada');
  await client.delete(`/Users/${id}`);
  const { headers, body } = await client.get(`/Users/${id}`);
  expect((await client.delete(`/Users/${id}`)).status).toBe(204);
  const again = await client.get(`/Users/${id}`);
  expect(again.headers['etag']).toBe(headers['etag']);
  expect(again.body).toEqual(body);
});

test('it costs one call more than removing', async () => {
  const id = await createUser(client, 'ada');
  calls.length = 0;
  await client.delete(`/Users/${id}`);
  expect(calls).toEqual(['getMany', 'write']);
});

test('a stale If-Match and an unknown id are refused as ever', async () => {
  const id = await createUser(client, 'ada');
  const { headers } = await client.get(`/Users/${id}`);
  await client.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'T' }]);
  expect((await client.delete(`/Users/${id}`, { 'if-match': headers['etag'] ?? '' })).status).toBe(412);
  expect((await client.get(`/Users/${id}`)).body).toMatchObject({ active: true });
  expect((await client.delete('/Users/nobody')).status).toBe(404);
});

test('what has no "active" is removed', async () => {
  const id = await createGroup(client, 'Staff');
  expect((await client.delete(`/Groups/${id}`)).status).toBe(204);
  expect((await client.get(`/Groups/${id}`)).status).toBe(404);
});

test('a DELETE and PATCHes of the same user at once all take effect', async () => {
  const id = await createUser(client, 'ada');
  const answers = await Promise.all([
    client.delete(`/Users/${id}`),
    ...Array.from({ length: 10 }, (_, at) =>
      client.patch(`/Users/${id}`, [{ op: 'add', path: 'emails', value: [{ value: `${at}@example.com` }] }]),
    ),
  ]);
  expect(answers.every(({ status }) => status < 300)).toBe(true);
  const { body } = await client.get(`/Users/${id}`);
  expect(body).toMatchObject({ active: false });
  expect(body['emails']).toHaveLength(10);
});
