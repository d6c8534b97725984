import { describe, expect, test } from 'vitest';
import type { Content } from '#core/content.ts';
import type { Leniency } from '#core/leniency.ts';
import { validateBody } from '#core/validate/body.ts';
import { DirectoryError, type Fault } from '#model/errors.ts';
import type { Attributes, Json, JsonObject, Links } from '#model/resource.ts';
import { LENIENT } from '#test/support/lenient.ts';
import { BADGE, DESK, ENTERPRISE, GROUP, refused, STRICT, USER } from '../patch/patched.ts';

const CORE = USER.schema.id;

function user(body: Record<string, unknown>, leniency: Leniency = LENIENT): Content {
  return validateBody(USER, { schemas: [CORE], userName: 'babs', ...body } as JsonObject, { leniency });
}

/** The attributes besides the user name. */
function kept(body: Record<string, unknown>, leniency?: Leniency): Attributes {
  const { userName: _, ...rest } = user(body, leniency).attributes;
  return rest;
}

function faultsOf(run: () => unknown): readonly Fault[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DirectoryError) return error.faults;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a body in stored form', () => {
  test('has canonical names, extensions under their URN, and nothing that is read-only (RFC 7643 §2.1, §3.3)', () => {
    const body = {
      ID: 'x',
      meta: { resourceType: 'Robot' },
      Groups: [{ value: 'g1' }],
      USERNAME: 'babs',
      NAME: { GivenName: 'Barbara' },
      [ENTERPRISE.toUpperCase()]: {
        DEPARTMENT: 'Sales',
        Manager: { Value: '26', displayName: 'Boss', $ref: '../Users/26' },
      },
      [`${BADGE}:serial`]: 7,
      [BADGE]: { issuer: 'me', doors: 'A' },
    };
    expect(validateBody(USER, body as JsonObject, { leniency: LENIENT })).toEqual({
      attributes: {
        userName: 'babs',
        name: { givenName: 'Barbara' },
        [ENTERPRISE]: { department: 'Sales' },
        [BADGE]: { serial: 7, doors: ['A'] },
      },
      links: { manager: '26' },
    });
  });

  test('does not depend on the order of its properties (RFC 7643 §2.3.8)', () => {
    const one = kept({ title: 'a', name: { givenName: 'x', familyName: 'y' }, active: true });
    const other = kept({ active: true, name: { familyName: 'y', givenName: 'x' }, title: 'a' });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  test('holds no null, [] or {} (RFC 7643 §2.5; Entra sends nulls)', () => {
    const body = {
      title: null,
      addresses: null,
      roles: [],
      name: {},
      emails: [null, {}, { value: null }, { type: 'work', primary: true }],
      photos: [null],
      manager: null,
      department: null,
      [ENTERPRISE]: { manager: null, department: null },
    };
    expect(user(body)).toEqual({ attributes: { userName: 'babs' }, links: {} });
  });

  test('keeps e-mail addresses and telephone numbers as they came', () => {
    const body = { emails: [{ value: 'Babs@EXAMPLE.com' }], phoneNumbers: [{ value: '55555555555' }] };
    expect(kept(body)).toEqual(body);
  });

  test('has a value once per type, the later word counting (RFC 7643 §2.4)', () => {
    const emails = [
      { value: 'a@example.com', type: 'work' },
      { value: 'A@example.com', type: 'Work', display: 'x' },
      { value: 'a@example.com', type: 'home' },
    ];
    expect(kept({ emails })).toEqual({ emails: emails.slice(1) });
  });

  test('has one primary value, the first that says so (Ping)', () => {
    const emails = [{ value: 'a@b.c' }, { value: 'b@b.c', primary: true }, { value: 'c@b.c', primary: true }];
    expect(kept({ emails })).toEqual({ emails: [...emails.slice(0, 2), { value: 'c@b.c', primary: false }] });
    expect(refused(() => user({ emails }, STRICT))).toContain(
      'INVALID_VALUE emails: expected at most one primary value',
    );
  });

  test('may have one value where several are possible', () => {
    expect(kept({ emails: { value: 'a' }, phoneNumbers: '1', [BADGE]: { doors: 'A' } })).toEqual({
      emails: [{ value: 'a' }],
      phoneNumbers: [{ value: '1' }],
      [BADGE]: { doors: ['A'] },
    });
  });

  test('carries a password apart from the attributes', () => {
    expect(user({ password: 'hunter2' })).toEqual({
      attributes: { userName: 'babs' },
      links: {},
      password: 'hunter2',
    });
    expect(user({ password: null })).toEqual({ attributes: { userName: 'babs' }, links: {} });
  });

  test.each([
    [{ value: '26' }, '26'],
    ['26', '26'],
    [[{ value: '26', $ref: 'https://x/v2/Users/26' }], '26'],
    ['', undefined],
    [{ value: '' }, undefined],
    [[], undefined],
  ])('has a manager given as %j', (manager, id) => {
    expect(user({ [ENTERPRISE]: { manager } }).links.manager).toBe(id);
  });
});

describe('values by type, RFC 7643 §2.3', () => {
  test.each<[string, Record<string, unknown>, Attributes]>([
    ['boolean text', { active: 'True' }, { active: true }],
    ['a decimal', { [BADGE]: { weight: 1.5 } }, { [BADGE]: { weight: 1.5 } }],
    [
      'a date with an offset and seven digits',
      { [BADGE]: { issuedAt: '2021-09-23T19:35:41.8420572+02:00' } },
      { [BADGE]: { issuedAt: '2021-09-23T19:35:41.8420572+02:00' } },
    ],
    ['base64 without padding', { [BADGE]: { chip: 'MIIDQw' } }, { [BADGE]: { chip: 'MIIDQw' } }],
    ['base64url', { [BADGE]: { chip: '_-8=' } }, { [BADGE]: { chip: '_-8=' } }],
    ['a country', { addresses: [{ country: 'se' }] }, { addresses: [{ country: 'SE' }] }],
    [
      'a type that is not canonical',
      { emails: [{ value: 'a', type: 'boat' }] },
      { emails: [{ value: 'a', type: 'boat' }] },
    ],
    [
      'an empty string, which clears',
      { title: '', emails: [{ value: 'a', display: '' }] },
      { emails: [{ value: 'a' }] },
    ],
  ])('%s is taken', (_, body, expected) => expect(kept(body)).toEqual(expected));

  test.each<[Record<string, unknown>, string]>([
    [{ title: 7 }, 'title: expected a string, got 7'],
    [{ title: { value: 'x' } }, 'title: expected a string, got an object'],
    [{ active: 'yes' }, 'active: expected true or false, got "yes"'],
    [{ active: 1 }, 'active: expected true or false, got 1'],
    [{ [BADGE]: { serial: 1.5 } }, `${BADGE}:serial: expected a whole number without fraction and exponent, got 1.5`],
    [{ [BADGE]: { serial: '1' } }, `${BADGE}:serial: expected a whole number without fraction and exponent, got "1"`],
    [{ [BADGE]: { issuedAt: '2011-05-13' } }, 'expected a date and time'],
    [{ [BADGE]: { issuedAt: '2011-02-30T00:00:00Z' } }, 'expected a date and time'],
    [{ [BADGE]: 'x' }, 'expected an object with the attributes of the extension'],
    [{ [BADGE]: { chip: 'a*b' } }, `${BADGE}:chip: expected base64`],
    [{ [BADGE]: { chip: 'abcde' } }, `${BADGE}:chip: expected base64`],
    [{ [BADGE]: { chip: 'abc==' } }, `${BADGE}:chip: expected base64`],
    [{ x509Certificates: [{ value: 'YWJj' }] }, 'x509Certificates[0].value: expected one X.509 certificate'],
    [{ profileUrl: 7 }, 'profileUrl: expected a URI'],
    [{ name: 'Babs' }, 'name: expected an object, got "Babs"'],
    [{ name: ['x'] }, 'name: expected an object, got an array of 1'],
    [{ emails: [7] }, 'emails[0].value: expected a string, got 7'],
    [{ emails: [['a']] }, 'emails[0]: expected an object'],
    [{ addresses: [{ country: 'USA' }] }, 'addresses[0].country: expected a country code of two letters'],
    [{ title: 'x'.repeat(65_537) }, 'title: expected at most 65536 characters, got 65537 characters'],
    [{ title: 'a\u0000b' }, 'title: expected text without U+0000'],
    [{ title: 'a\ud800' }, 'title: expected text without U+0000 and unpaired surrogates'],
    [
      { emails: Array.from({ length: 1_001 }, () => ({ value: 'x' })) },
      'emails: expected at most 1000 values, got 1001',
    ],
    [{ userName: ' babs' }, 'userName: expected a user name'],
    [{ userName: 'ba\u0007bs' }, 'userName: expected a user name'],
    [{ [ENTERPRISE]: { manager: [{ value: 'a' }, { value: 'b' }] } }, 'manager: expected one value'],
    [{ [ENTERPRISE]: { manager: { value: 7 } } }, 'manager.value: expected the id of a resource'],
  ])('%j is refused', (body, expected) => {
    const detail = refused(() => user(body));
    expect(detail).toMatch(/^INVALID_VALUE/);
    expect(detail).toContain(expected);
  });
});

describe('faults', () => {
  test('of a body come all at once, each with its path', () => {
    const body = {
      userName: '',
      active: 7,
      emails: [{ value: 'a' }, { value: 7, primary: 'x' }],
      name: 'x',
      [BADGE]: { serial: 'x' },
    };
    expect(faultsOf(() => user(body)).map(({ path }) => path)).toEqual([
      'active',
      'emails[1].value',
      'emails[1].primary',
      'name',
      `${BADGE}:serial`,
      'userName',
    ]);
  });

  test('are summed up in one line', () => {
    expect(refused(() => user({ title: 1, nickName: 2, displayName: 3, locale: 4, timezone: 5 }))).toBe(
      'INVALID_VALUE title: expected a string, got 1; nickName: expected a string, got 2; ' +
        'displayName: expected a string, got 3; and 2 more',
    );
  });

  test('show at most 100 characters of a value', () => {
    for (const value of ['x'.repeat(500), '"'.repeat(500), '\u0001'.repeat(99), 'ä'.repeat(98)]) {
      for (const { got = '' } of faultsOf(() => user({ active: value }))) expect(got.length).toBeLessThanOrEqual(100);
    }
  });

  test('never show a password', () => {
    for (const password of [{ value: 'hunter2' }, ['hunter2'], 7_654_321, true]) {
      const faults = faultsOf(() => user({ password }));
      expect(faults).toEqual([{ path: 'password', expected: 'a string that is not empty' }]);
    }
    expect(faultsOf(() => user({ password: 'x'.repeat(4_097) }))).toEqual([
      { path: 'password', expected: 'at most 4096 characters' },
    ]);
  });

  test('stop at a hundred of a list of members', () => {
    const members = Array.from({ length: 100_000 }, () => ({ value: 7 }));
    const body = { displayName: 'Staff', members } as unknown as JsonObject;
    expect(faultsOf(() => validateBody(GROUP, body, { leniency: LENIENT }))).toHaveLength(100);
  });

  test('are given for two spellings of one attribute', () => {
    expect(refused(() => user({ username: 'x' }))).toContain('INVALID_VALUE username: expected userName once');
    expect(refused(() => user({ name: { givenName: 'x', GIVENNAME: 'y' } }))).toContain(
      'name.GIVENNAME: expected givenName once',
    );
    expect(refused(() => user({ [`${BADGE}:serial`]: 7, [BADGE]: { serial: 8 } }))).toContain('serial once');
  });

  test('are given for what is required (RFC 7643 §2.2)', () => {
    expect(refused(() => validateBody(USER, {}, { leniency: LENIENT }))).toContain(
      'INVALID_VALUE userName: expected a value',
    );
    expect(refused(() => user({ userName: '' }, STRICT))).toContain('INVALID_VALUE userName: expected a value');
    expect(refused(() => user({ [DESK]: { room: '1' } }))).toContain(`INVALID_VALUE ${DESK}:screens`);
    expect(refused(() => validateBody(GROUP, { displayName: null }, { leniency: LENIENT }))).toContain('displayName');
    expect(refused(() => user({ [BADGE]: { keys: [{ type: 'x', cut: 'y' }] } }))).toContain(`${BADGE}:keys[0].value`);
  });
});

describe('schemas, RFC 7643 §3', () => {
  const strict = (schemas: Json) => () => validateBody(USER, { schemas, userName: 'babs' }, { leniency: STRICT });

  test.each<[Json, string]>([
    [null, 'INVALID_SYNTAX schemas: expected the URNs of the schemas in use'],
    [[], `(send "schemas": ["${CORE}"])`],
    [[ENTERPRISE], `INVALID_SYNTAX schemas: expected ${CORE} among the schemas`],
    [[CORE, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'], `did you mean ${ENTERPRISE}?`],
    [[CORE, 7], 'schemas[1]: expected a schema of User, got 7'],
  ])('%j is refused by the strict profile', (schemas, expected) => {
    expect(refused(strict(schemas))).toContain(expected);
  });

  test('may name the extensions, in any case', () => {
    expect(strict([CORE.toUpperCase(), ENTERPRISE])().attributes).toEqual({ userName: 'babs' });
  });

  test.each<[Json]>([[null], [[]], [['http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/User']]])(
    '%j is tolerated by the default profile',
    (schemas) => {
      const body = { schemas, userName: 'babs' };
      expect(validateBody(USER, body, { leniency: LENIENT }).attributes).toEqual({ userName: 'babs' });
    },
  );

  test('must be a list of strings even so', () => {
    expect(refused(() => user({ schemas: [7] }))).toContain('INVALID_SYNTAX schemas[0]');
  });
});

describe('unknown attributes, RFC 7644 §3.3', () => {
  const body = { userNmae: 'x', emails: [{ value: 'a@b.c', colour: 'red' }], 'urn:acme:other:1.0:User': { a: 1 } };

  test('are ignored by the default profile', () => {
    expect(kept(body)).toEqual({ emails: [{ value: 'a@b.c' }] });
  });

  test('are refused by the strict one, each with the nearest name', () => {
    const faults = faultsOf(() => user(body, STRICT));
    expect(faults.map(({ path, remedy }) => [path, remedy])).toEqual([
      ['userNmae', 'did you mean userName?'],
      ['emails[0].colour', 'remove it'],
      ['urn:acme:other:1.0:User', 'remove it'],
    ]);
    expect(refused(() => user(body, STRICT))).toMatch(/^INVALID_SYNTAX/);
  });
});

describe("Entra's roles, whose display is called displayName", () => {
  const role = { id: '18d1', value: 'Reader', displayName: 'Can read' };

  test('keep it', () => {
    expect(kept({ roles: [role] })).toEqual({ roles: [{ value: 'Reader', display: 'Can read' }] });
  });

  test('keep the one of the right name where both are given, in either order', () => {
    const both = [
      { ...role, display: 'Reader' },
      { display: 'Author', ...role, value: 'Author' },
    ];
    expect(kept({ roles: both })).toEqual({
      roles: [
        { value: 'Reader', display: 'Reader' },
        { value: 'Author', display: 'Author' },
      ],
    });
  });

  test('lose or are refused it where the profile has it for unknown', () => {
    const unknown: Leniency = { ...LENIENT, displayNameOfValues: 'unknown' };
    expect(kept({ roles: [role] }, unknown)).toEqual({ roles: [{ value: 'Reader' }] });
    expect(faultsOf(() => user({ roles: [{ displayName: 'Can read' }] }, STRICT))).toMatchObject([
      { path: 'roles[0].displayName' },
    ]);
  });
});

describe('members of a body', () => {
  const group = (members: Json, leniency = LENIENT) =>
    validateBody(GROUP, { schemas: [GROUP.schema.id], displayName: 'Staff', members }, { leniency });

  test('replace all members, each once', () => {
    const members = [
      { value: 'a', $ref: null },
      { value: 'b', type: 'GROUP', display: 'B' },
      { value: 'a', type: 'user' },
    ];
    expect(group(members)).toEqual({
      attributes: { displayName: 'Staff' },
      links: {},
      members: {
        replace: true,
        add: [
          { id: 'a', type: 'User' },
          { id: 'b', type: 'Group' },
        ],
      },
    });
  });

  test('are replaced by none where the list is empty, and not mentioned by null', () => {
    expect(group([]).members).toEqual({ replace: true, add: [] });
    expect(group(null)).not.toHaveProperty('members');
  });

  test('are not bare strings in the strict profile', () => {
    expect(group(['a']).members?.add).toEqual([{ id: 'a' }]);
    expect(refused(() => group(['a'], STRICT))).toContain('INVALID_VALUE members[0]: expected an object with the id');
  });
});

describe('PUT, RFC 7644 §3.5.1', () => {
  const before = {
    attributes: {
      userName: 'babs',
      title: 'CEO',
      active: false,
      [BADGE]: { serial: 7, issuer: 'me', doors: ['A'] },
    } as Attributes,
    links: { manager: '26' } as unknown as Links,
  };
  const put = (body: JsonObject) => validateBody(USER, { userName: 'babs', ...body }, { leniency: LENIENT, before });

  test('clears what the body omits, but for active, read-only and immutable values', () => {
    expect(put({})).toEqual({
      attributes: { userName: 'babs', active: false, [BADGE]: { serial: 7, issuer: 'me' } },
      links: {},
    });
  });

  test('takes an immutable value that is the same, or that was not there', () => {
    expect(put({ [BADGE]: { serial: 7 } }).attributes[BADGE]).toEqual({ serial: 7, issuer: 'me' });
    const fresh = { attributes: { userName: 'babs' }, links: {} };
    const body = { userName: 'babs', [BADGE]: { serial: 9 } };
    expect(validateBody(USER, body, { leniency: LENIENT, before: fresh }).attributes[BADGE]).toEqual({ serial: 9 });
  });

  test('refuses another immutable value', () => {
    expect(refused(() => put({ [BADGE]: { serial: 8 } }))).toBe(
      `MUTABILITY ${BADGE}:serial: expected the value that it has, which cannot change`,
    );
  });

  test('of what a GET answered is no change', () => {
    const body = { ...before.attributes, id: 'r1', meta: { version: '1' }, [ENTERPRISE]: { manager: { value: '26' } } };
    expect(put(body as JsonObject)).toEqual(before);
  });
});
