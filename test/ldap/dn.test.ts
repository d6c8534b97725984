import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childDn, commonBase, isBelow, normalizeDn, parentDn, parseDn } from '#adapters/ldap/dn.ts';

describe('a distinguished name', () => {
  test('holds any text as a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        const text = value.toWellFormed();
        const [[first] = []] = parseDn(childDn('uid', text, 'dc=x'));
        expect(first).toEqual({ type: 'uid', value: text });
        expect(normalizeDn(parentDn(childDn('uid', text, 'dc=x')))).toBe('dc=x');
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['UID=Ada, OU=People ,dc=X', 'uid=ada,ou=people,dc=x'],
    ['cn=a\\2Cb+sn=c,dc=x', 'cn=a\\,b+sn=c,dc=x'],
    ['sn=c+cn=a\\,b,dc=x', 'cn=a\\,b+sn=c,dc=x'],
    ['cn=Lu\\C4\\8Di\\C4\\87', 'cn=lučić'],
    ['cn=a  b', 'cn=a b'],
    ['uid=Ada.L@x-y,ou=Our People,dc=X', 'uid=ada.l@x-y,ou=our people,dc=x'],
    ['', ''],
  ])('%s is %s, however it is spelt', (text, normal) => {
    expect(normalizeDn(text)).toBe(normal);
  });

  test.each(['ada', 'uid', 'uid=a,', 'uid=a,,dc=x', 'uid=a\\', '=a'])('%s is none', (text) => {
    expect(() => normalizeDn(text)).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
  });

  test('lies below a base by whole names', () => {
    expect(isBelow('uid=a,ou=people,dc=x', 'ou=people,dc=x')).toBe(true);
    expect(isBelow('uid=a,xou=people,dc=x', 'ou=people,dc=x')).toBe(false);
    expect(isBelow('ou=people,dc=x', 'ou=people,dc=x')).toBe(false);
    expect(commonBase('ou=a,ou=t,dc=x', 'OU=b,ou=T,dc=x')).toBe('ou=t,dc=x');
    expect(commonBase('dc=x', 'dc=y')).toBe('');
  });
});
