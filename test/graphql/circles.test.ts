import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DirectoryAdapter, Page } from '#adapters/adapter.ts';
import type { EdgeName, Linked, ResourceId } from '#model/resource.ts';
import { levels } from '#test/support/levels-adapter.ts';
import { Gateway } from './gateway.ts';
import { fillOrganisation, type Organisation } from './organisation.ts';

/** Groups that hold each other in a circle, as a directory may that something else than Portico writes to: Inner also holds Outer. */
function circular(adapter: DirectoryAdapter, ids: () => Organisation): DirectoryAdapter {
  const further = (edge: EdgeName, direction: 'out' | 'in', id: ResourceId): readonly Linked[] => {
    const { inner, outer } = ids();
    const [from, to] = direction === 'out' ? [inner, outer] : [outer, inner];
    return edge === 'members' && id === from && to !== undefined
      ? [{ id: to, type: 'Group', depth: 1, attributes: { displayName: direction === 'out' ? 'outer' : 'inner' } }]
      : [];
  };
  const linked: DirectoryAdapter['linked'] = async (call, edge, direction, asked, options) => {
    const pages = await adapter.linked(call, edge, direction, asked, options);
    return pages.map((page, index): Page<Linked> => {
      const more = further(edge, direction, asked[index] as ResourceId);
      return page.next === undefined && more.length > 0 ? { ...page, items: [...page.items, ...more] } : page;
    });
  };
  return new Proxy(adapter, {
    get(target, name) {
      if (name === 'linked') return linked;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

describe('groups in a circle, on a backend that is walked level by level', () => {
  let gateway: Gateway;
  let ids: Organisation = {};

  beforeAll(async () => {
    gateway = await Gateway.open({ decorate: (adapter) => circular(levels(adapter), () => ids) });
    ids = await fillOrganisation(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const group = async (selection: string) =>
    (await gateway.data(`{ group(by: { displayName: "outer" }) { ${selection} } }`))['group'];

  test('are walked once around: each resource is listed once, the start among them since the circle leads back to it', async () => {
    const { members, memberOf } = (await group(
      'members(transitive: true) { totalCount nodes { id } } memberOf(transitive: true) { nodes { displayName } }',
    )) as unknown as { members: { totalCount: number; nodes: { id: string }[] }; memberOf: { nodes: object[] } };
    const expected = ['middle', 'other', 'inner', 'vic', 'dee', 'dan', 'outer'].map((name) => ids[name]);
    expect(members.nodes.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
    expect(members.totalCount).toBe(7);
    expect(memberOf.nodes.map((node) => JSON.stringify(node)).toSorted()).toEqual(
      ['inner', 'middle', 'other', 'outer'].map((displayName) => JSON.stringify({ displayName })),
    );
  });

  test('are counted and asked about in finite time', async () => {
    expect(await group('memberCount(transitive: true)')).toEqual({ memberCount: 7 });
    const pairs = [
      { member: ids['outer'], group: ids['outer'] },
      { member: ids['outer'], group: ids['middle'] },
      { member: ids['vic'], group: ids['other'] },
      { member: ids['lee'], group: ids['outer'] },
    ];
    const query = `query ($pairs: [MembershipPair!]!) { checkMembership(pairs: $pairs, transitive: true) { results { isMember } } }`;
    expect(await gateway.data(query, { pairs })).toEqual({
      checkMembership: { results: [true, true, true, false].map((isMember) => ({ isMember })) },
    });
  });
});
