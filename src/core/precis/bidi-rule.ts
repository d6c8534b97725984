/** R stands for R and AL, which the rule never tells apart, and `other` for the separators, terminators and neutrals that it allows alike. */
type BidiClass = 'L' | 'R' | 'AN' | 'EN' | 'NSM' | 'other';

/**
 * Bidi classes of what the IdentifierClass lets through, and of nothing else: letters, digits, marks and ASCII. There, category and
 * block tell the class; the first rule that fits counts.
 */
const CLASSES: readonly (readonly [BidiClass, RegExp])[] = [
  ['EN', /[0-9\u06f0-\u06f9]/u],
  ['AN', /[\u0660-\u0669\u{10d30}-\u{10d39}]/u],
  ['L', /[A-Za-z\u0cbf\u0cc6\u{11a07}\u{11a08}\u{11c3f}]/u],
  ['NSM', /\p{Mn}/u],
  ['R', /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u],
  ['other', /[\u200c-\u200d!-~\u00b7\u02b9\u02ba\u02c6-\u02cf\u02ec\u0375\u2e2f\u30fb\ua67f\ua717-\ua71f\ua788]/u],
];

/**
 * The Bidi Rule of RFC 5893 §2 where the text has right-to-left code points, as RFC 8265 §3.3.1 has it: such a name begins with a
 * letter of that direction, holds none of the other, ends with a letter or a digit, and has digits of one kind.
 */
export function satisfiesBidiRule(text: string): boolean {
  const classes = Array.from(text, bidiClass);
  const has = (wanted: BidiClass) => classes.includes(wanted);
  if (!has('R') && !has('AN')) return true;
  const last = classes.findLast((each) => each !== 'NSM');
  return classes[0] === 'R' && !has('L') && last !== 'other' && !(has('EN') && has('AN'));
}

function bidiClass(char: string): BidiClass {
  return CLASSES.find(([, chars]) => chars.test(char))?.[0] ?? 'L';
}
