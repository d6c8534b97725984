import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Company, fillCompany } from '../company.ts';
import { Gateway } from '../gateway.ts';
import { done, mutate, type Values } from './mutate.ts';

/** Members come in an order of their ids. */
function memberNames(group: Values): readonly unknown[] {
  const { nodes } = group['members'] as { readonly nodes: readonly Values[] };
  return nodes.map((node) => node['displayName']).sort();
}

describe('mutations', () => {
  let gateway: Gateway;
  let company: Company;

  beforeEach(async () => {
    gateway = await Gateway.open();
    company = await fillCompany(gateway);
  });
  afterEach(() => gateway[Symbol.asyncDispose]());

  const person = async (id: string, selection: string) =>
    (await gateway.data(`query ($id: ID!) { user(by: { id: $id }) { ${selection} } }`, { id }))['user'];

  test('create a person with values, an extension and a manager, in one adapter call and what the answer selects', async () => {
    const input = {
      userName: 'dan',
      externalId: 'E4',
      name: { givenName: 'Dan' },
      emails: [{ value: 'dan@acme.example', type: 'work', primary: true }],
      enterprise: { department: 'Sales' },
      manager: company.ada,
    };
    const selection = `userName externalId active name { givenName } emails { value type primary } enterprise { department }
      manager { userName } schemas`;
    expect(await done(gateway, 'createUser', input, selection)).toEqual({
      ...input,
      active: true,
      manager: { userName: 'ada' },
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:User',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      ],
    });
    expect(gateway.calls).toEqual(['write', 'getMany']);
  });

  test('replace a person: what is left out is cleared, except `active` and what cannot be written', async () => {
    await done(gateway, 'patchUser', { id: company.ada, user: { active: false } });
    const input = { id: company.ada, user: { userName: 'ada', title: 'Director' } };
    const selection = 'id userName title displayName active externalId emails { value } enterprise { department }';
    expect(await done(gateway, 'replaceUser', input, selection)).toEqual({
      id: company.ada,
      userName: 'ada',
      title: 'Director',
      displayName: null,
      active: false,
      externalId: null,
      emails: [],
      enterprise: null,
    });
  });

  test('patch: what is given is set, null clears, what is left out stays', async () => {
    const user = { title: null, name: { givenName: 'Augusta', middleName: 'King' }, enterprise: { costCenter: '7' } };
    const selection = 'title displayName name { givenName familyName middleName } enterprise { department costCenter }';
    expect(await done(gateway, 'patchUser', { id: company.ada, user }, selection)).toEqual({
      title: null,
      displayName: 'Ada',
      name: { givenName: 'Augusta', familyName: 'Lovelace', middleName: 'King' },
      enterprise: { department: 'R&D', costCenter: '7' },
    });
    const cleared = { name: { familyName: null }, enterprise: null };
    expect(await done(gateway, 'patchUser', { id: company.ada, user: cleared }, selection)).toMatchObject({
      name: { givenName: 'Augusta', familyName: null },
      enterprise: null,
    });
  });

  test('patch lists by set, remove and add, in that order', async () => {
    const change = async (emails: object | null) =>
      (await done(gateway, 'patchUser', { id: company.ada, user: { emails } as never }, 'emails { value type }'))[
        'emails'
      ];
    expect(await change({ remove: [{ value: 'ADA@home.example' }], add: [{ value: 'a@new.example' }] })).toEqual([
      { value: 'ada@acme.example', type: 'work' },
      { value: 'a@new.example', type: null },
    ]);
    expect(await change({ remove: [{ type: 'work' }], add: [] })).toEqual([{ value: 'a@new.example', type: null }]);
    expect(
      await change({ set: [{ value: '1@x.example' }, { value: '2@x.example' }], remove: [{ value: '1@x.example' }] }),
    ).toEqual([{ value: '2@x.example', type: null }]);
    expect(await change({})).toHaveLength(1);
    expect(await change({ remove: [] })).toHaveLength(1);
    expect(await change(null)).toEqual([]);
  });

  test('a manager is an id, given and taken', async () => {
    const set = { id: company.ada, user: { manager: company.cyd } };
    expect(await done(gateway, 'patchUser', set, 'manager { userName } enterprise { department }')).toEqual({
      manager: { userName: 'cyd' },
      enterprise: { department: 'R&D' },
    });
    expect(
      await done(gateway, 'patchUser', { id: company.ada, user: { enterprise: null } }, 'manager { userName }'),
    ).toEqual({
      manager: { userName: 'cyd' },
    });
    expect(
      await done(gateway, 'patchUser', { id: company.ada, user: { manager: null } }, 'manager { userName }'),
    ).toEqual({
      manager: null,
    });
  });

  test('operations say what typed changes cannot, and stand alone', async () => {
    const operations = [{ op: 'REPLACE', path: 'emails[type eq "work"].value', value: 'new@acme.example' }];
    expect(await done(gateway, 'patchUser', { id: company.ada, operations }, 'emails { value type }')).toEqual({
      emails: [
        { value: 'new@acme.example', type: 'work' },
        { value: 'ada@home.example', type: 'Home' },
      ],
    });
    for (const input of [{ id: company.ada }, { id: company.ada, operations, user: { title: 'x' } }]) {
      const { errors } = await mutate(gateway, 'patchUser', input);
      expect(errors).toMatchObject([{ code: 'INVALID_VALUE', path: ['input'], expected: 'either user or operations' }]);
    }
  });

  test('delete answers the id, and the resource is gone', async () => {
    expect(await mutate(gateway, 'deleteUser', { id: company.bob })).toEqual({ result: company.bob, errors: [] });
    expect(await person(company.bob, 'id')).toBeNull();
    expect(await mutate(gateway, 'deleteUser', { id: company.bob })).toMatchObject({
      result: null,
      errors: [{ __typename: 'NotFound', code: 'NOT_FOUND', path: ['input', 'id'], id: company.bob }],
    });
  });

  test('groups are created, replaced and patched with their members as ids', async () => {
    const names = 'displayName members { nodes { displayName } }';
    const group = await done(gateway, 'createGroup', { displayName: 'New', members: [company.ada] }, `id ${names}`);
    expect(group).toMatchObject({ displayName: 'New', members: { nodes: [{ displayName: 'Ada' }] } });
    const id = group['id'] as string;
    const change = { id, group: { members: { remove: [company.ada], add: [company.bob, company.cyd] } } };
    expect(memberNames(await done(gateway, 'patchGroup', change, names))).toEqual(['Bob', 'Cyd']);
    const one = { id, group: { members: { set: [company.ada] } } };
    expect(await done(gateway, 'patchGroup', one, names)).toMatchObject({
      members: { nodes: [{ displayName: 'Ada' }] },
    });
    const whole = { id, group: { displayName: 'Newer' } };
    expect(await done(gateway, 'replaceGroup', whole, names)).toEqual({ displayName: 'Newer', members: { nodes: [] } });
  });

  test('each mutation of a document answers for itself, in order, and sees those before it', async () => {
    const query = `mutation ($group: ID!, $bob: ID!, $cyd: ID!) {
      first: addMembers(input: { group: $group, members: [$cyd] }) { group { members { nodes { displayName } } } errors { code } }
      wrong: createUser(input: { userName: "BOB" }) { user { id } errors { code path } }
      second: removeMembers(input: { group: $group, members: [$bob] }) { group { members { nodes { displayName } } } errors { code } }
    }`;
    const data = await gateway.data(query, { group: company.platform, bob: company.bob, cyd: company.cyd });
    expect(memberNames((data['first'] as Values)['group'] as Values)).toEqual(['Bob', 'Cyd']);
    expect(data).toMatchObject({
      first: { errors: [] },
      wrong: { user: null, errors: [{ code: 'UNIQUENESS', path: ['input', 'userName'] }] },
      second: { group: { members: { nodes: [{ displayName: 'Cyd' }] } }, errors: [] },
    });
  });

  test('what was read before a write is read again after it, on the primary', async () => {
    const query = `mutation ($id: ID!) {
      a: patchUser(input: { id: $id, user: { title: "1" } }) { user { title directReports { nodes { manager { title } } } } errors { code } }
      b: patchUser(input: { id: $id, user: { title: "2" } }) { user { title directReports { nodes { manager { title } } } } errors { code } }
    }`;
    const answer = (title: string) => ({
      user: { title, directReports: { nodes: [{ manager: { title } }, { manager: { title } }] } },
      errors: [],
    });
    expect(await gateway.data(query, { id: company.ada })).toEqual({ a: answer('1'), b: answer('2') });
  });
});
