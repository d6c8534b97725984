import { disallowedIn } from './string-class.ts';

/** All that Unicode counts as a space but U+0020 itself. */
const OTHER_SPACE = /(?! )\p{Zs}/gu;

/**
 * A password in the form in which it is hashed and compared, the OpaqueString profile of RFC 8265 §4.2; undefined where it has code
 * points that no keyboard types on purpose, or none at all.
 */
export function prepareOpaqueString(text: string): string | undefined {
  if (text === '' || disallowedIn(text, 'freeform') !== undefined) return undefined;
  return text.replace(OTHER_SPACE, ' ').normalize('NFC');
}
