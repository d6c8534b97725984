/** Texts within keys and members of sorted sets: NUL separates the parts of a member, so that no part may hold one. */

/** No text holds it twice in a row once it is encoded, so that two of them stand after every text. */
const ESCAPE = '\u{10ffff}';

/** After every encoded text: the place of what has no value, and the end of every prefix. */
export const LAST = ESCAPE + ESCAPE;
export const SEPARATOR = '\0';
/** A range of what begins with a part and a separator ends before the part and this. */
export const AFTER_SEPARATOR = '\x01';

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is encoded
const PLAIN = /^[\x02-\ud7ff]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is encoded
const TO_ENCODE = /[\0\x01]|\p{Surrogate}|\u{10ffff}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is encoded
const TO_DECODE = /\x01[\x01\x02]|\u{10ffff}[0-9a-f]{6}/gu;

/**
 * Keeps the order of UTF-8 bytes, which `compareText` has, and lets every text of JavaScript come back as it was; a lone surrogate,
 * which UTF-8 cannot say, stands after all others.
 */
export function encodeText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(TO_ENCODE, escapeChar);
}

export function decodeText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(TO_DECODE, unescapeChar);
}

function escapeChar(char: string): string {
  if (char === '\0') return '\x01\x01';
  if (char === '\x01') return '\x01\x02';
  return ESCAPE + (char.codePointAt(0) ?? 0).toString(16).padStart(6, '0');
}

function unescapeChar(code: string): string {
  if (code === '\x01\x01') return '\0';
  if (code === '\x01\x02') return '\x01';
  return String.fromCodePoint(Number.parseInt(code.slice(ESCAPE.length), 16));
}
