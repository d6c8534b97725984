import { describe, expect, test } from 'vitest';
import { ENTERPRISE, GROUP, memberChange, patch, refused, STRICT } from './patched.ts';

const add = (...ids: readonly string[]) => ({ op: 'add', path: 'members', value: ids.map((value) => ({ value })) });
const remove = (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` });

describe('operations on members become one change', () => {
  test.each([
    ['add', [add('a', 'b', 'a')], { add: [{ id: 'a' }, { id: 'b' }] }],
    [
      'add with a type in any case, a null $ref and a display',
      [{ op: 'Add', path: 'members', value: [{ $ref: null, value: 'a', type: 'user', display: 'A' }] }],
      { add: [{ id: 'a', type: 'User' }] },
    ],
    [
      'add with $ref that agrees',
      [{ op: 'add', path: 'members', value: [{ value: 'a', $ref: 'https://x.example/v2/Groups/a', Type: 'Group' }] }],
      { add: [{ id: 'a', type: 'Group' }] },
    ],
    ['add of a single object', [{ op: 'add', path: 'members', value: { value: 'a' } }], { add: [{ id: 'a' }] }],
    ['add of bare strings (Postman)', [{ op: 'add', path: 'members', value: ['a'] }], { add: [{ id: 'a' }] }],
    ['add without a path', [{ op: 'add', value: { members: [{ value: 'a' }] } }], { add: [{ id: 'a' }] }],
    ['add of nothing', [{ op: 'add', path: 'members', value: [] }], {}],
    ['remove by filter', [remove('a'), remove('c')], { remove: ['a', 'c'] }],
    [
      'remove by a filter over several',
      [{ op: 'remove', path: 'members[value eq "a" or (value eq "b" or value eq "c")]' }],
      { remove: ['a', 'b', 'c'] },
    ],
    [
      'remove by a list of values (Entra, authentik, JumpCloud)',
      [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: 'a' }] }],
      { remove: ['a'] },
    ],
    ['remove by an empty list', [{ op: 'remove', path: 'members', value: [] }], {}],
    ['remove of all', [{ op: 'remove', path: 'members' }], { replace: true }],
    ['remove with null (Keycloak)', [{ op: 'remove', path: 'members', value: null }], { replace: true }],
    ['replace', [{ op: 'replace', path: 'members', value: [{ value: 'a' }] }], { replace: true, add: [{ id: 'a' }] }],
    ['replace by [] (Okta)', [{ op: 'replace', path: 'members', value: [] }], { replace: true }],
    ['replace by null', [{ op: 'replace', path: 'members', value: null }], { replace: true }],
    ['replace without a path', [{ op: 'replace', value: { id: 'r1', members: [] } }], { replace: true }],
    ['remove, then add (Okta)', [remove('a'), add('b')], { remove: ['a'], add: [{ id: 'b' }] }],
    ['add, then remove of the same', [add('a'), remove('a')], { remove: ['a'] }],
    ['remove, then add of the same', [remove('a'), add('a')], { add: [{ id: 'a' }] }],
    ['remove of all, then add', [{ op: 'remove', path: 'members' }, add('a')], { replace: true, add: [{ id: 'a' }] }],
    ['add, then remove of all', [add('a'), { op: 'remove', path: 'members' }], { replace: true }],
    [
      'replace, then remove of one',
      [{ op: 'replace', path: 'members', value: [{ value: 'a' }, { value: 'b' }] }, remove('a')],
      { replace: true, add: [{ id: 'b' }] },
    ],
    ['a display, which is computed', [{ op: 'replace', path: 'members[value eq "a"].display', value: 'A' }], {}],
    ['RFC 7644 Figure 8', [{ op: 'replace', path: 'members[value eq "a"].displayName', value: 'A' }], {}],
    [
      'add at a filter, of the member that it names',
      [{ op: 'add', path: 'members[value eq "a"]', value: { value: 'a', type: 'User' } }],
      { add: [{ id: 'a', type: 'User' }] },
    ],
    ['no operation', [], {}],
  ])('%s', (_, operations, expected) => {
    expect(memberChange(operations)).toEqual(expected);
    const { members, attributes } = patch(operations, { type: GROUP });
    expect({ members: members ?? {}, attributes }).toEqual({
      members: expected,
      attributes: { displayName: 'Staff' },
    });
  });
});

describe('a change that is not of members alone needs the group', () => {
  test('Okta renames with every push', () => {
    const operations = [{ op: 'replace', value: { id: 'r1', displayName: 'New' } }, add('a')];
    expect(memberChange(operations)).toBeUndefined();
    expect(patch(operations, { type: GROUP })).toEqual({
      attributes: { displayName: 'New' },
      links: {},
      members: { add: [{ id: 'a' }] },
    });
  });

  test('a replace that does not mention members leaves them alone', () => {
    expect(patch([{ op: 'replace', value: { displayName: 'New' } }], { type: GROUP }).members).toBeUndefined();
  });

  test('Keycloak empties and renames in one request', () => {
    const operations = [
      { op: 'remove', path: 'members', value: null },
      { op: 'replace', path: 'displayName', value: 'New' },
      { op: 'replace', path: 'externalId', value: 'e1' },
    ];
    expect(patch(operations, { type: GROUP })).toEqual({
      attributes: { externalId: 'e1', displayName: 'New' },
      links: {},
      members: { replace: true },
    });
  });
});

describe('what cannot be said of members', () => {
  test.each([
    [{ op: 'remove', path: 'members[display eq "A"]' }, 'INVALID_PATH members[...]: expected members by their value'],
    [{ op: 'remove', path: 'members[value eq "a" and type eq "User"]' }, 'INVALID_PATH members[...]'],
    [{ op: 'remove', path: 'members[value sw "a"]' }, 'INVALID_PATH members[...]'],
    [{ op: 'replace', path: 'members[value eq "a"].value', value: 'b' }, 'MUTABILITY members[...].value'],
    [{ op: 'replace', path: 'members[value eq "a"]', value: { value: 'b' } }, 'MUTABILITY members[...]'],
    [{ op: 'replace', path: 'members[value eq "a"].type', value: 'Group' }, 'MUTABILITY members[...].type'],
    [{ op: 'replace', path: 'members[value eq "a"].colour', value: 'x' }, 'INVALID_PATH members.colour'],
    [{ op: 'add', path: 'members', value: [{ display: 'A' }] }, 'INVALID_VALUE members[0].value'],
    [{ op: 'add', path: 'members', value: [{ value: 7 }] }, 'INVALID_VALUE members[0].value'],
    [{ op: 'add', path: 'members', value: '' }, 'INVALID_VALUE members.value'],
    [{ op: 'add', path: 'members', value: [{ value: 'a', type: 'Robot' }] }, 'INVALID_VALUE members[0].type'],
    [
      { op: 'add', path: 'members', value: [{ value: 'a', $ref: 'https://x/Users/b' }] },
      'INVALID_VALUE members[0].$ref',
    ],
    [{ op: 'add', path: 'members', value: [{ value: 'a', Value: 'b' }] }, 'INVALID_VALUE members[0].Value'],
    [{ op: 'add', path: ENTERPRISE, value: {} }, 'INVALID_PATH'],
  ])('%j', (operation, expected) => {
    expect(refused(() => memberChange([operation]))).toContain(expected);
    expect(refused(() => patch([operation], { type: GROUP }))).toContain(expected);
  });

  test('a bare string is no member where the profile refuses it', () => {
    const operation = { op: 'add', path: 'members', value: ['a'] };
    expect(refused(() => memberChange([operation], STRICT))).toContain('INVALID_VALUE members[0]: expected an object');
  });
});
