import { expect, onTestFinished, test } from 'vitest';
import { openScimGateway } from '../support/scim-gateway.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

async function openClient() {
  const gateway = await openScimGateway();
  onTestFinished(() => gateway.close());
  return gateway.client();
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

test('of 50 creates of one name at once one wins, and the others are told who (RFC 7644 §3.3)', async () => {
  const client = await openClient();
  const names = times(50, (index) => (index % 2 === 0 ? 'bjensen@example.com' : 'BJensen@Example.com'));
  const answers = await Promise.all(names.map((userName) => client.post('/Users', { schemas: [USER], userName })));
  const [winner, ...more] = answers.filter(({ status }) => status === 201);
  expect(more).toEqual([]);
  for (const { status, body } of answers.filter((answer) => answer !== winner)) {
    expect(status).toBe(409);
    expect(body).toMatchObject({ scimType: 'uniqueness', detail: expect.stringContaining(String(winner?.body['id'])) });
  }
  expect((await client.get('/Users')).body['totalResults']).toBe(1);
});

test('100 members added at once, each by a PATCH of its own, are all there (RFC 7644 §3.5.2.1)', async () => {
  const client = await openClient();
  const create = async (userName: string) =>
    String((await client.post('/Users', { schemas: [USER], userName })).body['id']);
  const users = await Promise.all(times(100, (index) => create(`u${index}`)));
  const group = await client.post('/Groups', { schemas: [GROUP], displayName: 'Crowd' });
  const path = `/Groups/${String(group.body['id'])}`;
  const answers = await Promise.all(
    users.map((value) => client.patch(path, [{ op: 'add', path: 'members', value: [{ value }] }])),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  const { body } = await client.get(path);
  const members = body['members'] as readonly { readonly value: string }[];
  expect(members.map(({ value }) => value).sort()).toEqual([...users].sort());
});

test('50 PATCHes of one user at once, each of another attribute, all take effect', async () => {
  const client = await openClient();
  const user = await client.post('/Users', { schemas: [USER], userName: 'busy' });
  const path = `/Users/${String(user.body['id'])}`;
  const types = times(50, (index) => `t${index}`);
  const answers = await Promise.all(
    types.map((type) =>
      client.patch(path, [{ op: 'add', path: 'emails', value: [{ type, value: `${type}@example.com` }] }]),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const emails = (await client.get(path)).body['emails'] as readonly { readonly type: string }[];
  expect(emails.map(({ type }) => type).sort()).toEqual([...types].sort());
});
