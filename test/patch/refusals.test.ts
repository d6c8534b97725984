import { describe, expect, test } from 'vitest';
import type { Attributes } from '#model/resource.ts';
import { BADGE, DESK, ENTERPRISE, GROUP, patch, patched, refused, STRICT } from './patched.ts';

const before: Attributes = {
  emails: [{ value: 'a@example.com', type: 'work', primary: true }],
  [DESK]: { room: '1', screens: ['left'] },
  [BADGE]: { serial: 7, keys: [{ value: 'k1', cut: 'deep' }] },
};

function check(operation: object, expected: string): void {
  expect(refused(() => patch([operation], { attributes: before }))).toContain(expected);
}

describe('paths', () => {
  test.each([
    ['userNam', 'INVALID_PATH userNam: expected an attribute of User (did you mean userName?)'],
    ['name.givenNam', 'INVALID_PATH name.givenNam: expected an attribute of User (did you mean name.givenName?)'],
    [
      'emails[type eq "work"].valeu',
      'INVALID_PATH emails.valeu: expected an attribute of User (did you mean emails.value?)',
    ],
    [`${ENTERPRISE}:departmnt`, '(did you mean department?)'],
    ['members', 'INVALID_PATH members'],
    ['toString', 'INVALID_PATH toString'],
    ['emails[type eq', 'INVALID_PATH'],
    ['emails[0]', 'INVALID_PATH'],
    ['/emails', 'INVALID_PATH'],
    ['emails[colour eq "red"]', 'INVALID_FILTER'],
    ['name[givenName eq "x"]', 'INVALID_PATH name: expected brackets only behind a complex attribute'],
    [`${BADGE}:doors[value eq "x"]`, `INVALID_PATH ${BADGE}:doors`],
    [`${BADGE}[doors eq "x"]`, 'INVALID_PATH'],
  ])('%s is refused, never ignored (RFC 7644 §3.12)', (path, expected) => {
    check({ op: 'replace', path, value: 'x' }, expected);
  });

  test('a remove without one has no target (RFC 7644 §3.5.2.2)', () => {
    check({ op: 'remove' }, 'NO_TARGET');
    check({ op: 'remove', value: { title: 'x' } }, 'NO_TARGET');
  });

  test('none and no set of attributes either says nothing, and the value is not told', () => {
    const detail = refused(() => patch([{ op: 'replace', value: 'hunter2' }]));
    expect(detail).toMatch(/^INVALID_VALUE value: expected an object/);
    expect(detail).not.toContain('hunter2');
  });

  test('the error tells which of several operations failed', () => {
    const operations = [
      { op: 'add', path: 'title', value: 'x' },
      { op: 'add', path: 'titel', value: 'x' },
    ];
    expect(refused(() => patch(operations))).toMatch(/^INVALID_PATH operation 2 of 2: titel/);
  });
});

describe('mutability, RFC 7644 §3.5.2', () => {
  test.each([
    [{ op: 'replace', path: 'id', value: 'x' }, 'id'],
    [{ op: 'add', path: 'groups', value: [{ value: 'g1' }] }, 'groups'],
    [{ op: 'remove', path: 'groups[value eq "g1"]' }, 'groups[...]'],
    [{ op: 'remove', path: 'meta.created' }, 'meta.created'],
    [{ op: 'add', path: 'schemas', value: [ENTERPRISE] }, 'schemas'],
    [{ op: 'replace', path: `${BADGE}:issuer`, value: 'x' }, `${BADGE}:issuer`],
    [{ op: 'replace', path: `${ENTERPRISE}:manager.displayName`, value: 'x' }, `${ENTERPRISE}:manager.displayName`],
    [{ op: 'replace', path: `${BADGE}:serial`, value: 8 }, `${BADGE}:serial`],
    [{ op: 'add', path: `${BADGE}:serial`, value: 8 }, `${BADGE}:serial`],
    [{ op: 'remove', path: `${BADGE}:serial` }, `${BADGE}:serial`],
    [{ op: 'remove', path: BADGE }, `${BADGE}:serial`],
    [{ op: 'replace', path: `${BADGE}:keys[value eq "k1"].cut`, value: 'flat' }, `${BADGE}:keys[...].cut`],
    [{ op: 'remove', path: `${BADGE}:keys[value eq "k1"].value` }, `${BADGE}:keys[...].value`],
    [{ op: 'remove', path: 'userName' }, 'userName'],
    [{ op: 'remove', path: `${DESK}:room` }, `${DESK}:room`],
    [{ op: 'remove', path: `${DESK}:screens`, value: ['left'] }, `${DESK}:screens`],
  ])('%j', (operation, path) => check(operation, `MUTABILITY ${path}: expected`));

  test('a required attribute cannot be emptied by replace either', () => {
    check({ op: 'replace', path: 'userName', value: null }, 'INVALID_VALUE userName: expected a value');
    check({ op: 'replace', path: 'userName', value: '' }, 'INVALID_VALUE userName: expected a value');
    expect(refused(() => patch([{ op: 'remove', path: 'displayName' }], { type: GROUP }))).toContain('MUTABILITY');
  });

  test('a value gets what it requires within the same request', () => {
    check({ op: 'add', path: `${BADGE}:keys`, value: { type: 'x', cut: 'y' } }, `INVALID_VALUE ${BADGE}:keys[1].value`);
    const operations = [
      { op: 'add', path: `${BADGE}:keys[type eq "spare"].cut`, value: 'flat' },
      { op: 'add', path: `${BADGE}:keys[type eq "spare"].value`, value: 'k2' },
    ];
    expect(patched({}, ...operations)).toEqual({ [BADGE]: { keys: [{ value: 'k2', type: 'spare', cut: 'flat' }] } });
  });
});

describe('values are checked as in a body', () => {
  test.each([
    [{ op: 'replace', path: 'active', value: 'maybe' }, 'active: expected true or false, got "maybe"'],
    [{ op: 'replace', path: 'title', value: 7 }, 'title: expected a string, got 7'],
    [{ op: 'replace', path: 'title', value: ['x'] }, 'title: expected a string, got an array of 1'],
    [{ op: 'add', path: 'name', value: 'Babs' }, 'name: expected an object, got "Babs"'],
    [{ op: 'add', path: 'emails', value: [{ value: 7 }] }, 'emails[0].value: expected a string, got 7'],
    [{ op: 'add', path: 'emails[type eq "work"].primary', value: 'x' }, 'emails[...].primary: expected true or false'],
    [
      { op: 'add', path: 'addresses[type eq "work"].country', value: 'Sweden' },
      'addresses[...].country: expected a country',
    ],
    [{ op: 'replace', value: { title: 7, active: 'x' } }, 'title: expected a string, got 7; active: expected'],
    [
      { op: 'replace', path: ENTERPRISE, value: 'x' },
      `${ENTERPRISE}: expected an object with the attributes of the extension`,
    ],
    [{ op: 'replace', value: { userName: 'x', USERNAME: 'y' } }, 'USERNAME: expected userName once'],
  ])('%j', (operation, expected) => check(operation, `INVALID_VALUE ${expected}`));

  test('a password never stands in an error', () => {
    for (const value of [7_654_321, { value: 'hunter2' }, ['hunter2'], '']) {
      const detail = refused(() => patch([{ op: 'replace', path: 'password', value }]));
      expect(detail).toMatch(/^INVALID_VALUE password: expected a string that is not empty$/);
    }
    expect(refused(() => patch([{ op: 'remove', path: 'password[value eq "hunter2"]' }]))).not.toContain('hunter2');
    expect(refused(() => patch([{ op: 'remove', path: 'pasword[value eq "hunter2"]' }]))).not.toContain('hunter2');
  });
});

describe('the strict profile', () => {
  const strict = (operation: object) => refused(() => patch([operation], { attributes: before, leniency: STRICT }));

  test('finds no target where a filter matches nothing (RFC 7644 §3.5.2.3)', () => {
    expect(strict({ op: 'replace', path: 'emails[type eq "home"].value', value: 'x@b.c' })).toContain('NO_TARGET');
    expect(strict({ op: 'add', path: 'emails[type eq "home"].value', value: 'x@b.c' })).toContain('NO_TARGET');
  });

  test.each([
    [{ op: 'replace', value: { id: 'r1' } }, 'MUTABILITY id'],
    [
      { op: 'replace', value: { titel: 'x' } },
      'INVALID_SYNTAX titel: expected an attribute that a schema defines (did you mean title?)',
    ],
    [{ op: 'replace', path: 'active', value: 'False' }, 'INVALID_VALUE active'],
    [{ op: 'replace', path: `${ENTERPRISE}:manager`, value: '271' }, 'INVALID_VALUE'],
    [{ op: 'add', path: 'emails', value: 'a@example.com' }, 'INVALID_VALUE emails: expected an object'],
    [
      {
        op: 'add',
        path: 'emails',
        value: [
          { value: 'x@b.c', primary: true },
          { value: 'y@b.c', primary: true },
        ],
      },
      'INVALID_VALUE emails',
    ],
  ])('%j', (operation, expected) => expect(strict(operation)).toContain(expected));

  test('keeps an empty string', () => {
    const result = patch([{ op: 'replace', path: 'title', value: '' }], { leniency: STRICT });
    expect(result.attributes).toEqual({ userName: 'babs', title: '' });
  });
});

test('a filter on what is read-only makes no value', () => {
  check({ op: 'add', path: `${BADGE}:keys[maker eq "acme"].value`, value: 'k2' }, 'NO_TARGET');
});

test('a filter that names no single value has no target even where values are made', () => {
  for (const filter of ['type eq "home" or type eq "other"', 'type ne "work"', 'not (type eq "work")']) {
    check({ op: 'replace', path: `emails[${filter}].value`, value: 'x' }, 'NO_TARGET emails[...].value');
  }
});

test('a failing operation leaves everything as it was (RFC 7644 §3.5.2)', () => {
  const frozen = structuredClone(before);
  const operations = [
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'new' },
    { op: 'remove', path: 'emails' },
    { op: 'replace', path: 'active', value: 7 },
  ];
  expect(refused(() => patch(operations, { attributes: before }))).toContain('operation 3 of 3');
  expect(before).toEqual(frozen);
});
