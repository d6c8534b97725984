import { describe, expect, onTestFinished, test } from 'vitest';
import type { Write } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { openDirectory } from '#core/directory.ts';
import type { Notice } from '#core/notice.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { openCursors } from '#core/search/cursor.ts';
import { performMany } from '#core/write/perform.ts';
import { openSystemCall } from '#http/system-call.ts';
import type { ResourceId, TenantId } from '#model/resource.ts';
import { expectRefusal } from '#test/scim/expect-refusal.ts';
import { createGroup, createUser, ENTERPRISE, GROUP, USER } from '#test/scim/people.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { LENIENT } from '#test/support/lenient.ts';
import { openScimGateway } from '#test/support/scim-gateway.ts';

async function open(references: 'strict' | 'lenient') {
  const notices: Notice[] = [];
  const calls: string[] = [];
  const gateway = await openScimGateway({
    lifeCycle: { references },
    notify: (notice) => notices.push(notice),
    wrap: (adapter) => hooked(adapter, (method) => calls.push(method)),
  });
  onTestFinished(() => gateway.close());
  return { client: gateway.client(), notices, calls };
}

const managed = (value: string) => ({ [ENTERPRISE]: { department: 'D', manager: { value } } });

describe('strict references', () => {
  test('name every id that leads nowhere, in POST, PUT and PATCH', async () => {
    const { client, notices } = await open('strict');
    const ada = await createUser(client, 'ada');
    const staff = await createGroup(client, 'Staff', [ada]);
    const refusal = { status: 400, scimType: 'invalidValue', detail: /gone1.*gone2/ };
    const members = [{ value: 'gone1' }, { value: ada }, { value: 'gone2' }];
    expectRefusal(await client.post('/Groups', { schemas: [GROUP], displayName: 'G', members }), refusal);
    expectRefusal(await client.put(`/Groups/${staff}`, { schemas: [GROUP], displayName: 'G', members }), refusal);
    expectRefusal(await client.patch(`/Groups/${staff}`, [{ op: 'add', path: 'members', value: members }]), refusal);
    const nobody = { status: 400, scimType: 'invalidValue', detail: /manager.*gone/ };
    expectRefusal(await client.post('/Users', { schemas: [USER], userName: 'eve', ...managed('gone') }), nobody);
    expectRefusal(await client.put(`/Users/${ada}`, { schemas: [USER], userName: 'ada', ...managed('gone') }), nobody);
    const path = `${ENTERPRISE}:manager`;
    expectRefusal(await client.patch(`/Users/${ada}`, [{ op: 'add', path, value: 'gone' }]), nobody);
    expect((await client.get(`/Groups/${staff}`)).body).toMatchObject({
      displayName: 'Staff',
      members: [{ value: ada }],
    });
    expect(notices).toEqual([]);
  });

  test('a group is no manager, and a member is of the type that the body states', async () => {
    const { client } = await open('strict');
    const ada = await createUser(client, 'ada');
    const staff = await createGroup(client, 'Staff');
    const refusal = { status: 400, scimType: 'invalidValue', detail: new RegExp(staff) };
    expectRefusal(await client.post('/Users', { schemas: [USER], userName: 'eve', ...managed(staff) }), refusal);
    const members = [{ value: ada, type: 'Group' }];
    expect((await client.post('/Groups', { schemas: [GROUP], displayName: 'G', members })).status).toBe(400);
  });
});

describe('lenient references', () => {
  test('leave out what leads nowhere, in POST, PUT and PATCH, and say so in the log', async () => {
    const { client, notices } = await open('lenient');
    const ada = await createUser(client, 'ada');
    const members = [{ value: 'gone1' }, { value: ada }, { value: 'gone2' }];
    const staff = await client.post('/Groups', { schemas: [GROUP], displayName: 'Staff', members });
    expect(staff).toMatchObject({ status: 201, body: { members: [{ value: ada }] } });
    const id = String(staff.body['id']);
    expect(notices).toEqual([
      {
        tenant: 'acme',
        actor: 'token of acme',
        requestId: expect.any(String),
        kind: 'unknown references dropped',
        resourceType: 'Group',
        id,
        paths: ['members'],
        ids: ['gone1', 'gone2'],
        count: 2,
      },
    ]);
    const eve = await createUser(client, 'eve');
    await client.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: [{ value: 'gone3' }, { value: eve }] }]);
    const both = await client.get(`/Groups/${id}`);
    expect(both.body['members']).toHaveLength(2);
    const put = { schemas: [GROUP], displayName: 'Staff', members: [{ value: eve }, { value: 'gone4' }] };
    expect((await client.put(`/Groups/${id}`, put)).body).toMatchObject({ members: [{ value: eve }] });
    expect(notices.map(({ ids }) => ids)).toEqual([['gone1', 'gone2'], ['gone3'], ['gone4']]);
  });

  test('a manager that does not exist, or is a group, is left out and the rest of the body kept', async () => {
    const { client, notices } = await open('lenient');
    const staff = await createGroup(client, 'Staff');
    const ada = await client.post('/Users', { schemas: [USER], userName: 'ada', ...managed(staff) });
    expect(ada).toMatchObject({ status: 201, body: { [ENTERPRISE]: { department: 'D' } } });
    expect(ada.body[ENTERPRISE]).not.toHaveProperty('manager');
    const path = `/Users/${String(ada.body['id'])}`;
    const operations = [
      { op: 'replace', path: `${ENTERPRISE}:manager`, value: { value: 'gone' } },
      { op: 'replace', path: 'title', value: 'T' },
    ];
    expect((await client.patch(path, operations)).body).toMatchObject({ title: 'T' });
    expect(notices.map(({ ids, paths }) => [paths, ids])).toEqual([
      [['manager'], [staff]],
      [['manager'], ['gone']],
    ]);
  });

  test('cost a second attempt only where something was left out', async () => {
    const { client, calls } = await open('lenient');
    const ada = await createUser(client, 'ada');
    const staff = await createGroup(client, 'Staff');
    calls.length = 0;
    await client.patch(`/Groups/${staff}`, [{ op: 'add', path: 'members', value: [{ value: ada }] }]);
    expect(calls).toEqual(['write']);
    await client.patch(`/Groups/${staff}`, [{ op: 'add', path: 'members', value: [{ value: 'gone' }] }]);
    expect(calls).toEqual(['write', 'write', 'write']);
  });

  test('do not hide any other refusal', async () => {
    const { client, notices } = await open('lenient');
    const staff = await createGroup(client, 'Staff');
    const members = [{ value: 'gone' }, { value: staff }];
    expect((await client.put(`/Groups/${staff}`, { schemas: [GROUP], displayName: 'Staff', members })).status).toBe(
      409,
    );
    const other = { schemas: [GROUP], displayName: 'staff', members: [{ value: 'gone' }] };
    expectRefusal(await client.post('/Groups', other), { status: 409, scimType: 'uniqueness' });
    expect(
      (await client.patch('/Groups/nobody', [{ op: 'add', path: 'members', value: [{ value: 'gone' }] }])).status,
    ).toBe(404);
    expect(notices).toEqual([]);
  });

  test('what builds on a resource of the same batch is sent again with it, and keeps its reference', async () => {
    const adapter = await memory.open(memory.options.parse(undefined), () => []);
    onTestFinished(() => adapter.close());
    const notices: Notice[] = [];
    const directory = openDirectory({
      tenant: 'acme' as TenantId,
      adapter,
      registry: openRegistry(),
      leniency: LENIENT,
      lifeCycle: { references: 'lenient' },
      cursors: openCursors('a secret of the tests, 32 bytes or more'),
      notify: (notice) => notices.push(notice),
    });
    const call = openSystemCall(directory.tenant, 10_000);
    const create = (id: string, members: readonly string[]): Write => ({
      kind: 'create',
      type: 'Group',
      id: id as ResourceId,
      draft: { attributes: { displayName: id }, links: {}, uniqueKeys: [], lookupKeys: [] },
      members: { add: members.map((member) => ({ id: member as ResourceId })) },
    });
    const rename: Write = { kind: 'update', type: 'Group', id: 'inner' as ResourceId, members: {} };
    const answers = await performMany(directory, call, [create('inner', ['gone']), create('outer', ['inner']), rename]);
    expect(answers).toMatchObject([{ changed: true }, { changed: true }, { changed: false }]);
    const [members] = await adapter.linked(call, 'members', 'out', ['outer' as ResourceId], { page: { limit: 9 } });
    expect(members?.items.map(({ id }) => id)).toEqual(['inner']);
    expect(notices).toMatchObject([{ id: 'inner', ids: ['gone'] }]);
  });
});
