import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { levels } from '#test/support/levels-adapter.ts';
import { create, Gateway } from '../gateway.ts';
import { fillOrganisation, type Organisation } from '../organisation.ts';

interface Listed {
  readonly nodes: readonly { readonly displayName: string }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** A field of a group or a person, its arguments, and what it lists; `$name` stands for an id. */
const LISTS: readonly (readonly [of: string, field: string, found: readonly string[]])[] = [
  ['outer', 'members', ['middle', 'other']],
  ['outer', 'members(transitive: true)', ['dan', 'dee', 'inner', 'middle', 'other', 'vic']],
  ['outer', 'members(transitive: true, type: "User")', ['dan', 'dee', 'vic']],
  ['outer', 'members(transitive: true, where: { user: { active: { eq: false } } })', ['dan']],
  ['outer', 'members(transitive: true, where: { user: {} })', ['dan', 'dee', 'vic']],
  [
    'outer',
    'members(transitive: true, where: { user: {}, group: { displayName: { contains: "nn" } } })',
    ['dan', 'dee', 'inner', 'vic'],
  ],
  [
    'outer',
    'members(transitive: true, where: { user: { meta: { created: { gt: "2000-01-01T00:00:00Z" } } } })',
    ['dan', 'dee', 'vic'],
  ],
  ['outer', 'members(transitive: true, where: { user: { manager: { eq: "$lee" } } })', ['dan', 'dee']],
  [
    'outer',
    'members(transitive: true, where: { user: { manager: { some: { displayName: { eq: "chief" } } } } })',
    ['vic'],
  ],
  ['outer', 'members(transitive: true, type: "Group", where: { group: { members: { eq: "$dee" } } })', ['inner']],
  ['outer', 'members(transitive: true, where: { user: { id: { in: ["$dee", "$lee"] } } })', ['dee']],
  [
    'outer',
    'members(transitive: true, where: { user: { emails: { none: {} }, enterprise: { department: { present: false } } } })',
    ['dan', 'dee', 'vic'],
  ],
  ['outer', 'members(where: { user: { active: { ne: true } } })', []],
  ['dee', 'memberOf', ['inner']],
  ['dee', 'memberOf(transitive: true)', ['inner', 'middle', 'other', 'outer']],
  ['dee', 'memberOf(transitive: true, where: { displayName: { startsWith: "o" } })', ['other', 'outer']],
  ['dee', 'memberOf(transitive: true, where: { memberOf: { present: false } })', ['outer']],
  ['dee', 'memberOf(where: {})', ['inner']],
  ['chief', 'directReports', ['chief', 'vera', 'vic']],
  ['chief', 'directReports(where: { directReports: { present: true } })', ['chief', 'vera']],
  ['chief', 'reports(where: { active: { eq: false } })', ['dan']],
  ['chief', 'reports(depth: 2, where: { displayName: { startsWith: "v" } })', ['vera', 'vic']],
];

describe('ask 04: members and groups are listed directly or through other groups, and only those that fit', () => {
  let gateway: Gateway;
  let climbing: Gateway;
  let ids: Organisation;

  beforeAll(async () => {
    let shared: DirectoryAdapter | undefined;
    gateway = await Gateway.open({
      decorate: (adapter) => {
        shared = adapter;
        return adapter;
      },
    });
    climbing = await Gateway.open({ decorate: (adapter) => levels(shared ?? adapter) });
    ids = await fillOrganisation(gateway);
  });
  beforeEach(() => {
    gateway.calls.length = 0;
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await climbing[Symbol.asyncDispose]();
  });

  const list = async (of: string, field: string, from = gateway): Promise<Listed> => {
    const named = field.replace(/\$(\w+)/g, (_, name: string) => String(ids[name]));
    const root = field.startsWith('members') ? 'group' : 'user';
    const query = `query ($id: ID!) { ${root}(by: { id: $id }) {
      list: ${named} { nodes { displayName } totalCount pageInfo { hasNextPage endCursor } }
    } }`;
    const data = await from.data(query, { id: ids[of] });
    return (data[root] as unknown as { list: Listed }).list;
  };

  const names = ({ nodes }: Listed) => nodes.map(({ displayName }) => displayName).toSorted();

  for (const [of, field, found] of LISTS) {
    test(`${field} of ${of} are ${found.join(', ') || 'none'}`, async () => {
      for (const from of [gateway, climbing]) {
        const listed = await list(of, field, from);
        expect(names(listed)).toEqual(found);
        expect(listed.totalCount).toBe(found.length);
        expect(listed.pageInfo.hasNextPage).toBe(false);
      }
    });
  }

  test('via is the group one step nearer, and direct says that there is none', async () => {
    const query = `{ group(by: { displayName: "outer" }) { members(transitive: true) {
      edges { direct via { displayName } node { displayName } }
    } } }`;
    const answer = await gateway.data(query);
    expect(await climbing.data(query)).toEqual(answer);
    const { group } = answer as unknown as {
      group: {
        members: { edges: { direct: boolean; via: { displayName: string } | null; node: { displayName: string } }[] };
      };
    };
    const vias = Object.fromEntries(group.members.edges.map(({ node, via }) => [node.displayName, via?.displayName]));
    expect(vias).toMatchObject({ dan: 'inner', dee: 'inner', vic: 'middle', middle: undefined, other: undefined });
    expect(['middle', 'other']).toContain(vias['inner']);
    for (const { direct, via } of group.members.edges) expect(direct).toBe(via === null);
  });

  test('what fits is paged without gap or repetition, with the total on every page', async () => {
    for (const from of [gateway, climbing]) {
      const found: string[] = [];
      let after = '';
      for (let more = true; more; ) {
        const page = await list('outer', `members(transitive: true, first: 1${after}, where: { user: {} })`, from);
        expect(page.totalCount).toBe(3);
        expect(page.nodes).toHaveLength(1);
        found.push(...names(page));
        after = `, after: "${page.pageInfo.endCursor}"`;
        more = page.pageInfo.hasNextPage;
      }
      expect(found.toSorted()).toEqual(['dan', 'dee', 'vic']);
    }
  });

  test('the order is the same whoever follows the links: nearest first, whatever lies between', async () => {
    const session = gateway.session();
    const parts: { value: string }[] = [];
    for (const part of ['a', 'b', 'c', 'd']) {
      const members: { value: string }[] = [];
      for (const name of ['1', '2', '3', '4']) {
        members.push({ value: await create(session, 'User', { userName: `wide-${part}${name}` }) });
      }
      parts.push({ value: await create(session, 'Group', { displayName: `wide-${part}`, members }) });
    }
    await create(session, 'Group', { displayName: 'wide', members: parts });
    const query = `query ($after: String) { group(by: { displayName: "wide" }) {
      members(transitive: true, first: 7, after: $after) { edges { via { displayName } node { id } } pageInfo { endCursor hasNextPage } }
    } }`;
    const walk = async (from: Gateway) => {
      const edges: object[] = [];
      let after: string | undefined;
      for (let more = true; more; ) {
        const { group } = (await from.data(query, { after })) as unknown as {
          group: { members: { edges: object[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
        };
        edges.push(...group.members.edges);
        after = group.members.pageInfo.endCursor;
        more = group.members.pageInfo.hasNextPage;
      }
      return edges;
    };
    const edges = await walk(gateway);
    expect(edges).toHaveLength(20);
    expect(await walk(climbing)).toEqual(edges);
  });

  test('a cursor opens for the same where alone', async () => {
    const { pageInfo } = await list('outer', 'members(transitive: true, first: 1, where: { user: {} })');
    const query =
      'query ($id: ID!, $after: String) { group(by: { id: $id }) { members(transitive: true, after: $after) { totalCount } } }';
    const { errors } = await gateway.ask(query, { id: ids['outer'], after: pageInfo.endCursor });
    expect(errors?.[0]?.extensions['code']).toBe('INVALID_CURSOR');
  });

  test('attributes come with the links: one call, one more for each question of links, and none for what is shown', async () => {
    const cases: readonly (readonly [field: string, calls: readonly string[]])[] = [
      ['members(where: { user: { active: { eq: true } } }) { nodes { displayName } }', ['linked']],
      [
        'members(where: { user: { active: { eq: true } } }) { nodes { displayName meta { created } } }',
        ['getMany', 'linked'],
      ],
      [
        'members(where: { user: { meta: { created: { gt: "2000-01-01T00:00:00Z" } } } }) { nodes { meta { version } } }',
        ['getMany', 'linked'],
      ],
      ['members(where: { user: { manager: { present: true } } }) { nodes { displayName } }', ['linked', 'linked']],
    ];
    for (const [field, calls] of cases) {
      gateway.calls.length = 0;
      await gateway.data(`{ groups { nodes { ${field} } } }`);
      expect(gateway.calls.toSorted(), field).toEqual(['find', ...calls].toSorted());
    }
  });

  test.each([
    ['members(where: {})', 'where: name at least one of user, group', 'BAD_USER_INPUT'],
    ['members(where: { user: { title: null } })', 'where.user.title: null says nothing', 'BAD_USER_INPUT'],
    ['members(where: { user: null })', 'where.user: null says nothing', 'BAD_USER_INPUT'],
    ['memberOf(where: { or: [] })', 'where.or: give at least one condition', 'BAD_USER_INPUT'],
    ['members(type: "Robot")', 'type must be User or Group', 'BAD_USER_INPUT'],
  ])('%s is refused, and that field alone is null', async (field, message, code) => {
    const { data, errors } = await gateway.ask(
      `{ group(by: { displayName: "outer" }) { displayName list: ${field} { totalCount } } }`,
    );
    expect(data).toEqual({ group: { displayName: 'outer', list: null } });
    expect(errors).toMatchObject([{ message: expect.stringContaining(message), extensions: { code } }]);
  });
});

describe('ask 04: more links than are looked through', () => {
  test('in all fields of one answer together are refused for the field that asks for them', async () => {
    await using gateway = await Gateway.open();
    await fillOrganisation(gateway);
    const fields = Array.from(
      { length: 13 },
      (_, at) => `f${at}: members(first: ${at + 1}, where: { user: {} }) { totalCount }`,
    );
    const { data, errors } = await gateway.ask(`{ groups { nodes { displayName ${fields.join(' ')} } } }`);
    const { groups } = data as unknown as { groups: { nodes: { [field: string]: unknown }[] } };
    expect(groups.nodes).toHaveLength(4);
    for (const node of groups.nodes) {
      expect(node['f11']).toEqual({ totalCount: expect.any(Number) });
      expect(node['f12']).toBeNull();
    }
    expect(errors).toHaveLength(4);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('may look through 500000 links for one answer'),
      extensions: { code: 'TOO_MANY' },
    });
  });

  test('are listed as far as a full page goes, and refused with what to ask instead otherwise', async () => {
    await using gateway = await Gateway.open();
    const session = gateway.session();
    const user = session.registry.type('User');
    if (user === undefined) throw new Error('User expected');
    const bodies = Array.from({ length: 10_001 }, (_, at) => ({ userName: `person${at}`, active: at % 2 === 0 }));
    const people = await session.createMany(user, bodies);
    await create(session, 'Group', { displayName: 'all', members: people.map(({ id }) => ({ value: id })) });
    const ask = (selection: string) =>
      gateway.ask(
        `{ group(by: { displayName: "all" }) { members(where: { user: { active: { eq: false } } }) { ${selection} } } }`,
      );
    const { data } = await ask('nodes { ... on User { active } } pageInfo { hasNextPage }');
    const { group } = data as unknown as { group: { members: { nodes: { active: boolean }[]; pageInfo: object } } };
    expect(group.members.nodes).toEqual(Array.from({ length: 50 }, () => ({ active: false })));
    expect(group.members.pageInfo).toEqual({ hasNextPage: true });
    const few = await gateway.ask(
      '{ group(by: { displayName: "all" }) { members(where: { user: { userName: { eq: "person1" } } }) { nodes { id } } } }',
    );
    expect(few.errors?.[0]?.extensions).toEqual({ code: 'TOO_MANY' });
    const { errors } = await ask('totalCount');
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(
          /at most 10000 links of a resource .* ask users\(where: \{ memberOf: \{ eq: "<id>" \} \}\)$/,
        ),
        extensions: { code: 'TOO_MANY' },
      },
    ]);
  });
});
