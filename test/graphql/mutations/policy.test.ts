import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, fillCompany } from '../company.ts';
import { ENTERPRISE_USER, Gateway } from '../gateway.ts';
import { mutation } from './mutate.ts';

const POLICIES = new Map([
  ['apps', { hide: ['emails', 'name.familyName', `${ENTERPRISE_USER}:department`, 'manager'] }],
]);

describe('a credential that does not see everything', () => {
  let gateway: Gateway;
  let company: Company;
  beforeAll(async () => {
    gateway = await Gateway.open({ policies: POLICIES });
    company = await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const ask = (name: string, input: object, selection?: string) =>
    gateway.post(JSON.stringify({ query: mutation(name, selection), variables: { input } }), { 'x-policy': 'apps' });
  const patch = (user: object, selection?: string) => ask('patchUser', { id: company.ada, user }, selection);

  test.each([
    [{ emails: { add: [{ value: 'x@x.example' }] } }, 'emails'],
    [{ emails: null }, 'emails'],
    [{ name: { familyName: 'X' } }, 'name.familyName'],
    [{ name: null }, 'name'],
    [{ enterprise: { department: 'X' } }, 'enterprise.department'],
    [{ enterprise: null }, 'enterprise'],
    [{ manager: null }, 'manager'],
  ])('writes nothing of what is hidden, and is told where it stands: %j', async (user, place) => {
    const { data } = await patch(user);
    const path = expect.arrayContaining(['input', 'user', ...place.split('.')]);
    expect(data).toMatchObject({
      patchUser: { user: null, errors: [{ __typename: 'Refusal', code: 'FORBIDDEN', path }] },
    });
  });

  test('writes what it sees, part by part, and is shown no more by the answer', async () => {
    const user = { title: 'Chief', name: { givenName: 'Augusta' }, enterprise: { costCenter: '7' } };
    const selection = 'title name { givenName familyName } emails { value } enterprise { costCenter department }';
    const { data, extensions } = await patch(user, selection);
    expect(data).toEqual({
      patchUser: {
        user: {
          title: 'Chief',
          name: { givenName: 'Augusta', familyName: null },
          emails: null,
          enterprise: { costCenter: '7', department: null },
        },
        errors: [],
      },
    });
    expect(extensions).toEqual({
      hidden: ['patchUser.user.name.familyName', 'patchUser.user.emails', 'patchUser.user.enterprise.department'],
    });
    const kept = await gateway.data(
      '{ user(by: { userName: "ada" }) { name { familyName } emails { value } enterprise { department } } }',
    );
    expect(kept).toMatchObject({ user: { name: { familyName: 'Lovelace' }, enterprise: { department: 'R&D' } } });
  });

  test('says nothing of the whole, which it does not see', async () => {
    const { data } = await ask('replaceUser', { id: company.ada, user: { userName: 'ada' } });
    expect(data).toMatchObject({ replaceUser: { user: null, errors: [{ code: 'FORBIDDEN' }] } });
    const created = await ask('createUser', { userName: 'new', emails: [{ value: 'n@x.example' }] });
    expect(created.data).toMatchObject({ createUser: { user: null, errors: [{ code: 'FORBIDDEN' }] } });
  });
});
