import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { levels } from '#test/support/levels-adapter.ts';
import { expectCalls } from '../expect-calls.ts';
import { Gateway } from '../gateway.ts';
import { fillOrganisation, type Organisation } from '../organisation.ts';

const CHECK = `query ($pairs: [MembershipPair!]!, $transitive: Boolean) {
  checkMembership(pairs: $pairs, transitive: $transitive) { asOf results { member group isMember } }
}`;

interface Check {
  readonly asOf: string;
  readonly results: readonly { readonly member: string; readonly group: string; readonly isMember: boolean }[];
}

describe('ask 05: whether people are in groups is answered for many at once, with the moment of the answer', () => {
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
    climbing.calls.length = 0;
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await climbing[Symbol.asyncDispose]();
  });

  const idOf = (name: string) => (Object.hasOwn(ids, name) ? String(ids[name]) : name);
  const pair = (member: string, group: string) => ({ member: idOf(member), group: idOf(group) });

  const ask = async (from: Gateway, pairs: readonly object[], transitive?: boolean): Promise<Check> => {
    const { checkMembership } = await from.data(CHECK, { pairs, ...(transitive !== undefined && { transitive }) });
    return checkMembership as unknown as Check;
  };

  const PAIRS = [
    ['dee', 'inner', true, true],
    ['dee', 'outer', false, true],
    ['inner', 'outer', false, true],
    ['outer', 'inner', false, false],
    ['outer', 'outer', false, false],
    ['vic', 'other', false, false],
    ['vic', 'middle', true, true],
    ['rae', 'outer', false, false],
    ['nobody', 'outer', false, false],
    ['dee', 'nothing', false, false],
    ['dee', 'lee', false, false],
    ['__proto__', 'constructor', false, false],
  ] as const;

  test('pairs are answered in order, in one adapter call, false for ids that nothing has', async () => {
    const pairs = PAIRS.map(([member, group]) => pair(member, group));
    for (const transitive of [false, true]) {
      gateway.calls.length = 0;
      const { results } = await ask(gateway, pairs, transitive);
      expect(results).toEqual(pairs.map((each, index) => ({ ...each, isMember: PAIRS[index]?.[transitive ? 3 : 2] })));
      expectCalls(gateway, ['areLinked']);
    }
  });

  test('directly is what is meant where nothing is said', async () => {
    const { results } = await ask(gateway, [pair('dee', 'outer'), pair('dee', 'inner')]);
    expect(results.map(({ isMember }) => isMember)).toEqual([false, true]);
  });

  test('a backend that does not nest is asked once per level, and answers the same', async () => {
    const pairs = PAIRS.map(([member, group]) => pair(member, group));
    expect((await ask(climbing, pairs, true)).results).toEqual((await ask(gateway, pairs, true)).results);
    climbing.calls.length = 0;
    await ask(climbing, [pair('dee', 'nothing')], true);
    // Dee is in Inner, Inner in Middle and Other, those in Outer, and Outer in nothing.
    expect(climbing.calls).toEqual(['linked', 'linked', 'linked', 'linked']);
    climbing.calls.length = 0;
    await ask(climbing, [pair('dee', 'inner'), pair('vic', 'middle')], true);
    expect(climbing.calls, 'no level more than the answer needs').toEqual(['linked']);
    climbing.calls.length = 0;
    await ask(climbing, pairs, false);
    expect(climbing.calls).toEqual(['areLinked']);
  });

  test('asOf is when the backend was asked', async () => {
    const before = Date.now();
    const { asOf } = await ask(gateway, [pair('dee', 'inner')]);
    expect(Date.parse(asOf)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(asOf)).toBeLessThanOrEqual(Date.now());
  });

  test('a thousand pairs are one call, one more is refused with the bound', async () => {
    const pairs = Array.from({ length: 1_000 }, (_, at) => pair(`person ${at}`, 'outer'));
    expect((await ask(gateway, pairs, true)).results).toHaveLength(1_000);
    expectCalls(gateway, ['areLinked']);
    const { data, errors } = await gateway.ask(CHECK, { pairs: [...pairs, pair('dee', 'inner')] });
    expect(data).toEqual({ checkMembership: null });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('at most 1000 pairs'),
        extensions: { code: 'BAD_USER_INPUT', limit: 1_000, actual: 1_001 },
      },
    ]);
  });

  test('a backend that does not answer makes those fields null that ask it, and nothing around them', async () => {
    await using failing = await Gateway.open({
      decorate: (adapter) =>
        hooked(adapter, (method) => {
          if (method === 'areLinked')
            throw new DirectoryError('UNAVAILABLE', 'the backend is down', { retryAfterMs: 3_000 });
        }),
    });
    await fillOrganisation(failing);
    const { data, errors } = await failing.ask(`{
      checkMembership(pairs: [{ member: "a", group: "b" }]) { asOf }
      user(by: { userName: "dee" }) { userName isMemberOf(groups: ["b"]) { asOf } memberOf { nodes { displayName } } }
      group(by: { displayName: "inner" }) { hasMember(id: "a") memberCount }
    }`);
    expect(data).toEqual({
      checkMembership: null,
      user: { userName: 'dee', isMemberOf: null, memberOf: { nodes: [{ displayName: 'inner' }] } },
      group: { hasMember: null, memberCount: 2 },
    });
    expect(errors?.map(({ path }) => path).toSorted()).toEqual([
      ['checkMembership'],
      ['group', 'hasMember'],
      ['user', 'isMemberOf'],
    ]);
    for (const { extensions } of errors ?? []) expect(extensions).toEqual({ code: 'UNAVAILABLE', retryAfter: 3 });
  });

  test('no pair at all is no call', async () => {
    expect((await ask(gateway, [])).results).toEqual([]);
    expect(gateway.calls).toEqual([]);
  });

  test('the questions of one query are one call, whichever fields ask them', async () => {
    const FIELDS = 3;
    const query = `query ($dee: ID!, $groups: [ID!]!, $pairs: [MembershipPair!]!) {
      checkMembership(pairs: $pairs, transitive: true) { results { isMember } }
      users(orderBy: [{ field: USER_NAME }]) { nodes {
        userName isMemberOf(groups: $groups, transitive: true) { results { member group isMember } }
      } }
      groups(orderBy: [{ field: DISPLAY_NAME }]) { nodes { displayName hasMember(id: $dee, transitive: true) } }
    }`;
    const groups = [ids['outer'], ids['other']];
    const data = await gateway.data(query, { dee: ids['dee'], groups, pairs: [pair('vic', 'outer')] });
    expectCalls(gateway, ['areLinked', 'find', 'find'], FIELDS);
    expect(data['checkMembership']).toEqual({ results: [{ isMember: true }] });
    const { nodes: people } = data['users'] as unknown as { nodes: { userName: string; isMemberOf: Check }[] };
    const answers = people.map(({ userName, isMemberOf }) => [
      userName,
      ...isMemberOf.results.map(({ isMember }) => isMember),
    ]);
    expect(answers).toEqual([
      ['chief', false, false],
      ['dan', true, true],
      ['dee', true, true],
      ['lee', false, false],
      ['rae', false, false],
      ['rex', false, false],
      ['roy', false, false],
      ['vera', false, false],
      ['vic', true, false],
    ]);
    expect(people[2]?.isMemberOf.results[0]).toEqual({ member: ids['dee'], group: ids['outer'], isMember: true });
    expect(data['groups']).toEqual({
      nodes: [
        { displayName: 'inner', hasMember: true },
        { displayName: 'middle', hasMember: true },
        { displayName: 'other', hasMember: true },
        { displayName: 'outer', hasMember: true },
      ],
    });
  });

  test('more questions of one field than are answered together are refused with both figures', async () => {
    const groups = Array.from({ length: 2_000 }, (_, at) => `group ${at}`);
    const query = 'query ($groups: [ID!]!) { users { nodes { userName isMemberOf(groups: $groups) { asOf } } } }';
    const { data, errors } = await gateway.ask(query, { groups });
    expect((data as { users: { nodes: Json[] } }).users.nodes).toContainEqual({ userName: 'dee', isMemberOf: null });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/2000 groups of 9 resources are 18000 questions, at most 10000/),
      extensions: { code: 'TOO_MANY' },
    });
    expect(gateway.calls).toEqual(['find']);
  });

  test('members are counted directly and through other groups, each once, in one call each', async () => {
    const query = `{ groups(orderBy: [{ field: DISPLAY_NAME }]) { nodes { displayName memberCount all: memberCount(transitive: true) } } }`;
    const expected = {
      groups: {
        nodes: [
          { displayName: 'inner', memberCount: 2, all: 2 },
          { displayName: 'middle', memberCount: 2, all: 4 },
          { displayName: 'other', memberCount: 1, all: 3 },
          { displayName: 'outer', memberCount: 2, all: 6 },
        ],
      },
    };
    expect(await gateway.data(query)).toEqual(expected);
    expect(gateway.calls).toEqual(['find', 'linked', 'linked']);
    expect(await climbing.data(query)).toEqual(expected);
    // The nested groups are on the page itself, so that the first level has told what they hold.
    expect(climbing.calls).toEqual(['find', 'linked', 'linked']);
    climbing.calls.length = 0;
    const one = '{ group(by: { displayName: "outer" }) { memberCount(transitive: true) } }';
    expect(await climbing.data(one)).toEqual({ group: { memberCount: 6 } });
    expect(climbing.calls).toEqual(['byKeys', 'linked', 'linked', 'linked']);
  });
});
