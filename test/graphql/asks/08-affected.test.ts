import { afterEach, describe, expect, test } from 'vitest';
import type { Session } from '#core/session.ts';
import type { ResourceId } from '#model/resource.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import { type Company, fillCompany } from '../company.ts';
import { expectCalls } from '../expect-calls.ts';
import { moveMembers, presentCursor, readFeed } from '../feed.ts';
import { create, Gateway, type GatewayOptions } from '../gateway.ts';

const AFFECTED = 'query ($since: String) { changes(since: $since) { changes { id affected { id type } } } }';

describe('ask 08: whom the change of a group affects', () => {
  let gateway: Gateway;
  let session: Session;
  let company: Company;
  let since: string;

  const open = async (options: GatewayOptions = {}) => {
    gateway = await Gateway.open(options);
    session = gateway.session();
    company = await fillCompany(gateway);
    since = await presentCursor(gateway);
  };
  afterEach(() => gateway[Symbol.asyncDispose]());

  const affected = async () => {
    const { changes } = await readFeed(gateway, AFFECTED, { since });
    return changes.map(({ affected: some }) => some && new Set(some.map(({ id }) => id)));
  };
  const createMany = async (typeName: string, bodies: Parameters<Session['createMany']>[1]) => {
    const type = session.registry.type(typeName);
    if (type === undefined) throw new Error(`no type ${typeName}`);
    return (await session.createMany(type, bodies)).map(({ id }) => id);
  };

  test('are the people within nested groups, whether they came or went; without members there are none', async () => {
    await open();
    const { everyone, engineering, platform, ada, bob, cyd } = company;
    await moveMembers(session, everyone, 'remove', [engineering]);
    await moveMembers(session, everyone, 'remove', [cyd]);
    await moveMembers(session, everyone, 'add', [platform]);
    await create(session, 'Group', { displayName: 'Empty' });
    expect(await affected()).toEqual([new Set([ada, bob]), new Set([cyd]), new Set([bob]), null]);
  });

  test('are not looked for unless they are selected, and then in one call', async () => {
    const calls: string[] = [];
    await open({ decorate: (adapter) => hooked(adapter, (method) => void calls.push(method)) });
    await moveMembers(session, company.everyone, 'remove', [company.engineering]);
    await moveMembers(session, company.everyone, 'remove', [company.cyd]);
    calls.length = 0;
    await readFeed(gateway, 'query ($since: String) { changes(since: $since) { changes { id } } }', { since });
    expect(calls.splice(0)).toEqual(['changes', 'changes']);
    await affected();
    expectCalls({ calls, capabilities: gateway.capabilities }, ['changes', 'changes', 'linked']);
  });

  test('are the same where the backend does not nest', async () => {
    await open({ decorate: (adapter) => lesser(adapter, { nesting: 'levels' }) });
    await moveMembers(session, company.everyone, 'remove', [company.engineering]);
    expect(await affected()).toEqual([new Set([company.ada, company.bob])]);
  });

  test('are too many past a thousand, which is said for that change alone', async () => {
    await open();
    const crowd = await createMany(
      'User',
      Array.from({ length: 1_001 }, (_, at) => ({ userName: `person${at}` })),
    );
    const [big] = await createMany('Group', [{ displayName: 'Big', members: crowd.map((value) => ({ value })) }]);
    since = await presentCursor(gateway);
    await moveMembers(session, company.everyone, 'add', [big as ResourceId]);
    await moveMembers(session, company.everyone, 'remove', [company.engineering]);
    const { data, errors } = await gateway.ask(AFFECTED, { since });
    expect(data).toMatchObject({ changes: { changes: [{ affected: null }, { affected: [{}, {}] }] } });
    expect(errors).toMatchObject([{ extensions: { code: 'TOO_MANY' }, path: ['changes', 'changes', 0, 'affected'] }]);
    expect(errors?.[0]?.message).toContain('more than 1000 members');
  });

  test('are refused beyond a hundred groups on a page', async () => {
    await open();
    const groups = await createMany(
      'Group',
      Array.from({ length: 101 }, (_, at) => ({ displayName: `G${at}` })),
    );
    since = await presentCursor(gateway);
    await moveMembers(session, company.everyone, 'add', groups);
    const { errors } = await gateway.ask(AFFECTED, { since });
    expect(errors?.[0]?.extensions['code']).toBe('TOO_MANY');
    expect(errors?.[0]?.message).toContain('more than 100 groups');
  });
});
