import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '#core/session.ts';
import type { ResourceId } from '#model/resource.ts';
import { moveMembers, presentCursor } from '#test/graphql/feed.ts';
import { ENTERPRISE_USER, Gateway } from '#test/graphql/gateway.ts';
import { hooked } from '#test/support/hooked-adapter.ts';

const CHANGES = 1_000;

/** `$people` and `$groups` are cursors before a thousand changes of each. */
const SHAPES: readonly { readonly asks: string; readonly query: string; readonly calls: readonly string[] }[] = [
  {
    asks: 'changes alone',
    query: 'query ($n: Int, $people: String) { changes(since: $people, first: $n) { changes { kind id version } } }',
    calls: ['changes', 'changes'],
  },
  {
    asks: 'changes with the people who changed, their managers and groups',
    query: `query ($n: Int, $people: String) { changes(since: $people, first: $n) { changes {
      kind resource { id ... on User { userName manager { userName } memberOf { nodes { displayName } } } }
    } } }`,
    calls: ['changes', 'changes', 'getMany', 'getMany', 'linked'],
  },
  {
    asks: 'changes of groups with whom they affect',
    query: `query ($n: Int, $groups: String) { changes(since: $groups, first: $n, types: ["Group"]) { changes {
      members { added { id } removed { id } } affected { id } resource { ... on Group { displayName members { totalCount } } }
    } } }`,
    calls: ['changes', 'changes', 'getMany', 'linked', 'linked'],
  },
];

describe('the number of adapter calls for changes follows from the query alone', () => {
  let gateway: Gateway;
  const calls: string[] = [];
  const cursors = { people: '', groups: '' };

  beforeAll(async () => {
    const note = (method: string) => void calls.push(method);
    gateway = await Gateway.open({ changesKept: 3 * CHANGES, decorate: (adapter) => hooked(adapter, note) });
    const session = gateway.session();
    const managers = await createMany(session, 'User', 2, (at) => ({ userName: `manager${at}` }));
    cursors.people = await presentCursor(gateway);
    const people = await createMany(session, 'User', CHANGES, (at) => ({
      userName: `person${at}`,
      [ENTERPRISE_USER]: { manager: { value: managers[at % 2] as ResourceId } },
    }));
    const members = people.slice(-2).map((value) => ({ value }));
    const [pair, ...others] = await createMany(session, 'Group', 101, (at) => ({
      displayName: `Group ${at}`,
      members: at === 0 ? members : [],
    }));
    cursors.groups = await presentCursor(gateway);
    for (let at = 0; at < CHANGES; at += 1) {
      const group = others[Math.floor(at / 2) % others.length] as ResourceId;
      await moveMembers(session, group, at % 2 === 0 ? 'add' : 'remove', [pair as ResourceId]);
    }
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  for (const { asks, query, calls: expected } of SHAPES) {
    test(`${asks}: ${expected.length} for a page of 10 and for a page of 1,000`, async () => {
      for (const n of [10, CHANGES]) {
        calls.length = 0;
        const { changes } = await gateway.data(query, { n, ...cursors });
        expect([...calls].sort(), `page of ${n}`).toEqual(expected);
        expect((changes as { readonly changes: readonly unknown[] }).changes).toHaveLength(n);
      }
    });
  }
});

async function createMany(
  session: Session,
  typeName: string,
  count: number,
  bodyOf: (at: number) => Parameters<Session['create']>[1],
): Promise<readonly ResourceId[]> {
  const type = session.registry.type(typeName);
  if (type === undefined) throw new Error(`no type ${typeName}`);
  const bodies = Array.from({ length: count }, (_, at) => bodyOf(at));
  return (await session.createMany(type, bodies)).map(({ id }) => id);
}
