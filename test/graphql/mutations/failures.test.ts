import { afterEach, describe, expect, test } from 'vitest';
import { GRAPHQL_ERRORS } from '#graphql/errors.ts';
import { MUTATION_ERRORS } from '#graphql/resolvers/mutation/mutation-errors.ts';
import { DirectoryError, type ErrorCode } from '#model/errors.ts';
import type { ResourceId } from '#model/resource.ts';
import { faultInjecting, type InjectedFault } from '#test/support/fault-injecting-adapter.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { create, Gateway } from '../gateway.ts';
import { mutate, mutation } from './mutate.ts';

describe('when the backend fails during a mutation', () => {
  let gateway: Gateway;
  afterEach(() => gateway[Symbol.asyncDispose]());

  /** A gateway whose backend breaks at the n-th call from now on; `ada` is there. */
  const breakingAt = async (call: number, sent = 0) => {
    let ids = { ada: '' as ResourceId, staff: '' as ResourceId };
    const fault: { -readonly [key in keyof InjectedFault]: InjectedFault[key] } = { call: 0, sent };
    gateway = await Gateway.open({ decorate: (adapter) => faultInjecting(adapter, fault) });
    const ada = await create(gateway.session(), 'User', { userName: 'ada', title: 'Head' });
    ids = { ada, staff: await create(gateway.session(), 'Group', { displayName: 'Staff' }) };
    fault.call = 2 + call;
    return ids;
  };
  const ask = (name: string, input: object, selection?: string) => gateway.ask(mutation(name, selection), { input });
  const titleOf = async (id: string) =>
    (await gateway.data('query ($id: ID!) { user(by: { id: $id }) { title } }', { id }))['user'];

  test('before anything was sent, the mutation is null with UNAVAILABLE, and nothing is written', async () => {
    const { ada } = await breakingAt(1);
    const { status, data, errors } = await ask('patchUser', { id: ada, user: { title: 'new' } });
    expect([status, data]).toEqual([200, { patchUser: null }]);
    expect(errors).toMatchObject([{ path: ['patchUser'], extensions: { code: 'UNAVAILABLE', retryAfter: 5 } }]);
    expect(await titleOf(ada)).toEqual({ title: 'Head' });
  });

  test('between read and write as well', async () => {
    const { ada } = await breakingAt(2);
    expect(await ask('patchUser', { id: ada, user: { title: 'new' } })).toMatchObject({ data: { patchUser: null } });
    expect(await titleOf(ada)).toEqual({ title: 'Head' });
  });

  test('an answer that was lost is found out before anybody is told', async () => {
    const { ada } = await breakingAt(2, 1);
    const input = { id: ada, user: { title: 'new' } };
    expect(await mutate(gateway, 'patchUser', input, 'title')).toEqual({ result: { title: 'new' }, errors: [] });
    expect(await titleOf(ada)).toEqual({ title: 'new' });
  });

  test('a write that succeeded stays one where its answer cannot be read: the fields that need it are null', async () => {
    const { ada, staff } = await breakingAt(2);
    const { data, errors } = await ask(
      'addMembers',
      { group: staff, members: [ada] },
      'displayName members { totalCount }',
    );
    expect(data).toEqual({ addMembers: { group: { displayName: 'Staff', members: null }, errors: [] } });
    expect(errors).toMatchObject([{ path: ['addMembers', 'group', 'members'], extensions: { code: 'UNAVAILABLE' } }]);
    expect(await mutate(gateway, 'addMembers', { group: staff, members: [] }, 'members { totalCount }')).toMatchObject({
      result: { members: { totalCount: 1 } },
    });
  });

  test('nor does a limit that the answer meets take it back', async () => {
    gateway = await Gateway.open({ limits: { edges: 1, responseBytes: 400 } });
    const session = gateway.session();
    const members = await Promise.all(['a', 'b'].map((userName) => create(session, 'User', { userName })));
    const group = await create(session, 'Group', { displayName: 'Staff' });
    const input = { group, members };
    const count = async () => (await mutate(gateway, 'addMembers', { group, members: [] }, 'memberCount')).result;
    const { data, errors } = await ask('addMembers', input, 'members { nodes { id } }');
    expect(data).toEqual({ addMembers: { group: null, errors: [] } });
    expect(errors).toMatchObject([{ path: ['addMembers', 'group'], extensions: { code: 'TOO_MANY_EDGES', limit: 1 } }]);
    expect(await count()).toEqual({ memberCount: 2 });
    const title = 'x'.repeat(500);
    const large = await ask('patchUser', { id: members[0], user: { title } }, 'title');
    expect(large.errors).toMatchObject([
      {
        message: expect.stringMatching(/; the mutations were carried out$/),
        extensions: { code: 'RESPONSE_TOO_LARGE' },
      },
    ]);
    expect(
      (
        await gateway
          .session()
          .find(session.registry.types[0] as never, { page: { offset: 0, limit: 9, total: false } })
      ).items.map(({ attributes }) => attributes['title']),
    ).toContain(title);
  });

  test('of several mutations one fails alone', async () => {
    const { ada } = await breakingAt(2);
    const query = `mutation ($id: ID!) {
      a: createUser(input: { userName: "a" }) { user { userName } errors { code } }
      b: createUser(input: { userName: "b" }) { user { userName } errors { code } }
      c: deleteUser(input: { id: $id }) { id errors { code } }
    }`;
    const { data, errors } = await gateway.ask(query, { id: ada });
    expect(data).toEqual({ a: { user: { userName: 'a' }, errors: [] }, b: null, c: { id: ada, errors: [] } });
    expect(errors).toMatchObject([{ path: ['b'], extensions: { code: 'UNAVAILABLE' } }]);
    expect(await gateway.data('{ users(orderBy: [{ field: USER_NAME }]) { nodes { userName } } }')).toEqual({
      users: { nodes: [{ userName: 'a' }] },
    });
  });

  const failing = async (error: unknown) => {
    gateway = await Gateway.open({
      decorate: (adapter) =>
        hooked(adapter, (method) => {
          if (method === 'write') throw error;
        }),
    });
    return ask('deleteUser', { id: 'x' });
  };

  test.each(Object.entries(MUTATION_ERRORS))('%s is told as the table says: %s', async (code, type) => {
    const { status, data, errors } = await failing(
      new DirectoryError(code as ErrorCode, 'what happened, and what to do'),
    );
    expect(status).toBe(200);
    if (type === null) {
      expect(data).toEqual({ deleteUser: null });
      expect(errors).toMatchObject([
        {
          message: 'what happened, and what to do',
          path: ['deleteUser'],
          extensions: { code: GRAPHQL_ERRORS[code as ErrorCode] },
        },
      ]);
    } else {
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({
        deleteUser: { id: null, errors: [{ __typename: type, code, message: expect.any(String) }] },
      });
    }
  });

  test('an outcome that stays unknown is neither a success nor retried', async () => {
    const writes: string[] = [];
    gateway = await Gateway.open({
      decorate: (adapter) =>
        hooked(adapter, (method) => {
          writes.push(method);
          if (method === 'write') throw new DirectoryError('OUTCOME_UNKNOWN', 'the connection broke');
          if (method === 'getMany') throw new DirectoryError('UNAVAILABLE', 'down');
        }),
    });
    const { data, errors } = await ask('createUser', { userName: 'ada' });
    expect(data).toEqual({ createUser: null });
    expect(errors).toMatchObject([{ path: ['createUser'], extensions: { code: 'OUTCOME_UNKNOWN' } }]);
    expect(writes.filter((method) => method === 'write')).toHaveLength(1);
  });

  test('a bug says nothing but the request id, and is reported', async () => {
    const bug = new TypeError('secret detail');
    const { data, errors } = await failing(bug);
    expect(data).toEqual({ deleteUser: null });
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/^internal error/), extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
    expect(gateway.bugs).toEqual([bug]);
  });

  test('so does a code that nobody knows', async () => {
    const foreign = Object.assign(new Error('of hunter2'), { name: 'DirectoryError', code: 'constructor' });
    const { errors } = await failing(foreign);
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });
});
