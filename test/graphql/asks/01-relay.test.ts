import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LinkOptions, Query } from '#adapters/adapter.ts';
import type { Json } from '#model/resource.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { type Company, fillCompany } from '../company.ts';
import { Gateway } from '../gateway.ts';

interface Page {
  readonly nodes: readonly { readonly userName: string }[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly userName: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly startCursor: string; readonly endCursor: string };
}

describe('ask 01: resources have global ids, lists are connections, and a total is counted only where it is asked for', () => {
  let gateway: Gateway;
  let company: Company;
  /** Whether each list that the backend was asked for had to be counted. */
  const counted: boolean[] = [];

  beforeAll(async () => {
    gateway = await Gateway.open({
      decorate: (adapter) =>
        hooked(adapter, (method, args) => {
          if (method === 'find') counted.push((args[2] as Query).page.total === true);
          if (method === 'linked') counted.push((args[4] as LinkOptions).page.total === true);
        }),
    });
    company = await fillCompany(gateway);
  });
  beforeEach(() => {
    counted.length = 0;
    gateway.calls.length = 0;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test('node finds any resource by its id, of whatever type, and null for an id that nothing has', async () => {
    const query =
      'query ($id: ID!) { node(id: $id) { __typename id ... on User { userName } ... on Group { displayName } } }';
    expect(await gateway.data(query, { id: company.ada })).toEqual({
      node: { __typename: 'User', id: company.ada, userName: 'ada' },
    });
    expect(await gateway.data(query, { id: company.platform })).toEqual({
      node: { __typename: 'Group', id: company.platform, displayName: 'Platform' },
    });
    for (const id of ['nobody', '', '__proto__']) expect(await gateway.data(query, { id })).toEqual({ node: null });
    expect(new Set(gateway.calls)).toEqual(new Set(['getMany']));
  });

  test('a page and its edges name one place by one cursor, while time goes on', async () => {
    let moment = Date.UTC(2026, 10, 22, 12);
    await using ticking = await Gateway.open({ now: () => moment++ });
    await fillCompany(ticking);
    const page = 'edges { cursor } pageInfo { startCursor endCursor }';
    const { users, group } = await ticking.data(
      `{ users(first: 2) { ${page} } group(by: { displayName: "Everyone" }) { members(first: 2) { ${page} } } }`,
    );
    for (const { edges, pageInfo } of [users as Page & Json, (group as { readonly members: Page & Json }).members]) {
      expect(edges.map(({ cursor }) => cursor).slice(0, 1)).toEqual([pageInfo.startCursor]);
      expect(edges.at(-1)?.cursor).toBe(pageInfo.endCursor);
    }
  });

  test('nodes finds many of any type, in order, null where there is none, one call per type', async () => {
    const { ada, bob, platform } = company;
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Member { displayName } } }';
    const { nodes } = await gateway.data(query, { ids: [platform, 'nobody', bob, ada, bob] });
    expect((nodes as ({ readonly id: string } | null)[]).map((node) => node?.id ?? null)).toEqual([
      platform,
      null,
      bob,
      ada,
      bob,
    ]);
    expect(gateway.calls).toEqual(['getMany', 'getMany']);
    const many = await gateway.ask(query, { ids: Array.from({ length: 1_001 }, (_, at) => `${at}`) });
    expect(many.errors).toMatchObject([
      {
        message: expect.stringMatching(/^nodes: at most 1000 ids at a time, got 1001/),
        extensions: { limit: 1_000, actual: 1_001 },
      },
    ]);
  });

  test('a connection is walked page by page, nodes and edges the same', async () => {
    const query = `query ($after: String) { users(first: 2, after: $after, orderBy: [{ field: USER_NAME }]) {
      nodes { userName } edges { cursor node { userName } } pageInfo { hasNextPage startCursor endCursor }
    } }`;
    const names: string[] = [];
    let after: Json = null;
    for (let more = true; more; ) {
      const { users } = (await gateway.data(query, { after })) as unknown as { readonly users: Page };
      expect(users.edges.map(({ node }) => node)).toEqual(users.nodes);
      expect(users.edges[0]?.cursor).toBe(users.pageInfo.startCursor);
      expect(users.edges.at(-1)?.cursor).toBe(users.pageInfo.endCursor);
      names.push(...users.nodes.map(({ userName }) => userName));
      more = users.pageInfo.hasNextPage;
      after = users.pageInfo.endCursor;
    }
    expect(names).toEqual(['ada', 'bob', 'cyd']);
  });

  test('an edge may be gone on from, whichever it is', async () => {
    const query = `query ($after: String) { users(after: $after, orderBy: [{ field: USER_NAME }]) {
      edges { cursor } nodes { userName }
    } }`;
    const { users } = (await gateway.data(query)) as unknown as { readonly users: Page };
    const rest = await gateway.data(query, { after: users.edges[0]?.cursor });
    expect(rest).toMatchObject({ users: { nodes: [{ userName: 'bob' }, { userName: 'cyd' }] } });
  });

  test('a total is counted where it is selected, of lists and of links, and nowhere else', async () => {
    const list = (total: string) =>
      `{ users { ${total} nodes { userName memberOf { ${total} nodes { displayName } } } } }`;
    await gateway.data(list(''));
    expect(counted.splice(0)).toEqual([false, false]);
    await gateway.data(list('totalCount @include(if: false)'));
    expect(counted.splice(0)).toEqual([false, false]);
    expect(await gateway.data(list('totalCount'))).toMatchObject({ users: { totalCount: 3 } });
    expect(counted.splice(0)).toEqual([true, true]);
  });
});
