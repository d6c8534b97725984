import { describe, expect, onTestFinished, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { LifeCycle } from '#core/life-cycle.ts';
import type { Notice } from '#core/notice.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { expectRefusal } from '#test/scim/expect-refusal.ts';
import { createGroup, createUser, GROUP, USER } from '#test/scim/people.ts';
import { faultInjecting, type InjectedFault } from '#test/support/fault-injecting-adapter.ts';
import { type Hook, hooked } from '#test/support/hooked-adapter.ts';
import type { Body, ScimClient } from '#test/support/scim-client.ts';
import { type GatewayOptions, openScimGateway } from '#test/support/scim-gateway.ts';

const INVALID = { status: 400, scimType: 'invalidValue' };

async function open(userGroups: LifeCycle['userGroups'], options: GatewayOptions = {}) {
  const notices: Notice[] = [];
  const calls: string[] = [];
  const state: { hook: Hook } = { hook: () => undefined };
  const gateway = await openScimGateway({
    ...options,
    lifeCycle: { userGroups, ...options.lifeCycle },
    notify: (notice) => notices.push(notice),
    wrap: (adapter) =>
      hooked(options.wrap?.(adapter) ?? adapter, (method, args) => {
        calls.push(method);
        state.hook(method, args);
      }),
  });
  onTestFinished(() => gateway.close());
  return { client: gateway.client(), notices, calls, state };
}

/** Names of the groups that a user is in, directly unless asked for all. */
async function groupsOf(client: ScimClient, id: string, type = 'direct'): Promise<readonly unknown[]> {
  const { body } = await client.get(`/Users/${id}?attributes=groups`);
  const groups = (body['groups'] ?? []) as readonly Body[];
  return groups.flatMap((group) => (group['type'] === type ? [group['display']] : [])).toSorted();
}

function patch(client: ScimClient, id: string, ...operations: readonly Json[]) {
  return client.patch(`/Users/${id}`, operations);
}

const add = (...value: readonly Json[]): Body => ({ op: 'add', path: 'groups', value });
const replace = (...value: readonly Json[]): Body => ({ op: 'replace', path: 'groups', value });
const title: Body = { op: 'replace', path: 'title', value: 'T' };

describe('where a tenant takes groups from users', () => {
  test('PATCH adds, removes and replaces direct memberships, by id or by name', async () => {
    const { client } = await open('existing');
    const ada = await createUser(client, 'ada');
    const [a, b, c] = [await createGroup(client, 'A'), await createGroup(client, 'B'), await createGroup(client, 'C')];
    const then = async (operation: Body, groups: readonly string[]) => {
      const answer = await patch(client, ada, operation);
      expect(answer.status, answer.text).toBe(200);
      expect(await groupsOf(client, ada)).toEqual(groups);
    };
    await then(add({ value: a }, { display: 'b' }), ['A', 'B']);
    await then(add({ value: a }), ['A', 'B']);
    await then({ op: 'Add', path: 'groups', value: c }, ['A', 'B', 'C']);
    await then({ op: 'remove', path: `groups[value eq "${a}"]` }, ['B', 'C']);
    await then({ op: 'remove', path: 'groups[display eq "B" or display eq "nothing"]' }, ['C']);
    await then({ op: 'remove', path: 'groups', value: [{ value: a }] }, ['C']);
    await then(replace({ value: a }, { value: b }), ['A', 'B']);
    await then({ op: 'remove', path: 'urn:ietf:params:scim:schemas:core:2.0:User:groups', value: [{ display: 'A' }] }, [
      'B',
    ]);
    await then({ op: 'remove', path: 'groups' }, []);
    await then(replace(), []);
    expect((await client.get(`/Groups/${a}`)).body).not.toHaveProperty('members');
  });

  test('its operations take effect in order, beside others on the user', async () => {
    const { client } = await open('existing');
    const ada = await createUser(client, 'ada');
    const [a, b] = [await createGroup(client, 'A'), await createGroup(client, 'B')];
    const answer = await patch(
      client,
      ada,
      add({ value: a }),
      title,
      { op: 'remove', path: 'groups' },
      add({ value: b }),
    );
    expect(answer).toMatchObject({ status: 200, body: { title: 'T', groups: [{ value: b, display: 'B' }] } });
    expectRefusal(await patch(client, ada, add({ value: a }), title, { op: 'add', path: 'active', value: 7 }), {
      ...INVALID,
      detail: /^operation 3 of 3: active/,
    });
    expect(await groupsOf(client, ada)).toEqual(['B']);
  });

  test('what he is in by way of another group stays, and is not made direct', async () => {
    const { client } = await open('existing');
    const ada = await createUser(client, 'ada');
    const inner = await createGroup(client, 'inner', [ada]);
    const outer = await createGroup(client, 'outer', [inner]);
    const { body } = await client.get(`/Users/${ada}`);
    expect((await patch(client, ada, { op: 'replace', path: 'groups', value: body['groups'] ?? null })).status).toBe(
      200,
    );
    expect([await groupsOf(client, ada), await groupsOf(client, ada, 'indirect')]).toEqual([['inner'], ['outer']]);
    await patch(client, ada, { op: 'remove', path: 'groups', value: [{ value: outer }] });
    expect(await groupsOf(client, ada, 'indirect')).toEqual(['outer']);
  });

  test('bodies, and values without a path, change no group: clients send back what they have read', async () => {
    const { client } = await open('create');
    const a = await createGroup(client, 'A');
    const groups = [{ value: a }, { display: 'New' }];
    const ada = await createUser(client, 'ada', { groups });
    await client.put(`/Users/${ada}`, { schemas: [USER], userName: 'ada', groups });
    await patch(client, ada, { op: 'replace', value: { groups, title: 'T' } });
    expect(await groupsOf(client, ada)).toEqual([]);
    expect((await client.get('/Groups')).body).toMatchObject({ totalResults: 1 });
  });

  test('what names no group is refused as a whole', async () => {
    const { client } = await open('existing');
    const ada = await createUser(client, 'ada');
    const a = await createGroup(client, 'A');
    for (const [operation, refusal] of [
      [
        add({ value: a }, { value: 'gone' }, { display: 'Nobody' }),
        { ...INVALID, detail: /groups that exist; gone, "Nobody" do not/ },
      ],
      [add({ value: ada }), { ...INVALID, detail: new RegExp(ada) }],
      [add({ value: 7 }), { ...INVALID, detail: /groups\[0\]\.value/ }],
      [add({ type: 'direct' }), { ...INVALID, detail: /"value", or its name as "display"/ }],
      [add(['x']), INVALID],
      [add({ value: a, $ref: '/Groups/other' }), { ...INVALID, detail: /\$ref/ }],
      [
        { op: 'add', path: 'groups.value', value: a },
        { status: 400, scimType: 'mutability' },
      ],
      [
        { op: 'add', path: `groups[value eq "${a}"]`, value: [{ value: a }] },
        { status: 400, scimType: 'mutability' },
      ],
      [
        { op: 'remove', path: 'groups[type eq "direct"]' },
        { status: 400, scimType: 'invalidPath' },
      ],
      [add(...Array.from({ length: 501 }, (_, at) => ({ value: `g${at}` }))), { ...INVALID, detail: /at most 500/ }],
      [add({ __proto__x: 1, constructor: a }), INVALID],
    ] as const) {
      expectRefusal(await patch(client, ada, title, operation), refusal);
    }
    expect((await client.get(`/Users/${ada}`)).body).not.toHaveProperty('title');
    expect(await groupsOf(client, ada)).toEqual([]);
    expect((await patch(client, 'nobody', add({ value: a }))).status).toBe(404);
  });

  test('where names are not unique, groups go by their ids', async () => {
    const { client } = await open('existing', { profile: 'rfc' });
    const ada = await createUser(client, 'ada');
    const a = await createGroup(client, 'A');
    expectRefusal(await patch(client, ada, add({ display: 'A' })), {
      ...INVALID,
      detail: /the id of a group as "value"/,
    });
    expect((await patch(client, ada, add({ value: a }))).status).toBe(200);
  });

  test('lenient references pass over groups that do not exist, and say so', async () => {
    const { client, notices } = await open('existing', { lifeCycle: { references: 'lenient' } });
    const ada = await createUser(client, 'ada');
    const a = await createGroup(client, 'A');
    expect((await patch(client, ada, add({ value: a }, { value: 'gone' }, { display: 'Nobody' }))).status).toBe(200);
    expect(await groupsOf(client, ada)).toEqual(['A']);
    expect(notices).toMatchObject([{ id: ada, paths: ['groups.value', 'groups.display'], ids: ['gone'] }]);
  });

  test('a stale If-Match stops it before any group is written', async () => {
    const { client } = await open('existing');
    const ada = await createUser(client, 'ada');
    const a = await createGroup(client, 'A');
    const { headers } = await client.get(`/Users/${ada}`);
    await patch(client, ada, title);
    const stale = { 'if-match': headers['etag'] ?? '' };
    expect((await client.patch(`/Users/${ada}`, [add({ value: a })], stale)).status).toBe(412);
    expect(await groupsOf(client, ada)).toEqual([]);
  });

  test('an operation costs a fixed number of calls to the backend', async () => {
    const { client, calls } = await open('create');
    const ada = await createUser(client, 'ada');
    const [a, b] = [await createGroup(client, 'A'), await createGroup(client, 'B')];
    const costs = async (operations: readonly Json[], expected: readonly string[]) => {
      calls.length = 0;
      expect((await client.patch(`/Users/${ada}?attributes=id`, operations)).status).toBe(200);
      expect(calls).toEqual(expected);
    };
    await costs([add({ value: a }, { value: b })], ['getMany', 'linked', 'getMany', 'write']);
    await costs([add({ value: a })], ['getMany', 'linked']);
    await costs([{ op: 'remove', path: 'groups' }], ['getMany', 'linked', 'write']);
    await costs([add({ display: 'A' }, { display: 'New' })], ['getMany', 'linked', 'byKeys', 'getMany', 'write']);
    await costs([{ op: 'remove', path: 'groups' }, title], ['getMany', 'linked', 'write', 'getMany', 'write']);
  });
});

describe('groups that are created for a user', () => {
  test('are made with him in them, by name alone', async () => {
    const { client } = await open('create');
    const ada = await createUser(client, 'ada');
    await createGroup(client, 'Old');
    expect((await patch(client, ada, add({ display: 'New' }, { display: 'old' }, { display: 'NEW' }))).status).toBe(
      200,
    );
    expect(await groupsOf(client, ada)).toEqual(['New', 'Old']);
    expectRefusal(await patch(client, ada, add({ value: 'no-id' })), { ...INVALID, detail: /no-id/ });
    expectRefusal(await patch(client, ada, add({ display: '\u0000' })), INVALID);
    expect((await client.get('/Groups')).body).toMatchObject({ totalResults: 2 });
  });

  test('are one, however many users ask for it at once', async () => {
    const { client } = await open('create');
    const users = await Promise.all(Array.from({ length: 20 }, (_, at) => createUser(client, `u${at}`)));
    const answers = await Promise.all(users.map((user) => patch(client, user, add({ display: 'New' }))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { body } = await client.get('/Groups');
    expect(body).toMatchObject({ totalResults: 1 });
    expect((body['Resources'] as readonly { members: unknown[] }[])[0]?.members).toHaveLength(20);
  });
});

describe('where one of several writes fails', () => {
  const broken = () => new DirectoryError('UNAVAILABLE', 'the connection to the backend is broken');

  /** A user in A and B who is to be in C, D and a new E; the hook sees the calls of that one request. */
  async function move(hook: (write: number, operations: { id?: string }[]) => unknown) {
    const { client, state } = await open('create');
    const ada = await createUser(client, 'ada');
    const [a, b] = [await createGroup(client, 'A', [ada]), await createGroup(client, 'B', [ada])];
    const [c, d] = [await createGroup(client, 'C'), await createGroup(client, 'D')];
    let writes = 0;
    state.hook = (method, args) => {
      if (method === 'write') hook(++writes, args[1] as { id?: string }[]);
    };
    const answer = await patch(client, ada, replace({ value: c }, { value: d }, { display: 'E' }), title);
    state.hook = () => undefined;
    const { body } = await client.get('/Groups?attributes=displayName');
    const names = (body['Resources'] as readonly Body[]).map(({ displayName }) => displayName).toSorted();
    return { client, answer, ada, a, b, c, d, names, groups: await groupsOf(client, ada) };
  }

  test('at a group, everything is as it was', async () => {
    const { client, answer, ada, groups, names } = await move((write, operations) => {
      // The third group is deleted by somebody else just before, and once more whenever the move is tried again.
      if (write === 1) operations.splice(3, 1, { ...operations[3], id: 'gone' });
      if (write > 2) throw broken();
    });
    expect(answer.status).toBe(503);
    expect(groups).toEqual(['A', 'B']);
    expect(names).toEqual(['A', 'B', 'C', 'D']);
    expect((await client.get(`/Users/${ada}`)).body).not.toHaveProperty('title');
  });

  test('at the user, everything is as it was', async () => {
    const { client, answer, ada, groups, names } = await move((write) => {
      if (write === 2) throw broken();
    });
    expectRefusal(answer, { status: 503, detail: /^the connection to the backend is broken$/ });
    expect(groups).toEqual(['A', 'B']);
    expect(names).toEqual(['A', 'B', 'C', 'D']);
    expect((await client.get(`/Users/${ada}`)).body).not.toHaveProperty('title');
  });

  test('what cannot be taken back is named, each group of it', async () => {
    const { answer, a, b, c, d, groups, names } = await move((write) => {
      if (write >= 2) throw broken();
    });
    expect(answer.status).toBe(503);
    const detail = String(answer.body['detail']);
    const deeds = [`left Group ${a}`, `left Group ${b}`, `joined Group ${c}`, `joined Group ${d}`, 'created Group E'];
    for (const deed of deeds) expect(detail).toContain(deed);
    expect(detail).toContain('repeat the request');
    expect(groups).toEqual(['C', 'D', 'E']);
    expect(names).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  const faults: InjectedFault[] = [];
  for (let call = 1; call <= 8; call++) for (let sent = 0; sent <= 6; sent++) faults.push({ call, sent });

  test.each(faults)('at call $call with $sent writes sent, all of it is done or none', async (fault) => {
    const adapters: { bare?: DirectoryAdapter; current?: DirectoryAdapter } = {};
    const { client } = await open('create', {
      wrap(adapter) {
        adapters.bare = adapter;
        adapters.current = adapter;
        return new Proxy(adapter, {
          get: (_, name) => {
            const { current = adapter } = adapters;
            const member: unknown = Reflect.get(current, name);
            return typeof member === 'function' ? member.bind(current) : member;
          },
        });
      },
    });
    const ada = await createUser(client, 'ada');
    for (const name of ['A', 'B']) await createGroup(client, name, [ada]);
    for (const name of ['C', 'D']) await createGroup(client, name);
    if (adapters.bare) adapters.current = faultInjecting(adapters.bare, fault);
    const operations = [replace({ display: 'C' }, { display: 'D' }, { display: 'E' }), title];
    const { status } = await client.patch(`/Users/${ada}?attributes=title`, operations);
    adapters.current = adapters.bare as DirectoryAdapter;
    const { body } = await client.get(`/Users/${ada}`);
    const state = { title: body['title'], groups: await groupsOf(client, ada) };
    const after = { title: 'T', groups: ['C', 'D', 'E'] };
    expect(state).toEqual(status === 200 ? after : { title: undefined, groups: ['A', 'B'] });
    expect((await client.get('/Groups')).body).toMatchObject({ totalResults: status === 200 ? 5 : 4 });
  });

  test('a group that another creates meanwhile is joined, one that another deletes is refused', async () => {
    const { client, state } = await open('create');
    const ada = await createUser(client, 'ada');
    const first = await createGroup(client, 'First');
    const doomed = await createGroup(client, 'Doomed');
    const meanwhile = (work: () => Promise<unknown>) => {
      let waiting: Promise<unknown> | undefined;
      state.hook = (method) => {
        if (method === 'byKeys' || method === 'getMany') waiting ??= work();
      };
      return () => waiting;
    };
    const created = meanwhile(() => client.post('/Groups', { schemas: [GROUP], displayName: 'New' }));
    expect((await patch(client, ada, add({ display: 'New' }, { value: first }))).status).toBe(200);
    await created();
    state.hook = () => undefined;
    await patch(client, ada, { op: 'remove', path: 'groups' });
    const deleted = meanwhile(() => client.delete(`/Groups/${doomed}`));
    const answer = await patch(client, ada, add({ value: first }, { value: doomed }));
    await deleted();
    state.hook = () => undefined;
    if (answer.status === 400) expect(await groupsOf(client, ada)).toEqual([]);
    else expect(await groupsOf(client, ada)).toEqual(['First']);
  });
});

test('a tenant that does not takes groups from groups alone (RFC 7643 §4.1.2)', async () => {
  const { client } = await open('refuse');
  const ada = await createUser(client, 'ada');
  const a = await createGroup(client, 'A');
  expectRefusal(await patch(client, ada, add({ value: a })), { status: 400, scimType: 'mutability' });
});
