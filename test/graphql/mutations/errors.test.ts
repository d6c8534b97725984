import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MUTATION_ERRORS } from '#graphql/resolvers/mutation/mutation-errors.ts';
import { BADGES } from '../badges.ts';
import { type Company, fillCompany } from '../company.ts';
import { Gateway } from '../gateway.ts';
import { done, mutate, type Values } from './mutate.ts';

describe('errors of mutations', () => {
  let gateway: Gateway;
  let company: Company;

  beforeEach(async () => {
    gateway = await Gateway.open({ sources: [{ name: 'badges.json', content: BADGES }] });
    company = await fillCompany(gateway);
  });
  afterEach(() => gateway[Symbol.asyncDispose]());

  /** The path of each error, without `input`, and what was expected there. */
  const faults = async (name: string, input: Values) => {
    const { errors } = await mutate(gateway, name, input);
    return errors.map(({ __typename, path, expected }) => {
      expect(__typename).toBe('InvalidInput');
      return [(path as readonly string[]).slice(1).join('.'), expected];
    });
  };

  const country = 'a country code of two letters (ISO 3166-1)';

  test('tell all faults of an input at once, each with its path in the input', async () => {
    const input = {
      userName: '',
      addresses: [{ country: 'DE' }, { country: 'Germany' }],
      x509Certificates: [{ value: 'AAAA' }],
      badgeOffice: { page: 'no uri', doors: [{ kind: 'x' }, { kind: 'side' }] },
      password: '',
    };
    expect(new Map((await faults('createUser', input)) as never)).toEqual(
      new Map([
        ['userName', 'a value, which is required'],
        ['addresses.1.country', country],
        ['x509Certificates.0.value', 'one X.509 certificate, DER in base64'],
        ['badgeOffice.page', 'a URI, absolute or relative'],
        ['badgeOffice.doors.0.kind', 'one of "main-gate", "back door"'],
        ['badgeOffice.doors.1.kind', 'one of "main-gate", "back door"'],
        ['password', 'a string that is not empty'],
      ]),
    );
  });

  test('of a patch as well, in whichever list a fault stands', async () => {
    const user = {
      userName: null,
      name: { familyName: 'a\u0000b' },
      addresses: { remove: [{ country: 'Germany' }] },
      x509Certificates: { set: [{ value: 'AAAA' }], add: [{ value: 'AAAA' }] },
      badgeOffice: { page: 'no uri', doors: { add: [{ kind: 'main-gate' }, { kind: 'side' }] } },
    };
    const found = await faults('patchUser', { id: company.ada, user });
    expect(found.map(([path]) => path).sort()).toEqual([
      'user.addresses.remove.0.country',
      'user.badgeOffice.doors.add.1.kind',
      'user.badgeOffice.page',
      'user.name.familyName',
      'user.userName',
      'user.x509Certificates',
      'user.x509Certificates',
    ]);
    expect(
      (await gateway.data('query ($id: ID!) { user(by: { id: $id }) { userName } }', { id: company.ada }))['user'],
    ).toEqual({
      userName: 'ada',
    });
  });

  test('of a replacement stand below the resource', async () => {
    const user = { userName: 'ada', addresses: [{ country: 'Germany' }] };
    expect(await faults('replaceUser', { id: company.ada, user })).toEqual([['user.addresses.0.country', country]]);
  });

  test('refuse null where a list says what to do, since it says nothing', async () => {
    const remedy = 'leave it out, or clear the attribute with null';
    for (const word of ['set', 'add', 'remove']) {
      const { errors } = await mutate(gateway, 'patchUser', { id: company.ada, user: { emails: { [word]: null } } });
      expect(errors).toMatchObject([
        { code: 'INVALID_VALUE', path: ['input', 'user', 'emails', word], got: 'null', remedy },
      ]);
    }
    const group = { id: company.platform, group: { members: { set: null } } };
    expect((await mutate(gateway, 'patchGroup', group)).errors).toMatchObject([
      { path: ['input', 'group', 'members', 'set'] },
    ]);
  });

  test('of operations say which part of which one', async () => {
    const operations = [
      { op: 'ADD', path: 'title', value: 'x' },
      { op: 'REPLACE', path: 'displayName' },
    ];
    const { errors } = await mutate(gateway, 'patchUser', { id: company.ada, operations });
    expect(errors).toMatchObject([{ code: 'INVALID_VALUE', path: ['input', 'operations', '1', 'value'] }]);
    const unknown = { id: company.ada, operations: [{ op: 'ADD', path: 'titel', value: 'x' }] };
    expect((await mutate(gateway, 'patchUser', unknown)).errors).toMatchObject([
      { code: 'INVALID_PATH', path: ['input', 'operations'], message: expect.stringMatching(/^titel: expected/) },
    ]);
    const malformed = { id: company.ada, operations: [{ op: 'ADD', path: 'emails[type eq work].value', value: 'x' }] };
    expect((await mutate(gateway, 'patchUser', malformed)).errors).toMatchObject([
      { __typename: 'InvalidInput', path: ['input', 'operations'] },
    ]);
    expect((await mutate(gateway, 'patchUser', { id: company.ada })).errors).toMatchObject([
      { path: ['input'], message: 'input: expected either user or operations' },
    ]);
  });

  test('name who has a unique value, and where it was given', async () => {
    const conflict = { __typename: 'UniquenessConflict', code: 'UNIQUENESS', holder: company.ada };
    const create = await mutate(gateway, 'createUser', { userName: 'Ada' });
    expect(create).toMatchObject({ result: null, errors: [{ ...conflict, path: ['input', 'userName'] }] });
    const patch = await mutate(gateway, 'patchUser', { id: company.bob, user: { userName: 'ada' } });
    expect(patch.errors).toMatchObject([{ ...conflict, path: ['input', 'user', 'userName'] }]);
  });

  test('name each id that leads nowhere, and where it was given', async () => {
    const { errors } = await mutate(gateway, 'addMembers', {
      group: company.platform,
      members: ['x', company.ada, 'y'],
    });
    expect(errors).toMatchObject([
      { __typename: 'UnknownReference', id: 'x', path: ['input', 'members', '0'], code: 'INVALID_VALUE' },
      { __typename: 'UnknownReference', id: 'y', path: ['input', 'members', '2'], code: 'INVALID_VALUE' },
    ]);
    const group = { displayName: 'New', members: [company.ada, 'x'] };
    expect((await mutate(gateway, 'createGroup', group)).errors).toMatchObject([
      { id: 'x', path: ['input', 'members', '1'] },
    ]);
    const change = { id: company.platform, group: { members: { remove: ['a'], add: ['x'] } } };
    expect((await mutate(gateway, 'patchGroup', change)).errors).toMatchObject([
      { id: 'x', path: ['input', 'group', 'members', 'add', '0'] },
    ]);
    const manager = { id: company.bob, user: { manager: company.platform } };
    expect((await mutate(gateway, 'patchUser', manager)).errors).toMatchObject([
      { __typename: 'UnknownReference', id: company.platform, path: ['input', 'user', 'manager'] },
    ]);
  });

  test('of a version tell the present one, which is read where it is selected alone', async () => {
    const read = async () =>
      (await done(gateway, 'patchUser', { id: company.ada, user: {} }, 'etag meta { version }')) as Values;
    const { etag } = await read();
    const ask = (selection: string, ifVersion: unknown) =>
      gateway.data(
        `mutation ($id: ID!, $ifVersion: String) {
          patchUser(input: { id: $id, ifVersion: $ifVersion, user: { title: "new" } }) { user { title } errors { ${selection} } }
        }`,
        { id: company.ada, ifVersion },
      );
    gateway.calls.length = 0;
    const stale = { user: null, errors: [{ code: 'VERSION_MISMATCH', path: ['input', 'ifVersion'] }] };
    expect(await ask('code path', 'W/"old"')).toEqual({ patchUser: stale });
    expect(gateway.calls).toEqual(['getMany']);
    expect(await ask('... on VersionMismatch { currentVersion }', '"old"')).toEqual({
      patchUser: { user: null, errors: [{ currentVersion: etag }] },
    });
    expect(await ask('code', null)).toMatchObject({ patchUser: { user: { title: 'new' } } });
    const now = String((await read())['etag']);
    expect(now).not.toBe(etag);
    expect(await ask('code', now.slice(3, -1))).toMatchObject({ patchUser: { errors: [] } });
  });

  test('whatever else is refused has its code', async () => {
    const circle = await mutate(gateway, 'addMembers', { group: company.platform, members: [company.everyone] });
    expect(circle.errors).toMatchObject([{ __typename: 'Refusal', code: 'CYCLE' }]);
    const emails = Array.from({ length: 1_000 }, (_, index) => ({ value: `${index}@x.example` }));
    await done(gateway, 'patchUser', { id: company.ada, user: { emails: { set: emails } } });
    const operations = Array.from({ length: 300 }, () => ({ op: 'REMOVE', path: 'emails[value eq "nobody"]' }));
    const large = await mutate(gateway, 'patchUser', { id: company.ada, operations });
    expect(large.errors).toMatchObject([{ __typename: 'Refusal', code: 'TOO_LARGE', path: null }]);
  });
});

test('docs/guides/graphql.md has each type with its codes', () => {
  const guide = readFileSync(new URL('../../../docs/guides/graphql.md', import.meta.url), 'utf8');
  const rows = [
    ...guide.matchAll(/^\| `(InvalidInput|UniquenessConflict|VersionMismatch|NotFound|Refusal)` \| ([A-Z_, ]+) \|/gm),
  ];
  const documented = rows.flatMap(([, type = '', codes = '']) => codes.split(', ').map((code) => [code, type]));
  const known = Object.entries(MUTATION_ERRORS).filter(([, type]) => type !== null);
  expect(documented.sort()).toEqual(known.sort());
});
