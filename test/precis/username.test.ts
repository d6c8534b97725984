import { describe, expect, test } from 'vitest';
import { usernameFault } from '#core/precis/username.ts';

const DIRECTION = 'a user name that reads in one direction';

describe('UsernameCaseMapped, RFC 8265 §3.3', () => {
  test.each([
    ['juliet@example.com', 'example 1'],
    ['fussball', 'example 2'],
    ['fußball', 'example 3'],
    ['π', 'example 4'],
    ['Σ', 'example 5'],
    ['σ', 'example 6'],
    ['ς', 'example 7'],
    ['DOMAIN\\user+tag_1#EXT#', 'all that ASCII prints'],
    ['ＢＪＥＮＳＥＮ', 'full width'],
    ['ｶﾞ', 'half width'],
    ['e\u0301', 'a letter and its mark'],
    ['İ', 'a letter that is two when small'],
    ['col·lega', 'a middle dot between l and l'],
    ['͵α', 'a keraia before Greek'],
    ['צ״ב', 'gershayim after Hebrew'],
    ['カ・ナ', 'a middle dot beside Katakana'],
    ['क्\u200dष', 'a joiner behind a virama'],
    ['क्\u200cष', 'a non-joiner behind a virama'],
    ['علی\u200cرضا', 'a non-joiner between letters that join'],
    ['نم\u064e\u200c\u064eی', 'the same with marks between them'],
    ['משה', 'Hebrew'],
    ['משה1', 'Hebrew and a digit at the end'],
    ['مح\u0645\u0651د\u0650', 'Arabic and a mark at the end'],
    ['محمد٣', 'Arabic and an Arabic digit'],
    ['ہمایوں۳', 'Urdu and a digit of its own'],
    ['𞤀𞤁', 'Adlam'],
    ['李', 'Han'],
  ])('takes %j: %s', (name) => expect(usernameFault(name, 'identifier')).toBeUndefined());

  test.each([
    ['foo bar', 'U+0020'],
    ['henryⅣ', 'U+2163'],
    ['∞', 'U+221E'],
    ['a\u0007', 'U+0007'],
    ['a\u0085', 'U+0085'],
    ['a\u00a0b', 'U+00A0'],
    ['a\u3000b', 'U+0020'],
    ['ab\u200b', 'U+200B'],
    ['\ufeffab', 'U+FEFF'],
    ['a\u00adb', 'U+00AD'],
    ['a\u202eb', 'U+202E'],
    ['\u115f', 'U+115F'],
    ['\u1100\u1161', 'U+1100'],
    ['\ue000', 'U+E000'],
    ['\u{e01ef}', 'U+E01EF'],
    ['\u0378', 'U+0378'],
    ['\ufdd0', 'U+FDD0'],
    ['ﬁx', 'U+FB01'],
    ['\u212a', 'U+212A'],
    ['\u1f71', 'U+1F71'],
    ['ſ', 'U+017F'],
    ['ـ', 'U+0640'],
    ['€', 'U+20AC'],
    ['a·b', 'U+00B7'],
    ['·', 'U+00B7'],
    ['͵a', 'U+0375'],
    ['a׳', 'U+05F3'],
    ['a・b', 'U+30FB'],
    ['a\u200cb', 'U+200C'],
    ['د\u200cد', 'U+200C'],
    ['ن\u200c', 'U+200C'],
    ['ن\u200dن', 'U+200D'],
    ['٣۳', 'U+06F3'],
  ])('refuses %j for %s', (name, codePoint) => {
    expect(usernameFault(name, 'identifier')).toBe(`a user name without ${codePoint}`);
  });

  test.each(['משה@example.com', 'aמ', '1משה', 'משה-', 'משה٣3', '٣', 'a٣', 'מ\u0cbf', 'מ\u02b9'])(
    'refuses %j for its directions (RFC 5893 §2)',
    (name) => expect(usernameFault(name, 'identifier')).toBe(DIRECTION),
  );

  test('lets what is neutral stand between right-to-left letters', () => {
    expect(usernameFault('מ\u02b9מ', 'identifier')).toBeUndefined();
    expect(usernameFault('מ.מ', 'identifier')).toBeUndefined();
  });
});

describe('what directories have besides', () => {
  test.each(['Foo Bar', 'henryⅣ', '∞', 'a\u00a0b', 'ﬁx', '€', 'משה@example.com', 'o’neill', 'J. Müller – extern'])(
    '%j is taken',
    (name) => expect(usernameFault(name, 'freeform')).toBeUndefined(),
  );

  test.each([' a', 'a ', '\u3000', 'a\u00a0', '\u1680a'])('%j is refused for its outer spaces', (name) => {
    for (const stringClass of ['freeform', 'identifier'] as const) {
      expect(usernameFault(name, stringClass)).toBe('a user name without spaces around it');
    }
  });

  test.each(['a\u0000', 'a\tb', 'a\u2028b', 'a\u200bb', 'a\u202eb', '\u2066a', '\u{e0041}', '\u0378', '\ue000'])(
    '%j is refused',
    (name) => expect(usernameFault(name, 'freeform')).toMatch(/^a user name without U\+/),
  );
});

test('a long hostile name is judged in linear time', () => {
  const joiners = `ن${'\u064e\u200c'.repeat(30_000)}`;
  const dots = `${'・'.repeat(60_000)}a`;
  const marks = `מ${'\u05b0'.repeat(60_000)}a`;
  const before = performance.now();
  for (const name of [joiners, dots, marks, '·l'.repeat(30_000)]) usernameFault(name, 'identifier');
  expect(performance.now() - before).toBeLessThan(2_000);
});
