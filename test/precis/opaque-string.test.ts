import { describe, expect, test } from 'vitest';
import { prepareOpaqueString } from '#core/precis/opaque-string.ts';

describe('OpaqueString, RFC 8265 §4.2', () => {
  test.each([
    ['correct horse battery staple', 'correct horse battery staple', 'example 12'],
    ['Correct Horse Battery Staple', 'Correct Horse Battery Staple', 'example 13'],
    ['πßå', 'πßå', 'example 14'],
    ['Jack of ♦s', 'Jack of ♦s', 'example 15'],
    ['foo\u1680bar', 'foo bar', 'example 16'],
    ['a\u00a0b\u3000c', 'a b c', 'other spaces'],
    [' a ', ' a ', 'spaces around it'],
    ['e\u0301', 'é', 'NFC'],
    ['\u212b', 'å'.toUpperCase(), 'a letter that NFC writes otherwise'],
    ['ＢＪ', 'ＢＪ', 'full width'],
    ['ﬁ', 'ﬁ', 'a compatibility letter'],
    ['משה@x', 'משה@x', 'both directions'],
    ['😀', '😀', 'a symbol'],
  ])('%j is %j: %s', (password, prepared) => expect(prepareOpaqueString(password)).toBe(prepared));

  test.each([
    ['', 'example 17'],
    ['my cat is a \tby', 'example 18'],
    ['a\u0000', 'U+0000'],
    ['a\u007f', 'a control'],
    ['a\u200b', 'what is invisible'],
    ['\ue000', 'private use'],
    ['\ud800', 'half a pair'],
    ['a\u200c', 'a joiner without letters to join'],
  ])('%j is none: %s', (password) => expect(prepareOpaqueString(password)).toBeUndefined());
});
