import { FORBIDDEN_IN_CONTEXT } from './context.ts';

/** The two classes of RFC 8264 §4: `identifier` for names, `freeform` for what people type as they like. */
export type StringClass = 'identifier' | 'freeform';

/** RFC 8264 §9.6, and of ASCII all that is printed (§9.11). */
const ALWAYS = /[!-~\u00df\u03c2\u06fd\u06fe\u0f0b\u3007]/u;

/**
 * In no class (RFC 8264 §8): §9.6's own, controls and all else that has no meaning by itself, what is invisible, and the letters that
 * Hangul syllables were once put together from. Joiners (§9.8) are invisible, yet have a place.
 */
const NEVER =
  /[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]|(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/u;

/** RFC 8264 §9.1, and what only a rule of its context lets stand (§9.8, §9.6). */
const IN_NAMES = /[\u200c-\u200d\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}\u00b7\u0375\u05f3\u05f4\u30fb]/u;

/**
 * The first code point that the class does not allow where it stands (RFC 8264 §8); undefined where there is none. Takes time linear
 * in the text. A code point that Unicode has not assigned yet is not allowed.
 */
export function disallowedIn(text: string, stringClass: StringClass): string | undefined {
  for (const char of text) if (!allows(stringClass, char)) return char;
  for (const rule of FORBIDDEN_IN_CONTEXT) {
    const found = rule(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function allows(stringClass: StringClass, char: string): boolean {
  if (ALWAYS.test(char)) return true;
  if (NEVER.test(char)) return false;
  // What compatibility would write otherwise (§9.17) is two spellings of one name.
  return stringClass === 'freeform' || (IN_NAMES.test(char) && char.normalize('NFKC') === char);
}
