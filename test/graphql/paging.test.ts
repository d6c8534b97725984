import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import { type Company, fillCompany } from './company.ts';
import { create, Gateway } from './gateway.ts';

const HOUR_MS = 3_600_000;

interface Page {
  readonly nodes: readonly { readonly [name: string]: Json }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
}

const PAGE = 'edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount';

describe('paging through connections', () => {
  let gateway: Gateway;
  let company: Company;
  let now = Date.UTC(2026, 10, 22, 12);

  beforeAll(async () => {
    gateway = await Gateway.open({ now: () => now });
    company = await fillCompany(gateway);
    const session = gateway.session();
    for (const name of ['dan', 'eve', 'fay', 'gus']) await create(session, 'User', { userName: name });
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const users = async (args: string): Promise<Page> => {
    const data = await gateway.data(
      `{ users(orderBy: [{ field: USER_NAME }], ${args}) { nodes { userName } ${PAGE} } }`,
    );
    return data['users'] as unknown as Page;
  };

  const walk = async (load: (args: string) => Promise<Page>): Promise<readonly Page[]> => {
    const pages: Page[] = [];
    let args = 'first: 3';
    for (let more = true; more; ) {
      const page = await load(args);
      pages.push(page);
      more = page.pageInfo.hasNextPage;
      args = `first: 3, after: "${page.pageInfo.endCursor}"`;
    }
    return pages;
  };

  test('pages follow one another without gap or repetition, and say what surrounds them', async () => {
    const pages = await walk(users);
    expect(pages.map(({ nodes }) => nodes.map(({ userName }) => userName))).toEqual([
      ['ada', 'bob', 'cyd'],
      ['dan', 'eve', 'fay'],
      ['gus'],
    ]);
    expect(pages.map(({ pageInfo }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ]);
    for (const { edges, pageInfo, totalCount } of pages) {
      expect(totalCount).toBe(7);
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges.at(-1)?.cursor]);
    }
  });

  test('last and before walk back from the end, in the order of the list, and say what surrounds each page', async () => {
    const pages: Page[] = [];
    let args = 'last: 3';
    for (let more = true; more; ) {
      const page = await users(args);
      pages.push(page);
      more = page.pageInfo.hasPreviousPage;
      args = `last: 3, before: "${page.pageInfo.startCursor}"`;
    }
    expect(pages.map(({ nodes }) => nodes.map(({ userName }) => userName))).toEqual([
      ['eve', 'fay', 'gus'],
      ['bob', 'cyd', 'dan'],
      ['ada'],
    ]);
    expect(pages.map(({ pageInfo }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage])).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
    for (const { edges, pageInfo, totalCount } of pages) {
      expect(totalCount).toBe(7);
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges.at(-1)?.cursor]);
    }
  });

  test('cursors of either way lead the other way', async () => {
    const { edges } = await users('first: 7');
    expect((await users(`last: 2, before: "${edges[4]?.cursor}"`)).nodes).toEqual([
      { userName: 'cyd' },
      { userName: 'dan' },
    ]);
    const { pageInfo } = await users('last: 3');
    expect((await users(`first: 2, after: "${pageInfo.startCursor}"`)).nodes).toEqual([
      { userName: 'fay' },
      { userName: 'gus' },
    ]);
    expect((await users(`before: "${edges[2]?.cursor}"`)).nodes).toEqual([{ userName: 'ada' }, { userName: 'bob' }]);
    expect((await users(`last: 5, before: "${edges[0]?.cursor}"`)).pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });

  test('null for an argument means the same as leaving it out, as clients that page both ways send it', async () => {
    expect(await users('first: null, after: null, last: 2, before: null')).toEqual(await users('last: 2'));
    expect(await users('first: 2, last: null')).toEqual(await users('first: 2'));
    expect((await users('first: null')).nodes).toHaveLength(7);
  });

  test('what a filter leaves is walked back as well, with conditions that the backend does not know', async () => {
    const query = (args: string) => `{ users(
      where: { memberOf: { some: { displayName: { startsWith: "E" } }, transitive: true } }, orderBy: [{ field: USER_NAME }], ${args}
    ) { nodes { userName } ${PAGE} } }`;
    const page = async (args: string) => (await gateway.data(query(args)))['users'] as unknown as Page;
    const last = await page('last: 2');
    expect(last.nodes).toEqual([{ userName: 'bob' }, { userName: 'cyd' }]);
    const before = await page(`last: 2, before: "${last.pageInfo.startCursor}"`);
    expect(before.nodes).toEqual([{ userName: 'ada' }]);
    expect(before.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  });

  test.each([['first: 1, last: 1'], ['first: 1, before: "x"'], ['after: "x", last: 1'], ['after: "x", before: "y"']])(
    '%s asks from both ends and is refused',
    async (args) => {
      for (const query of [
        `{ users(${args}) { nodes { id } } }`,
        `{ groups { nodes { members(${args}) { totalCount } } } }`,
      ]) {
        const { errors } = await gateway.ask(query);
        expect(errors?.[0]).toMatchObject({
          message: expect.stringContaining('first goes with after, last with before'),
          extensions: { code: 'BAD_USER_INPUT' },
        });
      }
    },
  );

  test.each(['memberOf', 'directReports', 'reports'])('%s is walked forwards alone, and says so', async (field) => {
    const { data, errors } = await gateway.ask(
      `{ user(by: { userName: "ada" }) { userName list: ${field}(last: 1) { totalCount } } }`,
    );
    expect(data).toEqual({ user: { userName: 'ada', list: null } });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('use first and after'), extensions: { code: 'UNSUPPORTED' } },
    ]);
  });

  test('a backend that sorts by nothing walks no list back, and says what to use', async () => {
    await using unsorted = await Gateway.open({ decorate: (adapter) => lesser(adapter, { sort: [] }) });
    await fillCompany(unsorted);
    const { data, errors } = await unsorted.ask(
      '{ users(last: 1) { nodes { id } } groups(first: 1) { nodes { displayName } } }',
    );
    expect(data).toMatchObject({ users: null, groups: { nodes: [{ displayName: expect.any(String) }] } });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('use first and after'), extensions: { code: 'UNSUPPORTED' } },
    ]);
  });

  test("an edge's cursor leads to what follows that edge", async () => {
    const { edges } = await users('first: 7');
    const { nodes } = await users(`first: 2, after: "${edges[4]?.cursor}"`);
    expect(nodes).toEqual([{ userName: 'fay' }, { userName: 'gus' }]);
  });

  test('lists of links are paged alike, direct or transitive', async () => {
    for (const transitive of [false, true]) {
      const load = async (args: string) => {
        const query = `query ($by: GroupBy!) { group(by: $by) {
          list: members(transitive: ${transitive}, ${args}) { nodes { displayName } ${PAGE} }
        } }`;
        const { group } = await gateway.data(query.replace('first: 3', 'first: 1'), { by: { id: company.everyone } });
        return (group as unknown as { list: Page }).list;
      };
      const pages = await walk(load);
      const names = pages.flatMap(({ nodes }) => nodes.map(({ displayName }) => displayName)).sort();
      expect(names).toEqual(transitive ? ['Ada', 'Bob', 'Cyd', 'Engineering', 'Platform'] : ['Cyd', 'Engineering']);
      expect(pages.map(({ totalCount }) => totalCount)).toEqual(names.map(() => names.length));
    }
  });

  test('nothing at all is a page without cursors', async () => {
    const { users: page } = await gateway.data(`{ users(where: { id: { eq: "none" } }) { nodes { id } ${PAGE} } }`);
    expect(page).toEqual({
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      totalCount: 0,
    });
  });

  test('a cursor that was forged, or that another list, query or tenant gave out, is refused', async () => {
    const { pageInfo } = await users('first: 3');
    const cursor = String(pageInfo.endCursor);
    const first = cursor.startsWith('A') ? 'B' : 'A';
    const refused: readonly (readonly [query: string, tenant?: string])[] = [
      [`{ users(orderBy: [{ field: USER_NAME }], after: "${first}${cursor.slice(1)}") { nodes { id } } }`],
      ['{ users(after: "x") { nodes { id } } }'],
      ['{ users(after: "") { nodes { id } } }'],
      [`{ users(after: "${cursor}") { nodes { id } } }`],
      [`{ users(orderBy: [{ field: USER_NAME, direction: DESC }], after: "${cursor}") { nodes { id } } }`],
      [`{ users(orderBy: [{ field: USER_NAME }], filter: "active eq true", after: "${cursor}") { nodes { id } } }`],
      [`{ groups(after: "${cursor}") { nodes { id } } }`],
      [`{ users(orderBy: [{ field: USER_NAME }], after: "${cursor}") { nodes { id } } }`, 'other'],
    ];
    for (const [query, tenant] of refused) {
      const { errors, data } = await gateway.ask(query, {}, tenant);
      expect(
        errors?.map(({ extensions }) => extensions),
        query,
      ).toEqual([{ code: 'INVALID_CURSOR' }]);
      expect(Object.values(data ?? {})).toEqual([null]);
    }
  });

  test("a cursor into one person's groups is refused for another's, and there alone", async () => {
    const ask = (after: string) =>
      gateway.ask(`{ users(where: { userName: { in: ["ada", "bob"] } }, orderBy: [{ field: USER_NAME }]) {
      nodes { memberOf(first: 1${after}, transitive: true) { nodes { displayName } pageInfo { endCursor } } }
    } }`);
    const { data } = await ask('');
    const { nodes } = (data?.['users'] ?? {}) as unknown as { nodes?: { memberOf: Page }[] };
    const next = await ask(`, after: "${nodes?.[0]?.memberOf.pageInfo.endCursor}"`);
    expect(next.data).toMatchObject({
      users: { nodes: [{ memberOf: { nodes: [{ displayName: 'Everyone' }] } }, { memberOf: null }] },
    });
    expect(next.errors).toMatchObject([
      { path: ['users', 'nodes', 1, 'memberOf'], extensions: { code: 'INVALID_CURSOR' } },
    ]);
  });

  test('a cursor expires', async () => {
    const { pageInfo } = await users('first: 3');
    now += HOUR_MS + 1;
    const { errors } = await gateway.ask(
      `{ users(orderBy: [{ field: USER_NAME }], after: "${pageInfo.endCursor}") { nodes { id } } }`,
    );
    expect(errors?.[0]?.extensions).toEqual({ code: 'EXPIRED_CURSOR' });
  });

  test.each([-1, 1_001])('first: %i is refused with the bounds, wherever it stands', async (first) => {
    for (const query of [
      `{ users(first: ${first}) { nodes { id } } }`,
      `{ users(last: ${first}) { nodes { id } } }`,
      `{ users { nodes { directReports(first: ${first}) { nodes { id } } } } }`,
    ]) {
      const { errors } = await gateway.ask(query);
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining('from 0 to 1000'),
        extensions: { code: 'BAD_USER_INPUT', ...(first > 0 && { limit: 1_000, actual: first }) },
      });
    }
  });

  test('descending is the exact reverse', async () => {
    const names = async (direction: string) => {
      const data = await gateway.data(
        `{ users(orderBy: [{ field: TITLE, direction: ${direction} }]) { nodes { id } } }`,
      );
      return (data['users'] as unknown as Page).nodes.map(({ id }) => id);
    };
    expect(await names('DESC')).toEqual((await names('ASC')).reverse());
  });
});
