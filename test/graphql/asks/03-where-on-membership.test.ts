import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import { levels } from '#test/support/levels-adapter.ts';
import { expectCalls } from '../expect-calls.ts';
import { create, Gateway } from '../gateway.ts';
import { fillOrganisation, type Organisation } from '../organisation.ts';

/** Conditions on users by what they are linked to; `$name` stands for an id. */
const USERS: readonly (readonly [where: object, found: readonly string[], finds: number])[] = [
  [{ memberOf: { eq: '$inner' } }, ['dan', 'dee'], 1],
  [{ memberOf: { in: ['$inner', '$middle'] } }, ['dan', 'dee', 'vic'], 1],
  [{ memberOf: { all: ['$inner', '$outer'], transitive: true } }, ['dan', 'dee'], 1],
  [{ memberOf: { all: ['$inner', '$outer'] } }, [], 1],
  [{ memberOf: { all: ['$middle', '$outer'], transitive: true } }, ['dan', 'dee', 'vic'], 1],
  [{ memberOf: { some: { displayName: { startsWith: 'm' } } } }, ['vic'], 2],
  [{ memberOf: { some: { displayName: { startsWith: 'o' } }, transitive: true } }, ['dan', 'dee', 'vic'], 2],
  [{ memberOf: { some: { displayName: { eq: 'nothing' } } } }, [], 2],
  [{ memberOf: { none: { displayName: { eq: 'inner' } }, present: true } }, ['vic'], 2],
  [{ memberOf: { every: { displayName: { eq: 'middle' } }, present: true } }, ['vic'], 2],
  [{ memberOf: { every: { displayName: { ne: 'x' } }, some: {} } }, ['dan', 'dee', 'vic'], 2],
  [{ memberOf: { none: {} }, userName: { startsWith: 'v' } }, ['vera'], 1],
  [{ memberOf: { some: { memberOf: { some: { displayName: { eq: 'outer' } } } } } }, ['vic'], 3],
  [{ manager: { eq: '$lee' } }, ['dan', 'dee'], 1],
  [{ manager: { in: ['$chief', '$rae'] } }, ['chief', 'roy', 'vera', 'vic'], 1],
  [{ manager: { eq: '$vera', transitive: true } }, ['dan', 'dee', 'lee'], 1],
  [{ manager: { some: { userName: { eq: 'vera' } } } }, ['lee'], 2],
  [{ manager: { some: { displayName: { eq: 'vera' } }, transitive: true } }, ['dan', 'dee', 'lee'], 2],
  [
    { manager: { none: { displayName: { eq: 'chief' } }, present: true } },
    ['dan', 'dee', 'lee', 'rae', 'rex', 'roy'],
    2,
  ],
  [{ directReports: { some: { active: { eq: false } } } }, ['lee'], 2],
  [{ directReports: { some: { active: { eq: false } }, transitive: true } }, ['chief', 'lee', 'vera'], 2],
  [{ directReports: { present: false } }, ['dan', 'dee', 'vic'], 1],
  [{ directReports: { none: { active: { eq: false } }, present: true } }, ['chief', 'rae', 'rex', 'roy', 'vera'], 2],
  [{ directReports: { every: { active: { eq: true } }, present: true } }, ['chief', 'rae', 'rex', 'roy', 'vera'], 2],
  [
    {
      or: [
        { manager: { some: { displayName: { eq: 'rae' } } } },
        { not: { memberOf: { none: { displayName: { eq: 'middle' } } } } },
      ],
    },
    ['roy', 'vic'],
    3,
  ],
  [{ emails: { every: { type: { eq: 'work' } } }, userName: { startsWith: 'em' } }, ['emma', 'emptyhanded'], 1],
  [{ emails: { every: { type: { eq: 'work' } }, present: true } }, ['emma'], 1],
  [{ emails: { every: {} }, userName: { startsWith: 'em' } }, ['emil', 'emma', 'emptyhanded'], 1],
];

const GROUPS: readonly (readonly [where: object, found: readonly string[], finds: number])[] = [
  [{ members: { eq: '$dee' } }, ['inner'], 1],
  [{ members: { all: ['$dee', '$dan'] } }, ['inner'], 1],
  [{ members: { all: ['$dee', '$vic'], transitive: true } }, ['middle', 'outer'], 1],
  [{ members: { some: { user: { active: { eq: false } } } } }, ['inner'], 2],
  [
    { members: { some: { user: { active: { eq: false } } }, transitive: true } },
    ['inner', 'middle', 'other', 'outer'],
    2,
  ],
  [
    { members: { some: { user: { displayName: { eq: 'vic' } }, group: { displayName: { eq: 'other' } } } } },
    ['middle', 'outer'],
    3,
  ],
  [{ members: { none: { user: { displayName: { eq: 'vic' } } } } }, ['inner', 'other', 'outer'], 2],
  [{ members: { every: { group: {} } } }, ['other', 'outer'], 2],
  [{ members: { every: { user: { active: { ne: true } }, group: {} } } }, ['other', 'outer'], 2],
  [{ members: { every: { user: {}, group: {} }, present: true } }, ['inner', 'middle', 'other', 'outer'], 1],
  [{ memberOf: { some: { members: { some: { user: { displayName: { eq: 'vic' } } } } } } }, ['inner'], 3],
];

/** Of links, that a condition of the tables asks. */
const MOST_QUESTIONS = 2;

describe('ask 03: people and groups are found by typed conditions on what they are linked to', () => {
  let gateway: Gateway;
  let others: readonly (readonly [name: string, gateway: Gateway])[];
  let ids: Organisation;

  beforeAll(async () => {
    let shared: DirectoryAdapter | undefined;
    gateway = await Gateway.open({
      decorate: (adapter) => {
        shared = adapter;
        return adapter;
      },
    });
    const beside = (change: (adapter: DirectoryAdapter) => DirectoryAdapter) =>
      Gateway.open({ decorate: (adapter) => change(shared ?? adapter) });
    const logic = { not: true, element: true, linked: 'none' } as const;
    others = [
      ['asks of links in no filter', await beside((adapter) => lesser(adapter, { logic }))],
      ['answers direct links alone', await beside((adapter) => lesser(levels(adapter), { logic }))],
    ];
    ids = await fillOrganisation(gateway);
    const emails = (...types: readonly string[]) => types.map((type) => ({ type, value: `${type}@acme.example` }));
    const session = gateway.session();
    await create(session, 'User', { userName: 'emil', active: true, emails: emails('work', 'home') });
    await create(session, 'User', { userName: 'emma', active: true, emails: emails('work') });
    await create(session, 'User', { userName: 'emptyhanded', active: true });
  });
  beforeEach(() => {
    gateway.calls.length = 0;
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    for (const [, each] of others) await each[Symbol.asyncDispose]();
  });

  const named = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replace(/\$(\w+)/g, (_, name: string) => String(ids[name]))) as T;

  const users = async (where: object, from = gateway): Promise<readonly string[]> => {
    const query = `query ($where: UserWhere) { users(where: $where, orderBy: [{ field: USER_NAME }]) { nodes { userName } } }`;
    const data = await from.data(query, { where: named(where) });
    return (data['users'] as unknown as { nodes: { userName: string }[] }).nodes.map(({ userName }) => userName);
  };

  const groups = async (where: object, from = gateway): Promise<readonly string[]> => {
    const query = `query ($where: GroupWhere) { groups(where: $where, orderBy: [{ field: DISPLAY_NAME }]) { nodes { displayName } } }`;
    const data = await from.data(query, { where: named(where) });
    return (data['groups'] as unknown as { nodes: { displayName: string }[] }).nodes.map(
      ({ displayName }) => displayName,
    );
  };

  /** Nothing else is called; a condition on a key is a look-up. */
  const expectSearches = (finds: number) => {
    const searches = gateway.calls.filter((call) => call === 'find' || call === 'byKeys');
    expect(searches).toHaveLength(finds);
    expectCalls(gateway, searches, MOST_QUESTIONS);
  };

  const withoutEm = (where: object) => ({ and: [where, { not: { userName: { startsWith: 'em' } } }] });

  for (const [where, found, finds] of USERS) {
    const text = JSON.stringify(where);
    const asked = text.includes('emails') ? where : withoutEm(where);
    test(`users where ${text} are ${found.join(', ') || 'nobody'}, in ${finds} searches`, async () => {
      expect(await users(asked)).toEqual(found);
      expectSearches(finds);
      for (const [name, other] of others) expect(await users(asked, other), name).toEqual(found);
    });
  }

  for (const [where, found, finds] of GROUPS) {
    test(`groups where ${JSON.stringify(where)} are ${found.join(', ')}, in ${finds} searches`, async () => {
      expect(await groups(where)).toEqual(found);
      expectSearches(finds);
      for (const [name, other] of others) expect(await groups(where, other), name).toEqual(found);
    });
  }

  test.each([
    [{ memberOf: { all: [] } }, 'where.memberOf.all: give at least one id'],
    [{ memberOf: { some: null } }, 'where.memberOf.some: null says nothing; use { present: false } for "no link"'],
    [{ manager: { present: null } }, 'where.manager.present: null says nothing'],
    [{ memberOf: { some: { or: [] } } }, 'where.memberOf.some.or: give at least one condition'],
    [
      { memberOf: { some: { members: { some: {} } } } },
      'where.memberOf.some.members.some: name at least one of user, group',
    ],
    [
      { memberOf: { some: { members: { some: { user: null } } } } },
      'where.memberOf.some.members.some.user: null says nothing',
    ],
    [
      { or: Array.from({ length: 11 }, () => ({ manager: { some: { active: { eq: true } } } })) },
      'at most 10 conditions on what linked resources are',
    ],
  ])('%j is refused before anything is asked', async (where, message) => {
    const query = 'query ($where: UserWhere) { users(where: $where) { nodes { id } } }';
    const { data, errors } = await gateway.ask(query, { where });
    expect(data).toEqual({ users: null });
    expect(errors).toMatchObject([
      { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(gateway.calls).toEqual([]);
  });

  test('a page goes on although other groups fit by then', async () => {
    const query = `query ($after: String) { users(
      where: { memberOf: { some: { displayName: { startsWith: "inn" } } } }, orderBy: [{ field: USER_NAME }], first: 1, after: $after
    ) { nodes { userName } pageInfo { endCursor hasNextPage } } }`;
    const page = async (after?: string) =>
      (await gateway.data(query, { after }))['users'] as unknown as {
        nodes: { userName: string }[];
        pageInfo: { endCursor: string };
      };
    const first = await page();
    await create(gateway.session(), 'Group', { displayName: 'innermost' });
    const second = await page(first.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes]).toEqual([{ userName: 'dan' }, { userName: 'dee' }]);
  });
});

describe('ask 03: a condition on linked resources that too many fit', () => {
  test('is refused with what to do instead', async () => {
    await using gateway = await Gateway.open();
    const session = gateway.session();
    const group = session.registry.type('Group');
    if (group === undefined) throw new Error('Group expected');
    const bodies = Array.from({ length: 1_001 }, (_, at) => ({ displayName: `group ${at}` }));
    await session.createMany(group, bodies);
    const query = 'query ($where: UserWhere) { users(where: $where) { totalCount } }';
    const most = { memberOf: { some: { displayName: { ne: 'group 1' } } } };
    expect(await gateway.data(query, { where: most })).toEqual({ users: { totalCount: 0 } });
    const { errors } = await gateway.ask(query, {
      where: { memberOf: { some: { displayName: { startsWith: 'g' } } } },
    });
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(
          /^where\.memberOf\.some: more than 1000 groups come into question; narrow the condition, or find them first/,
        ),
        path: ['users'],
        extensions: { code: 'TOO_MANY' },
      },
    ]);
  });
});

describe('ask 03: conditions that name what a policy hides', () => {
  const POLICIES = new Map([
    ['names', { hide: ['title', 'urn:ietf:params:scim:schemas:core:2.0:Group:displayName'] }],
    ['links', { hide: ['manager'] }],
  ]);

  test.each([
    ['names', 'users(where: { memberOf: { some: { displayName: { startsWith: "i" } } } }) { totalCount }'],
    ['names', 'users(where: { manager: { every: { title: { present: true } }, transitive: true } }) { totalCount }'],
    ['names', 'users { nodes { reports(where: { title: { present: true } }) { totalCount } } }'],
    ['names', 'groups { nodes { members(where: { user: { title: { ne: "Head" } } }) { totalCount } } }'],
    ['links', 'users(where: { directReports: { some: { active: { eq: true } } } }) { totalCount }'],
    ['links', 'groups(where: { members: { none: { user: { manager: { present: true } } } } }) { totalCount }'],
    ['links', 'groups { nodes { members(where: { user: { manager: { present: true } } }) { totalCount } } }'],
  ])('under the policy %s: %s', async (policy, field) => {
    await using gateway = await Gateway.open({ policies: POLICIES });
    await fillOrganisation(gateway);
    const ask = (headers: { readonly [name: string]: string }) =>
      gateway.post(JSON.stringify({ query: `{ ${field} }` }), headers);
    const { errors } = await ask({ 'x-policy': policy });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    expect((await ask({})).errors).toBeUndefined();
  });
});
