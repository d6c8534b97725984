import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, ResourceId } from '#model/resource.ts';
import { fillCompany } from '#test/graphql/company.ts';
import { ENTERPRISE_USER, Gateway } from '#test/graphql/gateway.ts';

const PEOPLE = 1_000;
const GROUPS = 100;

/** A query of one page and the adapter calls that it costs, whatever the page's size. */
const SHAPES: readonly { readonly asks: string; readonly query: string; readonly calls: readonly string[] }[] = [
  {
    asks: 'people alone',
    query:
      'query ($n: Int) { users(first: $n) { nodes { userName emails { value } enterprise { department } meta { version } } } }',
    calls: ['find'],
  },
  {
    asks: 'people with their managers',
    query: 'query ($n: Int) { users(first: $n) { nodes { userName manager { displayName } } } }',
    calls: ['find', 'getMany'],
  },
  {
    asks: "people with their managers, groups and the groups' names",
    query: `query ($n: Int) { users(first: $n) { nodes {
      userName manager { userName } memberOf { nodes { id displayName } }
    } } }`,
    calls: ['find', 'getMany', 'linked'],
  },
  {
    asks: 'the same through edges, with cursors, totals and what lies between',
    query: `query ($n: Int) { users(first: $n) { totalCount edges { cursor node {
      manager { userName } memberOf(first: 20, transitive: true) { totalCount edges { cursor direct via { displayName } node { displayName } } }
    } } } }`,
    calls: ['find', 'getMany', 'getMany', 'linked'],
  },
  {
    asks: 'groups of which more is asked than a link can bring',
    query:
      'query ($n: Int) { users(first: $n) { nodes { memberOf { nodes { displayName meta { lastModified } } } } } }',
    calls: ['find', 'getMany', 'linked'],
  },
  {
    asks: "the managers' groups and reports",
    query: `query ($n: Int) { users(first: $n, orderBy: [{ field: USER_NAME, direction: DESC }]) { nodes {
      manager { userName memberOf { nodes { displayName } } directReports(first: 2) { nodes { userName } } }
    } } }`,
    calls: ['find', 'getMany', 'linked', 'linked'],
  },
  {
    asks: 'people with their reports and the totals of both',
    query:
      'query ($n: Int) { users(first: $n) { totalCount nodes { directReports(first: 5) { totalCount nodes { userName } } } } }',
    calls: ['find', 'linked'],
  },
  {
    asks: 'groups with their members and those of nested groups',
    query: `query ($n: Int) { groups(first: $n) { nodes {
      displayName
      members(first: 5) { nodes { displayName ... on User { userName } } }
      people: members(first: 5, transitive: true, type: "User") { totalCount nodes { displayName } }
    } } }`,
    calls: ['find', 'linked', 'linked'],
  },
  {
    asks: 'people found by where, with their groups',
    query: `query ($n: Int) { users(first: $n, where: { active: { eq: true } }) { nodes {
      userName memberOf { nodes { displayName } }
    } } }`,
    calls: ['find', 'linked'],
  },
  {
    asks: 'the same on the primary, with where it comes from',
    query: `query ($n: Int) { users(first: $n, consistency: PRIMARY) { nodes {
      etag source { backend } memberOf { nodes { displayName source { backend } } }
    } } }`,
    calls: ['find', 'linked'],
  },
  {
    asks: 'whom somebody may mean, with their managers and groups',
    query: `query ($n: Int) { users(first: $n) { nodes { userName } } search(text: "person", first: 50) {
      value node { ... on User { manager { userName } memberOf { nodes { displayName } } } }
    } }`,
    calls: ['byKeys', 'find', 'find', 'find', 'find', 'getMany', 'linked'],
  },
  {
    asks: 'people with all managers above them and all who report to them',
    query: `query ($n: Int) { users(first: $n) { nodes {
      userName managerChain(first: 10) { userName } reports(first: 5, depth: 3) { totalCount edges { distance node { userName } } }
    } } }`,
    calls: ['find', 'linked', 'linked'],
  },
  {
    asks: 'groups with the number of their members and whether one is among them',
    query: `query ($n: Int) { groups(first: $n) { nodes {
      displayName memberCount all: memberCount(transitive: true) hasMember(id: "person") among: hasMember(id: "person", transitive: true)
    } } }`,
    calls: ['areLinked', 'areLinked', 'find', 'linked', 'linked'],
  },
  {
    asks: 'whether people are in some groups, asked twice',
    query: `query ($n: Int) { users(first: $n) { nodes {
      isMemberOf(groups: ["a", "b", "c"], transitive: true) { asOf results { group isMember } }
      again: isMemberOf(groups: ["c", "d"], transitive: true) { results { isMember } }
    } } }`,
    calls: ['areLinked', 'find'],
  },
  {
    asks: 'people found by their groups and managers, with their groups',
    query: `query ($n: Int) { users(first: $n, where: {
      memberOf: { some: { displayName: { startsWith: "Group" } } }
      manager: { none: { displayName: { eq: "nobody" } }, transitive: true }
    }) { nodes { userName memberOf { nodes { displayName } } } } }`,
    calls: ['find', 'find', 'find', 'linked'],
  },
  {
    asks: 'groups found by their members and the groups around them',
    query: `query ($n: Int) { groups(first: $n, where: { or: [
      { members: { some: { user: { userName: { in: ["person1", "person2"] } } }, transitive: true } }
      { memberOf: { every: { displayName: { endsWith: "1" } } } }
    ] }) { nodes { displayName memberCount } } }`,
    calls: ['find', 'find', 'find', 'linked'],
  },
  {
    asks: 'people with an extension by its URN, and that of their managers',
    query: `query ($n: Int) { users(first: $n) { nodes {
      extension(urn: "${ENTERPRISE_USER}") manager { extension(urn: "${ENTERPRISE_USER}") }
    } } }`,
    calls: ['find', 'getMany'],
  },
  {
    asks: 'people in the order of three fields',
    query: `query ($n: Int) { users(first: $n, orderBy: [
      { field: ENTERPRISE_DEPARTMENT } { field: DISPLAY_NAME, direction: DESC } { field: USER_NAME }
    ]) { totalCount pageInfo { endCursor } nodes { userName } } }`,
    calls: ['find'],
  },
  {
    asks: 'people from the end of the list, with those of their groups that fit',
    query: `query ($n: Int) { users(last: $n, orderBy: [{ field: USER_NAME }]) { nodes {
      userName memberOf(where: { displayName: { endsWith: "1" } }, transitive: true) { totalCount nodes { displayName } }
    } pageInfo { startCursor hasPreviousPage } } }`,
    calls: ['find', 'linked'],
  },
  {
    asks: 'groups with those of their members that fit, by attributes and by links',
    query: `query ($n: Int) { groups(first: $n) { nodes { displayName
      active: members(first: 3, where: { user: { active: { ne: false } } }) { totalCount nodes { displayName } }
      managers: members(first: 3, where: { user: { directReports: { present: true } } }) { totalCount nodes { displayName } }
    } } }`,
    calls: ['find', 'linked', 'linked', 'linked'],
  },
  {
    asks: 'people with those who report to them and have somebody themselves',
    query: `query ($n: Int) { users(first: $n, orderBy: [{ field: USER_NAME }]) { nodes {
      userName reports(first: 2, where: { directReports: { present: true } }) { edges { distance node { userName } } }
    } } }`,
    calls: ['find', 'linked', 'linked'],
  },
];

describe('the number of adapter calls follows from the query alone', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open();
    await fill(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  for (const { asks, query, calls } of SHAPES) {
    test(`${asks}: ${calls.length} for a page of 10 and for a page of 1,000`, async () => {
      for (const n of [10, PEOPLE]) {
        gateway.calls.length = 0;
        const data = await gateway.data(query, { n });
        expect([...gateway.calls].sort(), `page of ${n}`).toEqual(calls);
        expect(JSON.stringify(data).length).toBeGreaterThan(100);
      }
    });
  }

  test('a thousand ids are two calls, one per resource type', async () => {
    const { users } = await gateway.data('{ users(first: 1000) { nodes { id } } }');
    const ids = (users as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
    gateway.calls.length = 0;
    const { nodes } = await gateway.data('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect((nodes as Json[]).length).toBe(PEOPLE);
    expect(gateway.calls).toEqual(['getMany', 'getMany']);
  });

  test('a thousand representations of a router are one call per type and key', async () => {
    const of = Array.from({ length: PEOPLE }, (_, at) => ({ __typename: 'User', userName: `person${at}` }));
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on User { displayName memberOf(first: 1) { nodes { displayName } } }
    } }`;
    for (const n of [10, PEOPLE]) {
      gateway.calls.length = 0;
      const { _entities } = await gateway.data(query, { of: of.slice(0, n) });
      expect((_entities as Json[]).filter((each) => each !== null).length).toBe(n);
      expect(gateway.calls.sort()).toEqual(['byKeys', 'linked']);
    }
  });

  test('several people by name are one call', async () => {
    gateway.calls.length = 0;
    await gateway.data('{ a: user(by: { userName: "person1" }) { id } b: user(by: { userName: "person2" }) { id } }');
    expect(gateway.calls).toEqual(['byKeys']);
  });

  test('the person behind the credential is one call, with groups and manager two more', async () => {
    await using own = await Gateway.open({ user: 'bob' });
    await fillCompany(own);
    await own.data('{ viewer { name user { id } } }');
    expect(own.calls.splice(0)).toEqual(['byKeys']);
    await own.data('{ viewer { user { manager { userName } memberOf { nodes { displayName } } } } }');
    expect(own.calls.sort()).toEqual(['byKeys', 'getMany', 'linked']);
  });

  test('a mutation costs its write, and what its answer selects, whatever the page', async () => {
    await using own = await Gateway.open();
    const { ada, everyone } = await fillCompany(own);
    const costs = async (n: number) => {
      const query = `mutation ($id: ID!, $group: ID!, $n: Int) {
        create: createUser(input: { userName: "new${n}" }) { user { id } errors { code } }
        patch: patchUser(input: { id: $id, user: { title: "x${n}" } }) {
          user { directReports(first: $n) { nodes { memberOf { nodes { displayName } } } } } errors { code }
        }
        add: addMembers(input: { group: $group, members: [$id] }) { group { members(first: $n) { nodes { displayName } } } errors { code } }
      }`;
      await own.data(query, { id: ada, group: everyone, n });
      return own.calls.splice(0);
    };
    const calls = ['write', 'getMany', 'write', 'linked', 'linked', 'write', 'linked'];
    expect(await costs(10)).toEqual(calls);
    expect(await costs(1_000)).toEqual(calls);
  });

  test('a total alone reads nobody', async () => {
    gateway.calls.length = 0;
    expect(await gateway.data('{ users { totalCount } }')).toEqual({ users: { totalCount: PEOPLE } });
    expect(gateway.calls).toEqual(['find']);
  });
});

/** Person 0 manages the first hundred, who manage the rest; each is in three groups, and each group but the first is in one. */
async function fill(gateway: Gateway): Promise<void> {
  const session = gateway.session();
  const [user, group] = session.registry.types;
  if (user === undefined || group === undefined) throw new Error('User and Group expected');
  const people: ResourceId[] = [];
  const levels = [
    [0, 1],
    [1, 101],
    [101, PEOPLE],
  ] as const;
  for (const [from, to] of levels) {
    const bodies = Array.from({ length: to - from }, (_, at) => {
      const manager = people[Math.floor((from + at) / 10)];
      const enterprise = { department: `D${at % 7}`, ...(manager !== undefined && { manager: { value: manager } }) };
      return {
        userName: `person${from + at}`,
        displayName: `Person ${from + at}`,
        emails: [{ value: `person${from + at}@acme.example`, type: 'work' }],
        [ENTERPRISE_USER]: enterprise,
      };
    });
    people.push(...(await session.createMany(user, bodies)).map(({ id }) => id));
  }
  const groups: ResourceId[] = [];
  for (let number = 0; number < GROUPS; number += 1) {
    const inIt = people.filter((_, at) => at % GROUPS === number || at % 2 === number || at % 3 === number);
    const nested = groups.slice(number - 1, number);
    const body = { displayName: `Group ${number}`, members: [...inIt, ...nested].map((value) => ({ value })) };
    groups.push(...(await session.createMany(group, [body])).map(({ id }) => id));
  }
}
