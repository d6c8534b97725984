import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { ResourceId } from '#model/resource.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import { levels } from '#test/support/levels-adapter.ts';
import { slow } from '#test/support/slow-adapter.ts';
import { create, ENTERPRISE_USER, Gateway } from '../gateway.ts';
import { peopleBackend } from '../people-backend.ts';

/** A directory takes its time for a thousand; what is asserted does not depend on it. */
const PEOPLE = peopleBackend.open === undefined ? 1_000 : 300;

/** A page of people who manage nobody, and its adapter calls where the backend nests and where core goes level by level. */
const SHAPES: readonly {
  readonly asks: string;
  readonly selection: string;
  readonly where?: string;
  readonly nesting: number;
  readonly levels: number;
  /** Further ones for `where`, which core checks again where a backend finds more than fits. */
  readonly checks?: number;
}[] = [
  {
    asks: 'managers and groups',
    selection: 'manager { userName } memberOf(first: 5) { nodes { displayName } }',
    nesting: 3,
    levels: 3,
  },
  {
    asks: 'groups at any depth',
    selection: 'memberOf(first: 5, transitive: true) { totalCount edges { via { displayName } node { displayName } } }',
    nesting: 3,
    levels: 6,
  },
  { asks: 'the whole chain of managers', selection: 'managerChain(first: 5) { displayName }', nesting: 2, levels: 4 },
  { asks: 'their reports', selection: 'reports(first: 2) { totalCount nodes { displayName } }', nesting: 2, levels: 2 },
  {
    asks: 'whether they are in groups',
    selection: 'isMemberOf(groups: ["$inner", "$outer"], transitive: true) { results { isMember } }',
    nesting: 2,
    levels: 4,
  },
  {
    asks: 'groups that fit, of people whose managers fit',
    selection:
      'memberOf(first: 5, transitive: true, where: { displayName: { contains: "e" } }) { nodes { displayName } }',
    where: 'manager: { some: { displayName: { startsWith: "Person " } }, transitive: true }',
    nesting: 3,
    levels: 6,
    checks: 2,
  },
];

/** Nine manage ninety, who manage all others; each person is in Inner, which is in Middle, which is in Outer. */
async function fill(gateway: Gateway): Promise<{ readonly inner: ResourceId; readonly outer: ResourceId }> {
  const session = gateway.session();
  const user = session.registry.type('User');
  if (user === undefined) throw new Error('User expected');
  const people: ResourceId[] = [];
  for (const [from, to] of [
    [0, 10],
    [10, 100],
    [100, PEOPLE],
  ] as const) {
    const bodies = Array.from({ length: to - from }, (_, at) => {
      const manager = people[Math.floor((from + at) / 10)];
      return {
        userName: `person${from + at}`,
        displayName: `Person ${from + at}`,
        ...(manager !== undefined && { [ENTERPRISE_USER]: { manager: { value: manager } } }),
      };
    });
    people.push(...(await session.createMany(user, bodies)).map(({ id }) => id));
  }
  const group = (displayName: string, ids: readonly ResourceId[]) =>
    create(session, 'Group', { displayName, members: ids.map((value) => ({ value })) });
  const inner = await group('Inner', people);
  const outer = await group('Outer', [await group('Middle', [inner])]);
  return { inner, outer };
}

describe('ask 16: the number of backend calls follows from the query, not from the page', () => {
  let nesting: Gateway;
  let climbing: Gateway;
  let unlinked: Gateway;
  let ids: { readonly [name: string]: string };

  beforeAll(async () => {
    let shared: DirectoryAdapter | undefined;
    nesting = await Gateway.open({
      decorate: (adapter) => {
        shared = adapter;
        return slow(adapter);
      },
    });
    climbing = await Gateway.open({ decorate: (adapter) => slow(levels(shared ?? adapter)) });
    const logic = { not: true, element: true, linked: 'none' } as const;
    unlinked = await Gateway.open({ decorate: (adapter) => slow(lesser(shared ?? adapter, { logic })) });
    ids = await fill(nesting);
  });
  afterAll(async () => {
    await nesting[Symbol.asyncDispose]();
    await climbing[Symbol.asyncDispose]();
    await unlinked[Symbol.asyncDispose]();
  });

  for (const { asks, selection, where = '', ...calls } of SHAPES) {
    const { checks = 0 } = calls;
    test(`${asks}: ${calls.nesting} over a network, ${calls.levels} where the backend does not nest; for 10 as for ${PEOPLE}`, async () => {
      const named = selection.replace(/\$(\w+)/g, (_, name: string) => String(ids[name]));
      const query = `query ($n: Int) { users(
        first: $n, orderBy: [{ field: USER_NAME }], where: { directReports: { present: false } ${where} }
      ) { nodes { userName ${named} } } }`;
      const { logic, nesting: follows } = nesting.capabilities();
      // That they manage nobody is one more to check.
      const further = logic.coarseLinks === true ? 1 + checks : 0;
      const levelByLevel = calls.levels + further;
      for (const n of [10, PEOPLE]) {
        nesting.calls.length = 0;
        climbing.calls.length = 0;
        const answer = await nesting.data(query, { n });
        expect((answer['users'] as unknown as { nodes: object[] }).nodes.length).toBeGreaterThan(
          n === 10 ? 9 : 0.8 * n,
        );
        expect(nesting.calls, `page of ${n}`).toHaveLength(
          follows === 'backend' ? calls.nesting + further : levelByLevel,
        );
        expect(await climbing.data(query, { n })).toEqual(answer);
        expect(climbing.calls, `page of ${n}, level by level`).toHaveLength(levelByLevel);
      }
    });
  }

  test.each([
    'users(first: $n, where: { manager: { some: { displayName: { startsWith: "Person " } } } })',
    'users(first: $n, where: { manager: { some: { displayName: { startsWith: "Person 1" } }, transitive: true } })',
    'users(first: $n, where: { directReports: { some: { displayName: { startsWith: "Person 1" } } } })',
    'users(first: $n, where: { directReports: { none: { displayName: { startsWith: "Person 1" } }, transitive: true } })',
  ])(
    'a backend that knows no links in filters is asked for them once, however many come into question: %s',
    async (field) => {
      const query = `query ($n: Int) { ${field} { totalCount nodes { userName } } }`;
      for (const n of [10, PEOPLE]) {
        unlinked.calls.length = 0;
        expect(await unlinked.data(query, { n })).toEqual(await nesting.data(query, { n }));
        expect(unlinked.calls).toEqual(['find', 'find', 'linked']);
      }
    },
  );
});
