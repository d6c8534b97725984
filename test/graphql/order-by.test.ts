import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import { create, Gateway } from './gateway.ts';

/** Family name, given name, whether active. */
const PEOPLE = [
  ['Byron', 'Ada', true],
  ['Byron', 'Zoe', false],
  ['Hopper', 'Grace', true],
  ['Byron', 'Ada', false],
  ['Hopper', 'Ada', true],
] as const;

describe('orderBy', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await Gateway.open();
    for (const [at, [familyName, givenName, active]] of PEOPLE.entries()) {
      await create(gateway.session(), 'User', { userName: `p${at}`, name: { familyName, givenName }, active });
    }
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const query = `query ($orderBy: [UserOrderBy!], $first: Int = 10, $after: String) {
    users(orderBy: $orderBy, first: $first, after: $after) { nodes { userName } pageInfo { endCursor hasNextPage } }
  }`;
  type Users = {
    nodes: { userName: string }[];
    pageInfo: { endCursor: string; hasNextPage: boolean };
  };
  const users = async (variables: { readonly [name: string]: Json }) =>
    (await gateway.data(query, variables))['users'] as unknown as Users;
  const by = (...fields: readonly string[]) =>
    fields.map((field) => (field.startsWith('-') ? { field: field.slice(1), direction: 'DESC' } : { field }));
  const names = ({ nodes }: Users) => nodes.map(({ userName }) => userName);

  test('orders by the first field, then by the next', async () => {
    expect(names(await users({ orderBy: by('NAME_FAMILY_NAME', 'NAME_GIVEN_NAME', '-ACTIVE') }))).toEqual([
      'p0',
      'p3',
      'p1',
      'p4',
      'p2',
    ]);
    expect(names(await users({ orderBy: by('-NAME_FAMILY_NAME', 'NAME_GIVEN_NAME', 'USER_NAME') }))).toEqual([
      'p4',
      'p2',
      'p0',
      'p3',
      'p1',
    ]);
  });

  test('goes on from a cursor within what has one value of the first field', async () => {
    const orderBy = by('NAME_FAMILY_NAME', 'NAME_GIVEN_NAME', '-ACTIVE');
    const first = await users({ orderBy, first: 2 });
    const second = await users({ orderBy, first: 2, after: first.pageInfo.endCursor });
    const third = await users({ orderBy, first: 2, after: second.pageInfo.endCursor });
    expect([first, second, third].map(names)).toEqual([['p0', 'p3'], ['p1', 'p4'], ['p2']]);
    expect(third.pageInfo.hasNextPage).toBe(false);
  });

  test('takes four fields and no more', async () => {
    const four = by('NAME_FAMILY_NAME', 'NAME_GIVEN_NAME', 'ACTIVE', 'USER_NAME');
    expect(names(await users({ orderBy: four }))).toEqual(['p3', 'p0', 'p1', 'p4', 'p2']);
    const { errors } = await gateway.ask(query, { orderBy: [...four, ...by('TITLE')] });
    expect(errors).toMatchObject([
      { message: 'orderBy: give at most 4 entries, got 5', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  test('of nothing is the order of the id, as without it', async () => {
    expect(names(await users({ orderBy: [] }))).toEqual(names(await users({})));
  });
});
