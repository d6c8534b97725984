import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Json } from '#model/resource.ts';
import { levels } from '#test/support/levels-adapter.ts';
import { Gateway } from '../gateway.ts';
import { fillOrganisation } from '../organisation.ts';

describe('ask 06: who manages whom, up and down, to any depth, and circles end', () => {
  let gateway: Gateway;
  let climbing: Gateway;

  beforeAll(async () => {
    let shared: DirectoryAdapter | undefined;
    gateway = await Gateway.open({
      decorate: (adapter) => {
        shared = adapter;
        return adapter;
      },
    });
    climbing = await Gateway.open({ decorate: (adapter) => levels(shared ?? adapter) });
    await fillOrganisation(gateway);
  });
  beforeEach(() => {
    gateway.calls.length = 0;
    climbing.calls.length = 0;
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await climbing[Symbol.asyncDispose]();
  });

  const ofPerson = async (userName: string, selection: string, from = gateway): Promise<Json | undefined> => {
    const data = await from.data(`query ($by: UserBy!) { user(by: $by) { ${selection} } }`, { by: { userName } });
    return data['user'];
  };

  test.each([
    ['dee', ['lee', 'vera', 'chief']],
    ['vic', ['chief']],
    ['chief', ['chief']],
    ['rex', ['roy', 'rae', 'rex']],
  ])('the managers above %s are %j, nearest first, each once', async (userName, chain) => {
    const expected = { managerChain: chain.map((name) => ({ userName: name })) };
    expect(await ofPerson(userName, 'managerChain { userName }')).toEqual(expected);
    expect(await ofPerson(userName, 'managerChain { userName }', climbing)).toEqual(expected);
  });

  test('a chain is cut at first', async () => {
    expect(await ofPerson('dee', 'managerChain(first: 2) { displayName }')).toEqual({
      managerChain: [{ displayName: 'lee' }, { displayName: 'vera' }],
    });
    expect(await ofPerson('dee', 'managerChain(first: 0) { displayName }')).toEqual({ managerChain: [] });
    const { errors } = await gateway.ask('{ users { nodes { managerChain(first: 1001) { id } } } }');
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  const REPORTS = 'edges { distance node { userName } } nodes { displayName } totalCount pageInfo { hasNextPage }';

  test.each([
    ['chief', '', { chief: 1, vera: 1, vic: 1, lee: 2, dan: 3, dee: 3 }],
    ['chief', 'depth: 1', { chief: 1, vera: 1, vic: 1 }],
    ['chief', 'depth: 2', { chief: 1, vera: 1, vic: 1, lee: 2 }],
    ['vera', '', { lee: 1, dan: 2, dee: 2 }],
    ['rae', '', { roy: 1, rex: 2, rae: 3 }],
    ['dee', '', {}],
  ])('those who report to %s (%s) come with their distance, nearest first: %j', async (userName, args, expected) => {
    for (const from of [gateway, climbing]) {
      const user = await ofPerson(userName, `reports${args && `(${args})`} { ${REPORTS} }`, from);
      const { reports } = user as unknown as {
        reports: { edges: { distance: number; node: { userName: string } }[]; totalCount: number };
      };
      const distances = reports.edges.map(({ distance }) => distance);
      expect(distances).toEqual(distances.toSorted());
      expect(Object.fromEntries(reports.edges.map(({ distance, node }) => [node.userName, distance]))).toEqual(
        expected,
      );
      expect(reports.totalCount).toBe(Object.keys(expected).length);
    }
  });

  test('reports are paged, and a cursor opens for the same depth alone', async () => {
    const query = `query ($after: String, $depth: Int) { user(by: { userName: "chief" }) {
      reports(first: 4, after: $after, depth: $depth) { nodes { userName } pageInfo { endCursor hasNextPage hasPreviousPage } }
    } }`;
    const page = async (from: Gateway, after?: string) => {
      const { user } = await from.data(query, { after });
      return (user as unknown as { reports: { nodes: object[]; pageInfo: { [name: string]: string } } }).reports;
    };
    for (const from of [gateway, climbing]) {
      const first = await page(from);
      const second = await page(from, first.pageInfo['endCursor']);
      expect(new Set([...first.nodes, ...second.nodes].map((node) => JSON.stringify(node))).size).toBe(6);
      expect([first.pageInfo, second.pageInfo]).toMatchObject([
        { hasNextPage: true, hasPreviousPage: false },
        { hasNextPage: false, hasPreviousPage: true },
      ]);
      const other = await from.ask(query, { after: first.pageInfo['endCursor'], depth: 2 });
      expect(other.errors?.[0]?.extensions['code']).toBe('INVALID_CURSOR');
    }
  });

  test.each([0, -1])('a depth of %i is refused with what to give', async (depth) => {
    const { data, errors } = await gateway.ask(
      `{ user(by: { userName: "vera" }) { userName reports(depth: ${depth}) { totalCount } } }`,
    );
    expect(data).toEqual({ user: { userName: 'vera', reports: null } });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('1 or more'), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  test('reports to depth 1 are the direct reports, inactive ones among them', async () => {
    const user = await ofPerson(
      'lee',
      'reports(depth: 1) { nodes { userName active } } directReports { nodes { userName active } }',
    );
    const { reports, directReports } = user as { [name: string]: { nodes: object[] } };
    expect(reports).toEqual(directReports);
    expect(reports?.nodes).toContainEqual({ userName: 'dan', active: false });
  });

  test('a page of people costs one call per field, and one per level where the backend does not nest', async () => {
    const query = `{ users(orderBy: [{ field: USER_NAME }]) { nodes {
      userName managerChain { userName managerChain(first: 1) { displayName } } reports(depth: 2) { nodes { displayName } }
    } } }`;
    const answer = await gateway.data(query);
    expect(gateway.calls.toSorted()).toEqual(['find', 'linked', 'linked', 'linked']);
    expect(await climbing.data(query)).toEqual(answer);
    // All people are on the page, so that the first level of a chain tells the others.
    expect(climbing.calls.toSorted()).toEqual(['find', 'linked', 'linked', 'linked']);
    climbing.calls.length = 0;
    await climbing.data('{ user(by: { userName: "dee" }) { managerChain { id } } }');
    expect(climbing.calls, 'Lee, Vera, Chief, and that Chief is her own manager').toEqual([
      'byKeys',
      'linked',
      'linked',
      'linked',
      'linked',
    ]);
  });
});
