import { describe, expect, test } from 'vitest';
import type { Comparison } from '#model/filter.ts';
import { compareLiterals, compareText, fold, parseInstant } from '#model/fold.ts';
import type { Json } from '#model/resource.ts';

describe('folding', () => {
  test.each<[Comparison, Json, Json | undefined]>([
    ['exact', 'AbC', 'AbC'],
    ['exact', 'e\u0301', 'e\u0301'],
    ['caseless', 'BJensen', 'bjensen'],
    ['caseless', 'É', 'é'],
    ['caseless', 'E\u0301', 'é'],
    ['caseless', 'ＢＪ', 'ｂｊ'],
    ['username', 'ＢＪＥＮＳＥＮ', 'bjensen'],
    ['username', 'E\u0301mile@Example.com', 'émile@example.com'],
    ['username', 'ｶﾞ', 'ガ'],
    ['username', 'ﾡ￣￦', 'ㄱ¯₩'],
    ['username', 'a\u3000b', 'a b'],
    ['boolean', true, true],
    ['number', 1.5, 1.5],
    ['instant', '1970-01-01T00:00:01Z', 1000],
    ['instant', 1000, 1000],
    ['exact', 5, undefined],
    ['caseless', null, undefined],
    ['username', ['a'], undefined],
    ['boolean', 'true', undefined],
    ['number', '5', undefined],
    ['number', Number.NaN, undefined],
    ['instant', 'yesterday', undefined],
    ['instant', true, undefined],
  ])('%s %j is %j', (comparison, value, expected) => {
    expect(fold(comparison, value)).toBe(expected);
  });

  test('keeps ß apart from ss, as RFC 8265 §3.3.1 does (S6)', () => {
    expect(fold('username', 'STRASSE')).not.toBe(fold('username', 'Straße'));
    expect(fold('username', 'STRAẞE')).toBe(fold('username', 'Straße'));
  });

  test('folds İ to i with a dot, in every locale, and leaves I an i (S6)', () => {
    expect(fold('caseless', 'İ')).toBe('i\u0307');
    expect(fold('caseless', 'I')).toBe('i');
    expect(fold('caseless', 'ı')).toBe('ı');
  });

  test('folds every sigma alike, so that the beginning of a name is found', () => {
    expect(fold('caseless', 'ΟΔΟΣ')).toBe(fold('caseless', 'οδος'));
    expect(String(fold('caseless', 'ΟΔΟΣΑ')).startsWith(String(fold('caseless', 'ΟΔΟΣ')))).toBe(true);
  });
});

describe('xsd:dateTime (RFC 7643 §2.3.5)', () => {
  test.each([
    ['2011-05-13T04:42:34Z', '2011-05-13T04:42:34.000Z'],
    ['2011-05-13T04:42:34', '2011-05-13T04:42:34.000Z'],
    ['2011-05-13T04:42:34.1Z', '2011-05-13T04:42:34.100Z'],
    ['2021-09-23T19:35:41.8420572Z', '2021-09-23T19:35:41.842Z'],
    ['2011-05-13T04:42:34.123456789012+05:30', '2011-05-12T23:12:34.123Z'],
    ['2011-05-13T04:42:34-14:00', '2011-05-13T18:42:34.000Z'],
    ['0001-01-03T00:00:00.0000000Z', '0001-01-03T00:00:00.000Z'],
    ['2020-02-29T24:00:00Z', '2020-03-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseInstant(text)).toBe(Date.parse(expected));
  });

  test.each([
    '2011-05-13',
    '04:42:34Z',
    '2011-05-13 04:42:34Z',
    '2011-05-13t04:42:34z',
    '2011-05-13T04:42Z',
    '2011-05-13T04:42:34.Z',
    '2011-13-13T04:42:34Z',
    '2011-02-29T04:42:34Z',
    '2011-00-10T04:42:34Z',
    '2011-05-13T24:00:01Z',
    '2011-05-13T04:60:34Z',
    '2011-05-13T04:42:60Z',
    '2011-05-13T04:42:34+14:01',
    '2011-05-13T04:42:34+01:60',
    '2011-05-13T04:42:34+0100',
    '0000-01-01T00:00:00Z',
    '-2011-05-13T04:42:34Z',
    '12011-05-13T04:42:34Z',
    '2011-05-13T04:42:34Z\n',
    '',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('order', () => {
  test('of text is that of its UTF-8 bytes, also above U+FFFF', () => {
    const texts = [
      '',
      'a',
      'ab',
      'b',
      'z',
      'é',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '\u{10000}',
      '\u{10000}a',
      '\u{1f600}',
      '\u{10ffff}',
    ];
    const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...texts].reverse().sort(compareText)).toEqual(byBytes);
    expect([...texts].sort()).not.toEqual(byBytes);
  });

  test('of numbers is numeric, of booleans false before true', () => {
    expect([10, 9, -1].sort(compareLiterals)).toEqual([-1, 9, 10]);
    expect([true, false].sort(compareLiterals)).toEqual([false, true]);
  });
});
