import { describe, expect, test } from 'vitest';
import { type ParseOptions, parseFilter } from '#core/filter/parse.ts';
import { printFilter } from './print-filter.ts';
import { refusalOf } from './sample.ts';

/** What was understood, in the one spelling that `printFilter` has. */
function understood(text: string, options?: ParseOptions): string {
  return printFilter(parseFilter(text, options));
}

describe('the grammar of RFC 7644 §3.4.2.2 Figure 1', () => {
  test.each([
    ['userName eq "bjensen"', 'userName eq "bjensen"'],
    ['name.familyName co "O\'Malley"', 'name.familyName co "O\'Malley"'],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
    ],
    ['title pr', 'title pr'],
    ['title pr and userType eq "Employee"', 'title pr and userType eq "Employee"'],
    [
      'userType ne "Employee" and not (emails co "example.com")',
      'userType ne "Employee" and not (emails co "example.com")',
    ],
    [
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp"]',
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp"]',
    ],
    ['members.$ref pr', 'members.$ref pr'],
    ['x-y_z1 pr', 'x-y_z1 pr'],
  ])('understands %s', (text, expected) => {
    expect(understood(text)).toBe(expected);
  });

  test.each([
    ['USERNAME Eq "a" AND Title PR', 'USERNAME eq "a" and Title pr'],
    ['title pr oR NOT (a pr)', 'title pr or not (a pr)'],
    ['active eq TRUE and x eq Null', 'active eq true and x eq null'],
  ])('takes keywords and operators in any case: %s', (text, expected) => {
    expect(understood(text)).toBe(expected);
  });

  test.each([
    ['a pr or b pr and c pr', 'or'],
    ['a pr and b pr or c pr', 'or'],
    ['(a pr or b pr) and c pr', 'and'],
    ['not (a pr) and b pr', 'and'],
  ])('binds not before and before or: %s', (text, outermost) => {
    expect(parseFilter(text).kind).toBe(outermost);
  });

  test.each([
    ['not(a pr)', 'not (a pr)'],
    ['not ((a pr))', 'not (a pr)'],
    ['((a pr or (b pr)))', 'a pr or b pr'],
    ['not (not (a pr))', 'not (not (a pr))'],
    ['  a   pr  and (  b pr )  ', 'a pr and b pr'],
    ['(a pr)and(b pr)', 'a pr and b pr'],
  ])('needs no white space around parentheses, and takes more of it: %s', (text, expected) => {
    expect(understood(text)).toBe(expected);
  });

  test('keeps a group that stands within its like, so that text and tree agree', () => {
    expect(parseFilter('a pr and (b pr and c pr)')).toMatchObject({ operands: [{ kind: 'present' }, { kind: 'and' }] });
    expect(parseFilter('a pr and b pr and c pr')).toMatchObject({ operands: [{}, {}, {}] });
  });

  test('takes and, or, not and parentheses within brackets', () => {
    const text = 'emails[(type eq "work" or type eq "home") and not (primary eq true)]';
    expect(understood(text)).toBe(text);
  });

  test.each([
    [String.raw`"a\"b\\c"`, 'a"b\\c'],
    [String.raw`"\u00e9\n"`, 'é\n'],
    ['"日本 ] ) ["', '日本 ] ) ['],
    ['""', ''],
    ['-1.5e2', -150],
    ['0', 0],
    ['"true"', 'true'],
    ['true', true],
    ['null', null],
  ])('reads the JSON value %s', (value, expected) => {
    expect(parseFilter(`a eq ${value}`)).toMatchObject({ value: expected });
  });

  test('says where each path stands, for messages', () => {
    expect(parseFilter('a pr and bc pr')).toMatchObject({
      operands: [{ path: { at: 0 } }, { path: { text: 'bc', at: 9 } }],
    });
  });
});

describe('what identity providers send beyond the grammar', () => {
  test.each([
    ['emails[type eq "work"].value eq "x"', 'emails[type eq "work" and value eq "x"]'],
    [
      'emails[type eq "work" and primary eq true].value co "x"',
      'emails[type eq "work" and primary eq true and value co "x"]',
    ],
    ['emails[type eq "work" or type eq "home"].value pr', 'emails[(type eq "work" or type eq "home") and value pr]'],
    [
      'emails[type eq "work"].Value eq "x" and active eq true',
      'emails[type eq "work" and Value eq "x"] and active eq true',
    ],
  ])('reads a sub-attribute after brackets as part of them: %s (Entra, E18)', (text, expected) => {
    expect(understood(text)).toBe(expected);
  });

  test.each([
    ['externalId eq jyoung', 'externalId eq "jyoung"'],
    ['userName sw O', 'userName sw "O"'],
    ['emails.Value co example.com', 'emails.Value co "example.com"'],
  ])('reads words without quotes as text where told to: %s (Entra, E19)', (text, expected) => {
    expect(understood(text, { barewords: true })).toBe(expected);
    expect(refusalOf(() => parseFilter(text))).toContain('put the value in double quotes');
  });

  test('reads what Entra polls with as a client: seven fraction digits, year 0001, names in any case (E47)', () => {
    const polled =
      'active eq true and (meta.lastModified ge "0001-01-03T00:00:00.0000000Z" and meta.lastModified le "2021-09-23T19:35:41.8420572Z")';
    expect(understood(polled)).toBe(polled);
    expect(understood('(ActiVe eq true) and meta.lastmodified ge "2021-09-23T19:35:41.8420572Z"')).toBe(
      'ActiVe eq true and meta.lastmodified ge "2021-09-23T19:35:41.8420572Z"',
    );
  });
});

describe('a text that is no filter is refused with its position and what was expected', () => {
  const operators = 'an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr)';
  test.each([
    ['', 'expected an attribute path at 0, found the end'],
    ['userName', `expected ${operators} at 8, found the end`],
    ['userName = "x"', `expected ${operators} at 9, found "="`],
    ['userName regex "x"', `expected ${operators} at 9, found "regex"`],
    ['userName "x"', `expected ${operators} at 9, found a text in quotes`],
    ['userName eq', 'expected a value (text in double quotes, a number, true, false or null) at 11'],
    ['userName eq )', 'expected a value (text in double quotes, a number, true, false or null) at 12'],
    ["userName eq 'x'", 'at 12; put the value in double quotes'],
    ['userName eq 01', 'at 12; put the value in double quotes'],
    ['userName eq 1e999', 'at 12; put the value in double quotes'],
    ['userName eq ["x"]', 'expected a value (text in double quotes, a number, true, false or null) at 12'],
    ['userName eq "x', 'expected a closing double quote for the one at 12'],
    [String.raw`userName eq "x\"`, 'expected a closing double quote for the one at 12'],
    [String.raw`userName eq "\x"`, 'expected a JSON string at 12'],
    ['userName eq "x" "y"', 'expected "and", "or" or the end at 16, found a text in quotes'],
    ['userName eq "x" and', 'expected an attribute path at 19, found the end'],
    ['userName eq "x" xor a pr', 'expected "and", "or" or the end at 16, found "xor"'],
    ['or a pr', `expected ${operators} at 3, found "a"`],
    ['(a pr', 'expected "and", "or" or ")" at 5, found the end'],
    ['a pr)', 'expected "and", "or" or the end at 4, found ")"'],
    ['()', 'expected an attribute path at 1, found ")"'],
    ['not a pr', 'expected "(" after "not" at 4, found "a"'],
    ['emails[type eq "work"', 'expected "and", "or" or "]" at 21, found the end'],
    ['emails[]', 'expected the name of a sub-attribute at 7, found "]"'],
    ['emails[urn:x:type eq "work"]', 'expected the name of a sub-attribute at 7, found "urn:x:type"'],
    ['emails[emails.type eq "work"]', 'expected the name of a sub-attribute at 7, found "emails.type"'],
    ['a[b[c pr]]', 'brackets within brackets at 3 are not part of the grammar'],
    ['emails[type eq "work"].value', `expected ${operators} at 28, found the end`],
    ['emails[type eq "work"].a.b eq "x"', 'expected the name of a sub-attribute at 23, found "a.b"'],
    ['user name eq "x"', `expected ${operators} at 5, found "name"`],
    ['1abc eq "x"', 'expected an attribute path at 0, found "1abc"'],
    ['__proto__ pr', 'expected an attribute path at 0, found "__proto__"'],
    ['a..b pr', 'expected an attribute path at 0, found "a..b"'],
    ['a.b.c pr', 'expected an attribute path at 0, found "a.b.c"'],
    ['urn: pr', 'expected an attribute path at 0, found "urn:"'],
    ['naïve pr', 'expected an attribute path at 0, found "naï"'],
    ['a pr\nand b pr', 'expected "and", "or" or the end at 4, found "\\n"'],
  ])('%s', (text, expected) => {
    const refusal = refusalOf(() => parseFilter(text));
    expect(refusal).toMatch(/^INVALID_FILTER filter: /);
    expect(refusal).toContain(expected);
  });

  test.each([
    'password="hunter2"',
    'password=hunter2',
    'password eq hunter2',
    'password "hunter2"',
    'password eq "a" "hunter2"',
  ])('and no value that stands in it is repeated: %s', (text) => {
    expect(refusalOf(() => parseFilter(text))).not.toContain('hunter2');
  });

  test('a long word is not repeated whole', () => {
    expect(refusalOf(() => parseFilter(`${'a'.repeat(5_000)} regex "x"`)).length).toBeLessThan(200);
    expect(refusalOf(() => parseFilter(`a ${'b'.repeat(5_000)} "x"`)).length).toBeLessThan(200);
  });
});

describe('limits', () => {
  test.each([
    ['length', { length: 10 }, 'userName pr', 'INVALID_FILTER filter: longer than 10 characters'],
    ['depth of parentheses', { depth: 3 }, '((((a pr))))', 'INVALID_FILTER filter: nested more than 3 deep at 4'],
    ['depth of not', { depth: 1 }, 'not (not (a pr))', 'INVALID_FILTER filter: nested more than 1 deep at 10'],
    ['depth of brackets', { depth: 1 }, '(a[b pr])', 'INVALID_FILTER filter: nested more than 1 deep at 3'],
    ['terms', { terms: 2 }, 'a pr or b pr or c pr', 'TOO_MANY filter: more than 2 comparisons'],
    ['terms within brackets', { terms: 2 }, 'a[b pr].c pr and d pr', 'TOO_MANY filter: more than 2 comparisons'],
  ])('on %s', (_, limits, text, expected) => {
    expect(refusalOf(() => parseFilter(text, limits))).toBe(expected);
  });

  test('leave what is just within them', () => {
    expect(understood('((a pr)) and b pr', { length: 17, depth: 2, terms: 2 })).toBe('a pr and b pr');
  });
});
