import { describe, expect, test } from 'vitest';
import { parsePatchPath } from '#core/patch/path.ts';
import { printFilter } from './print-filter.ts';
import { ENTERPRISE, refusalOf } from './sample.ts';

function understood(text: string) {
  const { path, where, sub } = parsePatchPath(text);
  return [path.text, where ? printFilter(where) : '', sub ?? ''];
}

describe('the path of a PATCH operation (RFC 7644 §3.5.2)', () => {
  test.each([
    ['members', 'members', '', ''],
    ['name.familyName', 'name.familyName', '', ''],
    ['addresses[type eq "work"]', 'addresses', 'type eq "work"', ''],
    ['members[value eq "2819c223"].displayName', 'members', 'value eq "2819c223"', 'displayName'],
    ['emails[type eq "work" and value ew "]x"].Value', 'emails', 'type eq "work" and value ew "]x"', 'Value'],
    ['members[value eq "x"].$ref', 'members', 'value eq "x"', '$ref'],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq "work"].value',
      'urn:ietf:params:scim:schemas:core:2.0:User:emails',
      'type eq "work"',
      'value',
    ],
    [`${ENTERPRISE}:manager.value`, `${ENTERPRISE}:manager.value`, '', ''],
    [
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager',
      '',
      '',
    ],
    [ENTERPRISE, ENTERPRISE, '', ''],
    ['http://schemas.example.com/2006/11/Badge:level', 'http://schemas.example.com/2006/11/Badge:level', '', ''],
  ])('%s', (text, path, where, sub) => {
    expect(understood(text)).toEqual([path, where, sub]);
  });
});

describe('a path that is none is refused as INVALID_PATH with its position', () => {
  test.each([
    ['', 'expected an attribute path at 0, found the end'],
    [' userName', 'expected an attribute path at 0, found " "'],
    ['/emails', 'expected an attribute path at 0, found "/emails"'],
    ['a..b', 'expected an attribute path at 0, found "a..b"'],
    ['emails.', 'expected an attribute path at 0, found "emails."'],
    ['__proto__', 'expected an attribute path at 0'],
    ['__proto__.polluted', 'expected an attribute path at 0'],
    ['user name', 'expected "[" or the end at 4, found " "'],
    ['emails[0]', 'expected a filter at 7: SCIM has no array index; name the value, as in [type eq "work"]'],
    ['nope[', 'expected "]" for the bracket at 4 at 5, found the end'],
    ['emails[type eq', 'expected "]" for the bracket at 6'],
    ['emails[type eq "]', 'expected "]" for the bracket at 6'],
    ['emails[type eq "work"]value', 'expected "." and a sub-attribute, or the end at 22, found "value"'],
    ['emails[type eq "work"].', 'expected the name of a sub-attribute at 23, found the end'],
    ['emails[type eq "work"].a.b', 'expected the name of a sub-attribute at 23, found "a.b"'],
    ['emails[type eq "work"].__proto__', 'expected the name of a sub-attribute at 23'],
    ['emails[type eq "work"].value[', 'expected the end at 28, found "["'],
  ])('%s', (text, expected) => {
    expect(refusalOf(() => parsePatchPath(text))).toContain(`INVALID_PATH path: ${expected}`);
  });

  test.each([
    ['emails[]', 'expected the name of a sub-attribute at 7, found "]"'],
    ['emails[type = "work"]', 'expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr) at 12, found "="'],
    ['emails[type eq work]', 'put the value in double quotes'],
    ['emails[a[b pr]]', 'brackets within brackets at 8 are not part of the grammar'],
  ])('and a bad filter between well-placed brackets as INVALID_FILTER: %s', (text, expected) => {
    expect(refusalOf(() => parsePatchPath(text))).toMatch(/^INVALID_FILTER filter: /);
    expect(refusalOf(() => parsePatchPath(text))).toContain(expected);
  });
});
