import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { Session } from '#core/session.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import { moveMembers, readFeed, type Variables, watched } from '../feed.ts';
import { create, Gateway, type GatewayOptions } from '../gateway.ts';

const RESOURCE = '__typename id ... on User { userName title } ... on Group { displayName members { totalCount } }';
const CHANGES = `query ($since: String, $types: [String!], $first: Int) {
  changes(since: $since, types: $types, first: $first) {
    hasMore
    endCursor
    changes {
      cursor kind id type at version actor requestId
      members { added { id type } removed { id type } many }
      resource { ${RESOURCE} }
    }
  }
}`;

describe('ask 08: what changed since I last looked, deletions among it', () => {
  let gateway: Gateway;
  let session: Session;
  let user: ResourceType;
  let group: ResourceType;

  const open = async (options: GatewayOptions = {}) => {
    gateway = await Gateway.open(options);
    session = gateway.session();
    [user, group] = session.registry.types as [ResourceType, ResourceType];
  };
  beforeEach(() => open());
  afterEach(() => gateway[Symbol.asyncDispose]());

  const read = (variables: Variables = {}, query = CHANGES) => readFeed(gateway, query, variables);
  const refusal = async (variables: Variables, tenant?: string) => {
    const { status, data, errors } = await gateway.ask(CHANGES, variables, tenant);
    expect([status, data]).toEqual([200, { changes: null }]);
    return errors?.[0];
  };
  const person = (userName: string) => create(session, 'User', { userName });
  const people = (...names: readonly string[]) =>
    session.createMany(
      user,
      names.map((userName) => ({ userName })),
    );

  test('without a cursor it answers where the present is, and no change', async () => {
    await person('ada');
    const now = await read();
    expect(now).toEqual({ changes: [], hasMore: false, endCursor: expect.stringMatching(/^[\w-]+\.[\w-]+$/) });
    expect(await read({ since: now.endCursor })).toEqual(now);
  });

  test('changes come in the order of their commit, each with what it did, who did it, and the resource as it is', async () => {
    const { endCursor: since } = await read();
    const ada = await person('ada');
    const team = await create(session, 'Group', { displayName: 'Team' });
    await session.patch(user, ada, [{ op: 'replace', value: { title: 'Head' } }]);
    await moveMembers(session, team, 'add', [ada]);
    const { changes, hasMore, endCursor } = await read({ since });
    const now = {
      ada: { __typename: 'User', id: ada, userName: 'ada', title: 'Head' },
      team: { __typename: 'Group', id: team, displayName: 'Team', members: { totalCount: 1 } },
    };
    const known = {
      cursor: expect.any(String),
      at: expect.stringMatching(/^\d{4}-.+Z$/),
      version: expect.stringMatching(/^W\/".+"$/),
      actor: 'tests',
      requestId: 'request-1',
      members: null,
    };
    expect(changes).toEqual([
      { ...known, kind: 'CREATED', id: ada, type: 'User', resource: now.ada },
      { ...known, kind: 'CREATED', id: team, type: 'Group', resource: now.team },
      { ...known, kind: 'UPDATED', id: ada, type: 'User', resource: now.ada },
      {
        ...known,
        kind: 'UPDATED',
        id: team,
        type: 'Group',
        members: { added: [{ id: ada, type: 'User' }], removed: [], many: false },
        resource: now.team,
      },
    ]);
    expect([hasMore, endCursor]).toEqual([false, changes.at(-1)?.cursor]);
    expect(changes.at(-1)?.version).toBe(`W/"${(await session.get(group, team))?.version}"`);
  });

  test('a deletion is a tombstone, and so is what was deleted after its change', async () => {
    const { endCursor: since } = await read();
    const ada = await person('ada');
    await session.delete(user, ada);
    expect((await read({ since })).changes).toMatchObject([
      { kind: 'CREATED', id: ada, resource: null },
      { kind: 'DELETED', id: ada, type: 'User', version: null, resource: null },
    ]);
  });

  test('what is retained is a tombstone, until an administrator restores it', async () => {
    await gateway[Symbol.asyncDispose]();
    await open({ lifeCycle: { onDelete: 'retain' } });
    const { endCursor: since } = await read();
    const ada = await person('ada');
    await session.delete(user, ada);
    const { changes, endCursor } = await read({ since });
    expect(changes).toMatchObject([{ resource: null }, { kind: 'DELETED', resource: null }]);
    await session.restore(user, ada);
    expect((await read({ since: endCursor })).changes).toMatchObject([{ kind: 'RESTORED', resource: { id: ada } }]);
  });

  test('pages follow each other from the cursor of a page or of any change, and say when there is more', async () => {
    const { endCursor: since } = await read();
    const created = await people('a', 'b', 'c', 'd', 'e');
    const ids = created.map(({ id }) => id);
    const first = await read({ since, first: 2 });
    expect([first.changes.map(({ id }) => id), first.hasMore]).toEqual([ids.slice(0, 2), true]);
    const rest = await read({ since: first.endCursor, first: 3 });
    expect([rest.changes.map(({ id }) => id), rest.hasMore]).toEqual([ids.slice(2), false]);
    const behind = await read({ since: first.changes[0]?.cursor });
    expect(behind.changes.map(({ id }) => id)).toEqual(ids.slice(1));
    expect(await read({ since, first: 0 })).toMatchObject({ changes: [], hasMore: true, endCursor: since });
  });

  test('types narrow what is shown; the cursor stays one for all types', async () => {
    const { endCursor: since } = await read();
    await people('a', 'b');
    const team = await create(session, 'Group', { displayName: 'Team' });
    await people('c', 'd');
    const groups = await read({ since, types: ['Group'], first: 1 });
    expect([groups.changes.map(({ id }) => id), groups.hasMore]).toEqual([[team], false]);
    expect((await read({ since: groups.endCursor })).changes).toEqual([]);
    const users = await read({ since, types: ['User', 'User'], first: 3 });
    expect([users.changes.length, users.hasMore]).toEqual([3, true]);
    const last = await read({ since: users.endCursor, types: ['User'] });
    expect(last.changes).toMatchObject([{ resource: { userName: 'd' } }]);
    expect((await read({ since, types: [] })).changes).toEqual([]);
  });

  test('a name that is no type is refused with those that are', async () => {
    const error = await refusal({ types: ['Users'] });
    expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' }, path: ['changes'] });
    expect(error?.message).toContain('User or Group');
  });

  test.each([-1, 1_001])('first: %d is refused with the limit', async (first) => {
    expect((await refusal({ first }))?.message).toMatch(/from 0 to 1000; go on with since$/);
  });

  test.each(['', 'x', 'forged.forged'])('the cursor "%s" is refused', async (since) => {
    expect((await refusal({ since }))?.extensions['code']).toBe('INVALID_CURSOR');
  });

  test("another tenant's cursor is refused, and so is one of a list", async () => {
    const { endCursor } = await read();
    expect((await refusal({ since: endCursor }, 'other'))?.extensions['code']).toBe('INVALID_CURSOR');
    await people('a', 'b');
    const { users } = await gateway.data('{ users(first: 1) { pageInfo { endCursor } } }');
    const { pageInfo } = users as { readonly pageInfo: { readonly endCursor: string } };
    expect((await refusal({ since: pageInfo.endCursor }))?.extensions['code']).toBe('INVALID_CURSOR');
  });

  test('changes of another tenant do not show', async () => {
    const { endCursor: since } = await read();
    await create(gateway.session('other'), 'User', { userName: 'theirs' });
    await person('ours');
    expect((await read({ since })).changes).toMatchObject([{ resource: { userName: 'ours' } }]);
  });

  test('a cursor does not end by time, while those of lists do', async () => {
    await gateway[Symbol.asyncDispose]();
    let now = Date.UTC(2026, 0, 1);
    await open({ now: () => now });
    const { endCursor: since } = await read();
    await people('a', 'b');
    const { users } = await gateway.data('{ users(first: 1) { pageInfo { endCursor } } }');
    now = Date.UTC(2027, 0, 1);
    expect((await read({ since })).changes).toHaveLength(2);
    const after = (users as { readonly pageInfo: { readonly endCursor: string } }).pageInfo.endCursor;
    const { errors } = await gateway.ask('query ($after: String) { users(after: $after) { nodes { id } } }', { after });
    expect(errors?.[0]?.extensions['code']).toBe('EXPIRED_CURSOR');
  });

  test('what the backend no longer keeps is an expired cursor, with what to do', async () => {
    await gateway[Symbol.asyncDispose]();
    await open({ changesKept: 3 });
    const { endCursor: since } = await read();
    await people('a', 'b', 'c', 'd');
    const error = await refusal({ since });
    expect(error?.extensions['code']).toBe('EXPIRED_CURSOR');
    expect(error?.message).toMatch(/new cursor, read everything again/);
  });

  test('a backend without a feed says so, and what to do instead', async () => {
    await gateway[Symbol.asyncDispose]();
    await open({ decorate: (adapter) => lesser(adapter, { feed: false }) });
    const error = await refusal({});
    expect(error?.extensions['code']).toBe('UNSUPPORTED');
    expect(error?.message).toMatch(/keeps no feed of changes.*meta\.lastModified/);
  });

  test('it never waits for a change, and leaves no call waiting', async () => {
    await gateway[Symbol.asyncDispose]();
    const waiting = new Set<unknown>();
    await open({ decorate: (adapter) => watched(adapter, waiting) });
    const { endCursor: since } = await read();
    await read({ since });
    await person('a');
    await read({ since });
    expect(waiting.size).toBe(0);
  });

  test('a failed read of people makes their resource null, each with its path, and nothing else', async () => {
    await gateway[Symbol.asyncDispose]();
    const down = (method: string, [, type]: readonly unknown[]) => {
      if (method === 'getMany' && type === 'User') throw new DirectoryError('UNAVAILABLE', 'users cannot be reached');
    };
    await open({ decorate: (adapter) => hooked(adapter, down) });
    const { endCursor: since } = await read();
    await person('a');
    await create(session, 'Group', { displayName: 'Team' });
    const { data, errors } = await gateway.ask(CHANGES, { since });
    expect(data).toMatchObject({ changes: { changes: [{ resource: null }, { resource: { displayName: 'Team' } }] } });
    expect(errors).toMatchObject([
      { path: ['changes', 'changes', 0, 'resource'], extensions: { code: 'UNAVAILABLE', retryAfter: 5 } },
    ]);
  });

  test('resources are read from the primary, so that none is older than its change', async () => {
    await gateway[Symbol.asyncDispose]();
    const consistencies: unknown[] = [];
    const note = (method: string, [call]: readonly unknown[]) => {
      if (method === 'getMany' || method === 'linked') consistencies.push(Reflect.get(call as object, 'consistency'));
    };
    await open({ decorate: (adapter) => hooked(adapter, note) });
    const { endCursor: since } = await read();
    await create(session, 'Group', { displayName: 'Team' });
    consistencies.length = 0;
    await read({ since });
    expect(consistencies).toEqual(['primary', 'primary']);
  });

  test('past a thousand members a change says many, and a page ends before it names ten thousand', async () => {
    const team = await create(session, 'Group', { displayName: 'Team' });
    const crowd = await people(...Array.from({ length: 1_001 }, (_, at) => `person${at}`));
    const ids = crowd.map(({ id }) => id);
    const { endCursor: since } = await read();
    await moveMembers(session, team, 'add', ids);
    for (let time = 0; time < 6; time += 1) {
      const some = ids.slice(0, 1_000);
      await moveMembers(session, team, 'remove', some);
      await moveMembers(session, team, 'add', some);
    }
    const query = `query ($since: String) { changes(since: $since) { hasMore endCursor changes { members { many added { id } } } } }`;
    const first = await read({ since }, query);
    expect(first.changes[0]).toEqual({ members: { many: true, added: [] } });
    expect([first.changes.length, first.hasMore]).toEqual([11, true]);
    const rest = await read({ since: first.endCursor }, query);
    expect([rest.changes.length, rest.hasMore]).toEqual([2, false]);
  });

  test('a backend whose present position has another text keeps nobody waiting for long, nor asking again', async () => {
    await gateway[Symbol.asyncDispose]();
    await open({ decorate: elsewhere });
    await person('a');
    const { endCursor: since } = await read();
    expect((await read({ since })).hasMore).toBe(false);
    await person('b');
    const page = await read({ since });
    expect(page).toMatchObject({ hasMore: true, changes: [{ resource: { userName: 'b' } }] });
    expect(await read({ since: page.endCursor })).toMatchObject({ hasMore: false, changes: [] });
  });

  test('a restart of a backend that forgets is an expired cursor', async () => {
    const { endCursor: since } = await read();
    const before = gateway;
    await open();
    expect((await refusal({ since }))?.extensions['code']).toBe('EXPIRED_CURSOR');
    await before[Symbol.asyncDispose]();
  });
});

/** The same adapter, whose present position is that of its last change in other words. */
function elsewhere(adapter: DirectoryAdapter): DirectoryAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name !== 'changes') return member.bind(target);
      return async (call: Call, after: string | null, limit: number) => {
        const read = await target.changes(call, after === null ? null : after.replace(/^now /, ''), limit);
        return after === null ? { ...read, next: `now ${read.next}` } : read;
      };
    },
  });
}
