import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { fillCompany } from '../company.ts';
import { Gateway } from '../gateway.ts';
import { done, mutate } from '../mutations/mutate.ts';

/** What an application does over a day; `test/graphql/mutations` has the rest. */
describe('ask 15: few mutations, equal to SCIM, and none where an identity provider owns the data', () => {
  test('somebody joins, moves and leaves', async () => {
    await using gateway = await Gateway.open();
    const { ada, engineering } = await fillCompany(gateway);
    const { id, etag } = await done(
      gateway,
      'createUser',
      { userName: 'dan', emails: [{ value: 'dan@acme.example', type: 'work' }], manager: ada },
      'id etag',
    );
    const dan = id as string;
    const joined = await done(gateway, 'addMembers', { group: engineering, members: [dan] }, `hasMember(id: "${dan}")`);
    expect(joined).toEqual({ hasMember: true });
    const moved = {
      id: dan,
      ifVersion: etag as string,
      user: { title: 'Engineer', enterprise: { department: 'R&D' } },
    };
    expect(await done(gateway, 'patchUser', moved, 'title memberOf { nodes { displayName } }')).toEqual({
      title: 'Engineer',
      memberOf: { nodes: [{ displayName: 'Engineering' }] },
    });
    const again = await mutate(gateway, 'patchUser', moved);
    expect(again).toMatchObject({ result: null, errors: [{ code: 'VERSION_MISMATCH', path: ['input', 'ifVersion'] }] });
    expect(await done(gateway, 'patchUser', { id: dan, user: { active: false } }, 'active')).toEqual({ active: false });
    await done(gateway, 'removeMembers', { group: engineering, members: [dan] });
    await done(gateway, 'deleteUser', { id: dan });
    expect(await gateway.data('{ user(by: { userName: "dan" }) { id } }')).toEqual({ user: null });
  });

  test('they are few: four for each type, and two for members', async () => {
    await using gateway = await Gateway.open();
    const { __schema: schema } = await gateway.data('{ __schema { mutationType { fields { name } } } }');
    const { mutationType } = schema as { mutationType: { fields: readonly { name: string }[] } };
    expect(mutationType.fields.map(({ name }) => name)).toEqual([
      ...['createUser', 'replaceUser', 'patchUser', 'deleteUser'],
      ...['createGroup', 'replaceGroup', 'patchGroup', 'deleteGroup'],
      ...['addMembers', 'removeMembers'],
    ]);
  });

  test("a tenant's SDL has none where its data is another's", async () => {
    await using gateway = await Gateway.open({ settings: { mutations: false } });
    const response = await fetch(`${gateway.url}/graphql/schema.graphql`, { headers: { 'x-tenant': 'acme' } });
    expect(buildSchema(await response.text()).getMutationType()).toBeUndefined();
    expect((await gateway.ask('mutation { deleteUser(input: { id: "x" }) { id } }')).errors).toMatchObject([
      { extensions: { code: 'READ_ONLY' } },
    ]);
  });
});
