import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Json } from '#model/resource.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import { create, Gateway } from '../gateway.ts';

const SEARCH = `query ($text: String!, $types: [String!], $first: Int) {
  search(text: $text, types: $types, first: $first) { attribute value node { __typename ... on Member { displayName } } }
}`;

interface Hit {
  readonly attribute: string;
  readonly value: string;
  readonly node: { readonly __typename: string; readonly displayName: string };
}

const PEOPLE: readonly { readonly [name: string]: Json }[] = [
  { userName: 'ann', displayName: 'Ann' },
  { userName: 'annette', displayName: 'annette' },
  { userName: 'zoe', displayName: 'Zoe', name: { familyName: 'ANNAN', givenName: 'Zoe', formatted: 'Zoe Annan' } },
  { userName: 'hannah', displayName: 'Hannah', emails: [{ value: 'h@acme.example' }, { value: 'ann.h@acme.example' }] },
  { userName: 'annika.b', displayName: 'B, Annika' },
  { userName: 'yve', displayName: 'Yve', name: { givenName: 'Ann' } },
  { userName: 'gone', displayName: 'Annihilated', active: false },
  { userName: 'percent', displayName: '%ercent' },
  { userName: 'under', displayName: '_nder' },
  { userName: 'star', displayName: '*tar(' },
  { userName: 'quote', displayName: '"quoted\\' },
  { userName: 'strasse', displayName: 'Ärger' },
];

async function fill(gateway: Gateway): Promise<void> {
  for (const person of PEOPLE) await create(gateway.session(), 'User', person);
  for (const displayName of ['Annals', 'Zebras']) await create(gateway.session(), 'Group', { displayName });
  gateway.calls.length = 0;
}

describe('ask 07: people and groups are found while somebody types, best first', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open();
    await fill(gateway);
  });
  beforeEach(() => {
    gateway.calls.length = 0;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const search = async (text: string, more: { readonly [name: string]: Json } = {}, from = gateway) =>
    (await from.data(SEARCH, { text, first: 50, ...more }))['search'] as unknown as readonly Hit[];
  const names = (hits: readonly Hit[]) => hits.map(({ node }) => node.displayName);
  const refusal = async (variables: { readonly [name: string]: Json }) => {
    const { data, errors } = await gateway.ask(SEARCH, { first: 10, ...variables });
    expect(data).toEqual({ search: null });
    expect(gateway.calls).toEqual([]);
    return `${errors?.[0]?.extensions['code']}: ${errors?.[0]?.message}`;
  };

  test('the whole value comes before a beginning, the weightier attribute before the others, then the value', async () => {
    const hits = await search('ann');
    expect(hits.map(({ attribute, value, node }) => [node.displayName, attribute, value])).toEqual([
      ['Ann', 'displayName', 'Ann'],
      ['Yve', 'name.givenName', 'Ann'],
      ['Annals', 'displayName', 'Annals'],
      ['annette', 'displayName', 'annette'],
      ['Annihilated', 'displayName', 'Annihilated'],
      ['B, Annika', 'userName', 'annika.b'],
      ['Zoe', 'name.familyName', 'ANNAN'],
      ['Hannah', 'emails.value', 'ann.h@acme.example'],
    ]);
    expect(hits.map(({ node }) => node.__typename)).toContain('Group');
  });

  test('case, width and spaces around the text make no difference, as the attributes fold', async () => {
    expect(await search('  ANN ')).toEqual(await search('ann'));
    expect(names(await search('äRG'))).toEqual(['Ärger']);
    expect(names(await search('ａｎｎｉｋａ'))).toEqual(['B, Annika']);
  });

  test.each([
    ['%e', '%ercent'],
    ['_n', '_nder'],
    ['*tar(', '*tar('],
    ['"q', '"quoted\\'],
    ['"quoted\\', '"quoted\\'],
  ])('%s means itself', async (text, found) => {
    expect(names(await search(text))).toEqual([found]);
  });

  test.each(['%%', '__', '**', '*)(uid=*', '" or userName pr or userName eq "', '\\\\', '.*', '%\u0000'])(
    '%j finds nobody',
    async (text) => {
      expect(await search(text)).toEqual([]);
    },
  );

  test('it takes 2 characters at least and 100 at most, and says so before any call', async () => {
    expect(await refusal({ text: ' a ' })).toBe('BAD_USER_INPUT: search: text must have 2 to 100 characters, it has 1');
    expect(await refusal({ text: '𝒶' })).toContain('it has 1');
    expect(await refusal({ text: 'a'.repeat(101) })).toContain('it has 101');
    expect(await search('李明')).toEqual([]);
    expect(await search('a'.repeat(100))).toEqual([]);
  });

  test('it answers 10 hits unless asked for up to 50', async () => {
    expect(await refusal({ text: 'ann', first: 51 })).toBe(
      'BAD_USER_INPUT: search: first must be a number from 1 to 50; type on instead of paging',
    );
    expect(await refusal({ text: 'ann', first: 0 })).toContain('from 1 to 50');
    expect(names(await search('ann', { first: 2 }))).toEqual(['Ann', 'Yve']);
  });

  test('types narrow it, and a type that cannot be searched is refused with those that can', async () => {
    expect(names(await search('ann', { types: ['Group'] }))).toEqual(['Annals']);
    expect(gateway.calls.length).toBe(2);
    expect(await search('ann', { types: [] })).toEqual([]);
    gateway.calls.length = 0;
    expect(await refusal({ text: 'ann', types: ['User', 'Printer'] })).toBe(
      'BAD_USER_INPUT: search: types must be User or Group',
    );
  });

  test('whoever is inactive is found with `active` to be seen, whoever is deleted is not', async () => {
    const query = '{ search(text: "annihil") { node { ... on User { active } } } }';
    expect(await gateway.data(query)).toEqual({ search: [{ node: { active: false } }] });
    const session = gateway.session();
    const [user] = session.registry.types;
    if (user === undefined) throw new Error('User expected');
    await session.delete(user, await create(session, 'User', { userName: 'bye', displayName: 'Bye Bye' }));
    expect(await search('bye')).toEqual([]);
  });

  test('two calls per type, whoever is found, and one more for what is asked of all of them', async () => {
    for (const text of ['ann', 'nobody']) {
      gateway.calls.length = 0;
      await gateway.data(SEARCH, { text, first: 50 });
      expect(gateway.calls.filter((call) => call === 'find' || call === 'byKeys')).toHaveLength(4);
      expect(gateway.calls).toHaveLength(4);
    }
    gateway.calls.length = 0;
    await gateway.data('{ search(text: "ann") { node { ... on Member { memberOf { nodes { displayName } } } } } }');
    expect(gateway.calls.filter((call) => call === 'linked')).toHaveLength(1);
    expect(gateway.calls).toHaveLength(5);
  });

  test('no number of longer values hides the whole one', async () => {
    await using crowd = await Gateway.open();
    const session = crowd.session();
    const [user] = session.registry.types;
    if (user === undefined) throw new Error('User expected');
    const people = Array.from({ length: 300 }, (_, at) => ({
      userName: `aa${at}`,
      displayName: `Aa ${String(at).padStart(3, '0')}`,
      name: { familyName: 'Lindgren' },
    }));
    await session.createMany(user, [...people, { userName: 'li', displayName: 'Zhang', name: { givenName: 'Lin' } }]);
    expect(names(await search('lin', { first: 3 }, crowd))).toEqual(['Zhang', 'Aa 000', 'Aa 001']);
  });

  test('a backend that cannot compare beginnings, or sort, gives the same hits', async () => {
    const poor = (adapter: DirectoryAdapter) => lesser(adapter, { filter: {}, sort: [] });
    await using other = await Gateway.open({ decorate: poor });
    await fill(other);
    expect(await search('ann', {}, other)).toEqual(await search('ann'));
  });

  test('another tenant sees nothing of it', async () => {
    const { data } = await gateway.ask(SEARCH, { text: 'ann', first: 10 }, 'zeta');
    expect(data).toEqual({ search: [] });
  });
});
