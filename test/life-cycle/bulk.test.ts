import { expect, onTestFinished, test } from 'vitest';
import type { Notice } from '#core/notice.ts';
import { addMembers, bulk, count, idOf, postGroup, postUser, statuses } from '#test/scim/bulk/bulk-client.ts';
import { createGroup, createUser } from '#test/scim/people.ts';
import { type GatewayOptions, openScimGateway } from '#test/support/scim-gateway.ts';

async function open(options: GatewayOptions) {
  const notices: Notice[] = [];
  const gateway = await openScimGateway({ ...options, notify: (notice) => notices.push(notice) });
  onTestFinished(() => gateway.close());
  const session = gateway.session();
  const user = session.registry.type('User');
  if (user === undefined) throw new Error('the registry has no User');
  const retained = async () => (await session.retained(user, { limit: 10 })).items.map(({ id }) => id);
  return { client: gateway.client(), retained, notices };
}

const remove = (path: string) => ({ method: 'DELETE', path });

test('a DELETE among others retains, and the name is free for the next operation', async () => {
  const { client, retained } = await open({ lifeCycle: { onDelete: 'retain' } });
  const ada = await createUser(client, 'ada');
  const told = await bulk(client, [
    remove(`/Users/${ada}`),
    postUser('a', 'ada'),
    remove('/Users/bulkId:a'),
    postUser('b', 'ada'),
  ]);
  expect(statuses(told)).toEqual(['204', '201', '204', '201']);
  expect((await retained()).toSorted()).toEqual([ada, idOf(told[1])].toSorted());
  expect(await count(client, '/Users')).toBe(1);
});

test('a DELETE among others deactivates, as often as it is asked to, and removes what has no "active"', async () => {
  const { client } = await open({ lifeCycle: { onDelete: 'deactivate' } });
  const ada = await createUser(client, 'ada');
  const staff = await createGroup(client, 'Staff', [ada]);
  const told = await bulk(client, [
    remove(`/Users/${ada}`),
    remove(`/Users/${ada}`),
    postUser('a', 'ada'),
    remove('/Users/nobody'),
  ]);
  expect(statuses(told)).toEqual(['204', '204', '409', '404']);
  expect((await client.get(`/Users/${ada}`)).body).toMatchObject({ active: false, groups: [{ value: staff }] });
  expect(statuses(await bulk(client, [remove(`/Groups/${staff}`)]))).toEqual(['204']);
  expect(await count(client, '/Groups')).toBe(0);
});

test('an address is unique within one request, and what is let pass is noted for each operation', async () => {
  const { client, notices } = await open({ uniqueEmails: true, lifeCycle: { references: 'lenient' } });
  const emails = (value: string) => ({ emails: [{ value }] });
  const staff = await createGroup(client, 'Staff');
  const told = await bulk(client, [
    postUser('a', 'ada', emails('office@example.com')),
    postUser('b', 'eve', emails('Office@example.com')),
    postUser('c', 'bob', emails('none')),
    addMembers(`/Groups/${staff}`, 'gone', 'bulkId:a'),
    postGroup('d', ['gone', 'bulkId:c']),
  ]);
  expect(statuses(told)).toEqual(['201', '409', '201', '204', '201']);
  expect(told[1]?.response).toMatchObject({ scimType: 'uniqueness', detail: expect.stringContaining(idOf(told[0])) });
  expect(notices.map(({ id, paths, ids }) => [id, ...paths, ...(ids ?? [])])).toEqual([
    [idOf(told[2]), 'emails[0].value'],
    [staff, 'members', 'gone'],
    [idOf(told[4]), 'members', 'gone'],
  ]);
});
