/** The rules of RFC 5892 Appendix A for code points that are allowed in some places only. */
import { JOINS_AFTER, JOINS_BEFORE, VIRAMA } from './joining.ts';

/** The code point that stands where it may not; undefined where the rule is kept. */
type ContextRule = (text: string) => string | undefined;

// A.1: behind a virama, or between letters that it keeps from joining. Marks do not count (Joining_Type T).
const NON_JOINER = new RegExp(
  `(?<![${VIRAMA}]|[${JOINS_AFTER}][\\p{Mn}\\p{Me}]*)\\u200c|(?<![${VIRAMA}])\\u200c(?![\\p{Mn}\\p{Me}]*[${JOINS_BEFORE}])`,
  'u',
);
// A.2
const JOINER = new RegExp(`(?<![${VIRAMA}])\\u200d`, 'u');
// A.3: Catalan's `col·lega`. Case is mapped later.
const MIDDLE_DOT = /(?<![lL])\u00b7|\u00b7(?![lL])/u;
// A.4
const KERAIA = /\u0375(?!\p{Script=Greek})/u;
// A.5, A.6
const GERESH = /(?<!\p{Script=Hebrew})[\u05f3\u05f4]/u;
// A.7
const KATAKANA_DOT = /\u30fb/u;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
// A.8, A.9
const ARABIC_DIGIT = /[\u0660-\u0669]/u;
const EXTENDED_ARABIC_DIGIT = /[\u06f0-\u06f9]/u;

export const FORBIDDEN_IN_CONTEXT: readonly ContextRule[] = [
  ...[NON_JOINER, JOINER, MIDDLE_DOT, KERAIA, GERESH].map((misplaced) => (text: string) => misplaced.exec(text)?.[0]),
  (text) => (JAPANESE.test(text) ? undefined : KATAKANA_DOT.exec(text)?.[0]),
  (text) => (ARABIC_DIGIT.test(text) ? EXTENDED_ARABIC_DIGIT.exec(text)?.[0] : undefined),
];
