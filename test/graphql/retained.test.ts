import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { levels } from '#test/support/levels-adapter.ts';
import { Gateway } from './gateway.ts';
import { fillOrganisation, type Organisation } from './organisation.ts';

/** Every way in which a person or a group can come up, of those who stay. */
const QUERY = `query ($gone: ID!, $lee: ID!, $inner: ID!, $dee: ID!) {
  users(orderBy: [{ field: USER_NAME }]) { totalCount nodes {
    userName manager { userName } managerChain { userName } directReports { totalCount nodes { userName } }
    reports { totalCount edges { distance node { userName } } }
    memberOf(transitive: true) { totalCount edges { via { displayName } node { displayName } } }
    isMemberOf(groups: [$inner], transitive: true) { results { isMember } }
  } }
  groups(orderBy: [{ field: DISPLAY_NAME }]) { totalCount nodes {
    displayName memberCount all: memberCount(transitive: true) hasMember(id: $dee, transitive: true)
    members(transitive: true) { totalCount edges { via { displayName } node { displayName } } }
    fitting: members(where: { user: {}, group: {} }) { totalCount nodes { displayName } }
  } }
  user(by: { id: $lee }) { id }
  node(id: $inner) { id }
  nodes(ids: [$lee, $inner]) { id }
  checkMembership(pairs: [{ member: $dee, group: $inner }, { member: $gone, group: $inner }], transitive: true) { results { isMember } }
  below: users(where: { manager: { eq: $lee, transitive: true } }) { totalCount }
  named: users(where: { manager: { some: { userName: { eq: "lee" } } } }) { totalCount }
  inside: users(where: { memberOf: { some: { displayName: { eq: "inner" } } } }) { totalCount }
  searched: search(text: "lee", types: ["User"]) { value }
}`;

describe('what DELETE has retained', () => {
  let gateway: Gateway;
  let climbing: Gateway;
  let ids: Organisation;

  beforeAll(async () => {
    let shared: DirectoryAdapter | undefined;
    const lifeCycle = { onDelete: 'retain' } as const;
    gateway = await Gateway.open({
      lifeCycle,
      decorate: (adapter) => {
        shared = adapter;
        return adapter;
      },
    });
    climbing = await Gateway.open({ lifeCycle, decorate: (adapter) => levels(shared ?? adapter) });
    ids = await fillOrganisation(gateway);
    const session = gateway.session();
    for (const [type, name] of [
      ['User', 'lee'],
      ['Group', 'inner'],
    ] as const) {
      const resourceType = session.registry.type(type);
      const id = ids[name];
      if (resourceType === undefined || id === undefined) throw new Error(`${type} ${name} expected`);
      await session.delete(resourceType, id);
      expect((await session.retained(resourceType, { limit: 10, offset: 0 })).items.map((each) => each.id)).toEqual([
        id,
      ]);
    }
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await climbing[Symbol.asyncDispose]();
  });

  test('appears nowhere: as no manager, report, member, group between, count or answer', async () => {
    const variables = { gone: ids['lee'], lee: ids['lee'], inner: ids['inner'], dee: ids['dee'] };
    for (const from of [gateway, climbing]) {
      const data = await from.data(QUERY, variables);
      expect(JSON.stringify(data)).not.toMatch(/"(lee|inner)"/);
      expect(data).toMatchObject({
        users: { totalCount: 8 },
        groups: {
          totalCount: 3,
          nodes: [
            { displayName: 'middle', memberCount: 1, all: 1, hasMember: false },
            { displayName: 'other', memberCount: 0, all: 0, hasMember: false, members: { totalCount: 0, edges: [] } },
            { displayName: 'outer', memberCount: 2, all: 3, hasMember: false },
          ],
        },
        user: null,
        node: null,
        nodes: [null, null],
        checkMembership: { results: [{ isMember: false }, { isMember: false }] },
        below: { totalCount: 0 },
        named: { totalCount: 0 },
        inside: { totalCount: 0 },
        searched: [],
      });
      const { nodes } = data['users'] as unknown as { nodes: readonly { userName: string }[] };
      expect(nodes.find(({ userName }) => userName === 'dee')).toMatchObject({
        manager: null,
        managerChain: [],
        memberOf: { totalCount: 0, edges: [] },
        isMemberOf: { results: [{ isMember: false }] },
      });
      expect(nodes.find(({ userName }) => userName === 'vera')).toMatchObject({
        directReports: { totalCount: 0, nodes: [] },
        reports: { totalCount: 0, edges: [] },
      });
    }
  });
});
