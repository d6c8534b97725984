import { describe, expect, test } from 'vitest';
import { ENTERPRISE, patch, patched } from './patched.ts';

describe('Entra ID', () => {
  test.each(['False', 'false', false])('disables by %j in capitalised operations', (value) => {
    expect(patched({ active: true }, { op: 'Replace', path: 'active', value })).toEqual({ active: false });
  });

  test('sends dotted and fully qualified keys without a path', () => {
    const value = {
      displayName: 'Bjfe',
      'name.givenName': 'Kkom',
      'name.familyName': 'Unua',
      [`${ENTERPRISE}:employeeNumber`]: 'Aklq',
    };
    expect(patched({ name: { formatted: 'x' } }, { op: 'replace', value })).toEqual({
      displayName: 'Bjfe',
      name: { formatted: 'x', familyName: 'Unua', givenName: 'Kkom' },
      [ENTERPRISE]: { employeeNumber: 'Aklq' },
    });
  });

  test('sends a nested extension object without a path', () => {
    const value = { [ENTERPRISE]: { department: 'Sales' } };
    expect(patched({ [ENTERPRISE]: { division: 'North' } }, { op: 'replace', value })).toEqual({
      [ENTERPRISE]: { division: 'North', department: 'Sales' },
    });
  });

  test.each(['Add', 'Replace'])('%s of a filtered value makes it where none matches', (op) => {
    const operations = [
      { op, path: 'emails[type eq "work"].primary', value: true },
      { op, path: 'emails[type eq "work"].value', value: 'babs@example.com' },
      { op, path: 'emails[type eq "work"].display', value: 'Babs' },
      { op, path: 'addresses[type eq "work"].Country', value: 'se' },
      { op, path: 'phoneNumbers[type eq "mobile"].value', value: '55555555555' },
    ];
    expect(patched({}, ...operations)).toEqual({
      emails: [{ value: 'babs@example.com', display: 'Babs', type: 'work', primary: true }],
      addresses: [{ type: 'work', country: 'SE' }],
      phoneNumbers: [{ value: '55555555555', type: 'mobile' }],
    });
  });

  test('writes filtered paths as keys', () => {
    const value = { 'emails[type eq "work"].value': 'a@b.example', 'emails[type eq "work"].display': 'A' };
    expect(patched({}, { op: 'replace', value })).toEqual({
      emails: [{ value: 'a@b.example', display: 'A', type: 'work' }],
    });
  });

  test('compares a boolean with text in roles', () => {
    const operations = [
      { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Admin' },
      { op: 'Add', path: 'roles[primary eq "True"].display', value: 'Administrator' },
    ];
    expect(patched({}, ...operations)).toEqual({
      roles: [{ value: 'Admin', display: 'Administrator', primary: true }],
    });
  });

  test('sends roles as JSON within a string, which is kept as it is', () => {
    const role = { value: '{"id":"1","value":"Admin"}', type: 'WindowsAzureActiveDirectoryRole' };
    expect(patched({}, { op: 'Add', path: 'roles', value: [{ ...role, displayName: 'Admin' }] })).toEqual({
      roles: [{ ...role, display: 'Admin' }],
    });
  });

  test.each([
    ['a bare id', `${ENTERPRISE}:manager`, '271'],
    ['an object', `${ENTERPRISE}:manager`, { value: '271', displayName: 'Boss' }],
    ['a dot behind the URN', `${ENTERPRISE}.manager`, '271'],
    ['the sub-attribute', `${ENTERPRISE}:manager.value`, '271'],
    ['an array of one, by its bare name', 'manager', [{ $ref: 'http://idp.example/Users/271', value: '271' }]],
  ])('names the manager by %s', (_, path, value) => {
    const { links, attributes } = patch([{ op: 'Add', path, value }]);
    expect([links, attributes]).toEqual([{ manager: '271' }, { userName: 'babs' }]);
  });

  test.each([
    { op: 'Replace', path: `${ENTERPRISE}:manager`, value: '' },
    { op: 'Replace', path: `${ENTERPRISE}:manager.value`, value: null },
    { op: 'Remove', path: `${ENTERPRISE}:manager`, value: '271' },
    { op: 'Remove', path: ENTERPRISE },
    { op: 'replace', value: { [ENTERPRISE]: { manager: null } } },
  ])('clears the manager by %j', (operation) => {
    expect(patch([operation], { links: { manager: '271' as never } }).links).toEqual({});
  });

  test('keeps the manager where only computed parts are named', () => {
    const operation = { op: 'replace', value: { [ENTERPRISE]: { manager: { displayName: 'Boss' } } } };
    expect(patch([operation], { links: { manager: '271' as never } }).links).toEqual({ manager: '271' });
  });

  test('clears by an empty string, and makes no value for one', () => {
    const before = { title: 'CEO', phoneNumbers: [{ value: '1', type: 'work' }] };
    const operations = [
      { op: 'Replace', path: 'title', value: '' },
      { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: '' },
      { op: 'Replace', path: 'phoneNumbers[type eq "fax"].value', value: '' },
    ];
    expect(patched(before, ...operations)).toEqual({});
  });

  test('removes with a value, which is never set', () => {
    const before = { emails: [{ value: 'a@example.com', type: 'work' }], title: 'CEO' };
    const operations = [
      { op: 'Remove', path: 'emails[type eq "work"].value', value: 'updated@example.com' },
      { op: 'Remove', path: 'title', value: 'CEO' },
    ];
    expect(patched(before, ...operations)).toEqual({});
  });

  test.each([
    ['objects', [{ $ref: null, value: 'A@example.com', display: 'x' }]],
    ['one object', { value: 'a@example.com', type: 'work' }],
    ['strings', ['a@example.com']],
  ])('removes by a list of %s only what is listed', (_, value) => {
    const before = {
      emails: [
        { value: 'a@example.com', type: 'work' },
        { value: 'b@example.com', type: 'work' },
      ],
    };
    expect(patched(before, { op: 'Remove', path: 'emails', value })).toEqual({
      emails: [{ value: 'b@example.com', type: 'work' }],
    });
  });

  test('removes nothing by an empty list', () => {
    const before = { emails: [{ value: 'a@example.com' }] };
    expect(patched(before, { op: 'Remove', path: 'emails', value: [] })).toEqual(before);
  });
});

describe('Okta, SailPoint and others', () => {
  test.each([
    { op: 'replace', value: { active: false } },
    { op: 'add', value: { active: false } },
  ])('disable without a path: %j', (operation) => {
    expect(patched({ active: true }, operation)).toEqual({ active: false });
  });

  test('Okta sends a password without a path, which is no attribute', () => {
    const result = patch([{ op: 'replace', value: { password: 'tops3cret' } }]);
    expect(result).toEqual({
      attributes: { userName: 'babs' },
      links: {},
      password: 'tops3cret',
    });
  });

  test('a password is cleared by null and by remove', () => {
    expect(patch([{ op: 'remove', path: 'password' }]).password).toBeNull();
    expect(patch([{ op: 'replace', path: 'password', value: null }]).password).toBeNull();
  });

  test('authentik sends the whole resource, of which the read-only parts are ignored', () => {
    const value = {
      schemas: ['x'],
      id: 'r1',
      meta: { resourceType: 'User' },
      groups: [{ value: 'g1' }],
      'meta.version': '1',
      externalId: 'e1',
      [`${ENTERPRISE}:manager.displayName`]: 'Boss',
    };
    expect(patched({}, { op: 'replace', value })).toEqual({ externalId: 'e1' });
  });

  test('SailPoint sends parts of a complex value in several operations', () => {
    const operations = [{ name: { givenName: 'Barbara' } }, { name: { familyName: 'Jensen' } }];
    expect(patched({}, ...operations.map((value) => ({ op: 'replace', value })))).toEqual({
      name: { familyName: 'Jensen', givenName: 'Barbara' },
    });
  });

  test('a single object and a bare string stand for an array of one', () => {
    const operations = [
      { op: 'replace', value: { emails: { value: 'a@example.com' } } },
      { op: 'add', path: 'phoneNumbers', value: '555' },
    ];
    expect(patched({}, ...operations)).toEqual({
      emails: [{ value: 'a@example.com' }],
      phoneNumbers: [{ value: '555' }],
    });
  });
});
