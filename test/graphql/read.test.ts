import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, fillCompany } from './company.ts';
import { Gateway } from './gateway.ts';

describe('reading people and groups', () => {
  let gateway: Gateway;
  let company: Company;

  beforeAll(async () => {
    gateway = await Gateway.open();
    company = await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test('a person is found by any of the values that identify one', async () => {
    for (const by of [{ id: company.ada }, { userName: 'ADA' }, { externalId: 'E1' }, { email: 'Ada@acme.example' }]) {
      const data = await gateway.data('query ($by: UserBy!) { user(by: $by) { userName } }', { by });
      expect(data, JSON.stringify(by)).toEqual({ user: { userName: 'ada' } });
    }
    expect(await gateway.data('{ user(by: { userName: "nobody" }) { id } }')).toEqual({ user: null });
  });

  test('attributes come as they were written, by type: text, lists, extensions, enums beside text', async () => {
    const query = `{
      user(by: { userName: "ada" }) {
        __typename id externalId schemas title active nickName
        name { familyName givenName }
        emails { value type typeValue primary }
        phoneNumbers { value }
        enterprise { department costCenter }
        meta { resourceType location version created lastModified }
      }
    }`;
    const { user } = await gateway.data(query);
    expect(user).toEqual({
      __typename: 'User',
      id: company.ada,
      externalId: 'E1',
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:User',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      ],
      title: 'Head',
      active: true,
      nickName: null,
      name: { familyName: 'Lovelace', givenName: 'Ada' },
      emails: [
        { value: 'ada@acme.example', type: 'work', typeValue: 'WORK', primary: true },
        { value: 'ada@home.example', type: 'Home', typeValue: 'HOME', primary: null },
      ],
      phoneNumbers: [],
      enterprise: { department: 'R&D', costCenter: null },
      meta: {
        resourceType: 'User',
        location: `https://id.example.com/scim/v2/Users/${company.ada}`,
        version: expect.stringMatching(/^W\/".+"$/),
        created: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        lastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
    });
  });

  test('a value outside the canonical ones is text without an enum', async () => {
    const data = await gateway.data('{ user(by: { userName: "bob" }) { emails { type typeValue } } }');
    expect(data).toEqual({ user: { emails: [{ type: 'pager', typeValue: null }] } });
  });

  test('managers and their reports are people; one without a manager has null', async () => {
    const query = `{ users(orderBy: [{ field: USER_NAME }]) {
      nodes { userName manager { userName manager { id } } directReports { totalCount nodes { userName } } }
    } }`;
    expect(await gateway.data(query)).toEqual({
      users: {
        nodes: [
          {
            userName: 'ada',
            manager: null,
            directReports: { totalCount: 2, nodes: expect.arrayContaining([{ userName: 'bob' }, { userName: 'cyd' }]) },
          },
          { userName: 'bob', manager: { userName: 'ada', manager: null }, directReports: { totalCount: 0, nodes: [] } },
          { userName: 'cyd', manager: { userName: 'ada', manager: null }, directReports: { totalCount: 0, nodes: [] } },
        ],
      },
    });
  });

  test('memberships are direct unless transitive ones are asked for, which say what lies between', async () => {
    const query = `{ user(by: { userName: "bob" }) {
      memberOf { nodes { displayName } }
      all: memberOf(transitive: true) { edges { direct via { displayName } node { displayName } } }
    } }`;
    expect(await gateway.data(query)).toEqual({
      user: {
        memberOf: { nodes: [{ displayName: 'Platform' }] },
        all: {
          edges: [
            { direct: true, via: null, node: { displayName: 'Platform' } },
            { direct: false, via: { displayName: 'Platform' }, node: { displayName: 'Engineering' } },
            { direct: false, via: { displayName: 'Engineering' }, node: { displayName: 'Everyone' } },
          ],
        },
      },
    });
  });

  test('members are people and groups, each with the fields of its type', async () => {
    const query = `query ($by: GroupBy!) { group(by: $by) {
      members { nodes { __typename id displayName ... on User { userName active } ... on Group { memberOf { totalCount } } } }
      people: members(transitive: true, type: "User") { totalCount edges { direct node { displayName } } }
    } }`;
    expect(await gateway.data(query, { by: { displayName: 'everyone' } })).toEqual({
      group: {
        members: {
          nodes: expect.arrayContaining([
            { __typename: 'User', id: company.cyd, displayName: 'Cyd', userName: 'cyd', active: false },
            { __typename: 'Group', id: company.engineering, displayName: 'Engineering', memberOf: { totalCount: 1 } },
          ]),
        },
        people: {
          totalCount: 3,
          edges: expect.arrayContaining([
            { direct: true, node: { displayName: 'Cyd' } },
            { direct: false, node: { displayName: 'Ada' } },
            { direct: false, node: { displayName: 'Bob' } },
          ]),
        },
      },
    });
  });

  test('node and nodes find resources of every type by id, in order, null where there is none', async () => {
    const { ada, platform } = company;
    const query = `query ($ids: [ID!]!, $id: ID!) {
      node(id: $id) { id ... on Group { displayName } }
      nodes(ids: $ids) { __typename ... on User { userName } ... on Resource { meta { resourceType } } }
    }`;
    expect(await gateway.data(query, { id: platform, ids: [platform, 'none', ada] })).toEqual({
      node: { id: platform, displayName: 'Platform' },
      nodes: [
        { __typename: 'Group', meta: { resourceType: 'Group' } },
        null,
        { __typename: 'User', userName: 'ada', meta: { resourceType: 'User' } },
      ],
    });
  });

  test('aliases of one field with other arguments, fragments and directives each get their own answer', async () => {
    const query = `
      query ($no: Boolean = false) { user(by: { userName: "bob" }) {
        a: memberOf { x: nodes { ...G } y: nodes { m: members(first: 1) { totalCount } } edges { node { m: members(first: 0) { nodes { id } } } } }
        b: memberOf(transitive: true) { nodes { ...G @skip(if: $no) } }
        c: memberOf @include(if: $no) { totalCount }
      } }
      fragment G on Group { displayName m: memberOf { nodes { displayName } } }`;
    expect(await gateway.data(query)).toEqual({
      user: {
        a: {
          x: [{ displayName: 'Platform', m: { nodes: [{ displayName: 'Engineering' }] } }],
          y: [{ m: { totalCount: 1 } }],
          edges: [{ node: { m: { nodes: [] } } }],
        },
        b: {
          nodes: [
            { displayName: 'Platform', m: { nodes: [{ displayName: 'Engineering' }] } },
            { displayName: 'Engineering', m: { nodes: [{ displayName: 'Everyone' }] } },
            { displayName: 'Everyone', m: { nodes: [] } },
          ],
        },
      },
    });
  });

  test('another tenant finds nothing of it, by no way', async () => {
    const query = `query ($id: ID!) {
      node(id: $id) { id } nodes(ids: [$id]) { id } user(by: { id: $id }) { id } users { totalCount }
      search: users(where: { id: { eq: $id } }) { nodes { id } }
    }`;
    const { data } = await gateway.ask(query, { id: company.ada }, 'other');
    expect(data).toEqual({ node: null, nodes: [null], user: null, users: { totalCount: 0 }, search: { nodes: [] } });
  });
});
