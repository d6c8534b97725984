import { expect, test } from 'vitest';
import { fillCompany } from '../company.ts';
import { Gateway } from '../gateway.ts';
import { done, mutate } from './mutate.ts';

test('a tenant that deactivates keeps whom a mutation deletes, inactive', async () => {
  await using gateway = await Gateway.open({ lifeCycle: { onDelete: 'deactivate' } });
  const { ada, platform } = await fillCompany(gateway);
  expect(await done(gateway, 'deleteUser', { id: ada })).toEqual({ id: ada });
  expect(await gateway.data('{ user(by: { userName: "ada" }) { active } }')).toEqual({ user: { active: false } });
  await done(gateway, 'deleteGroup', { id: platform });
  expect(await gateway.data('{ group(by: { displayName: "Platform" }) { id } }')).toEqual({ group: null });
});

test('a tenant that retains shows nobody whom a mutation has deleted', async () => {
  await using gateway = await Gateway.open({ lifeCycle: { onDelete: 'retain' } });
  const { ada } = await fillCompany(gateway);
  await done(gateway, 'deleteUser', { id: ada });
  expect(await gateway.data('{ user(by: { userName: "ada" }) { id } }')).toEqual({ user: null });
  expect(await mutate(gateway, 'patchUser', { id: ada, user: {} })).toMatchObject({ errors: [{ code: 'NOT_FOUND' }] });
});

test('a tenant with lenient references carries a write out without those that lead nowhere', async () => {
  await using gateway = await Gateway.open({ lifeCycle: { references: 'lenient' } });
  const { ada, platform } = await fillCompany(gateway);
  expect(await done(gateway, 'addMembers', { group: platform, members: ['nobody', ada] }, 'memberCount')).toEqual({
    memberCount: 2,
  });
  expect(await done(gateway, 'patchUser', { id: ada, user: { manager: 'nobody' } }, 'manager { id }')).toEqual({
    manager: null,
  });
});

test("a tenant that lets a user's groups be patched takes that as an operation", async () => {
  await using gateway = await Gateway.open({ lifeCycle: { userGroups: 'existing' } });
  const { cyd, platform } = await fillCompany(gateway);
  const operations = [{ op: 'ADD', path: 'groups', value: [{ value: platform }] }];
  const selection = 'memberOf { nodes { displayName } }';
  const { memberOf } = await done(gateway, 'patchUser', { id: cyd, operations }, selection);
  expect(JSON.stringify(memberOf)).toContain('Platform');
  const unknown = [{ op: 'ADD', path: 'groups', value: [{ value: 'nowhere' }] }];
  const { result, errors } = await mutate(gateway, 'patchUser', { id: cyd, operations: unknown });
  expect(result).toBeNull();
  expect(errors).toMatchObject([{ __typename: 'UnknownReference', code: 'INVALID_VALUE', id: 'nowhere' }]);
});
