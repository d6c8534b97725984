import { foldFor, mapWidth } from '#model/fold.ts';
import { satisfiesBidiRule } from './bidi-rule.ts';
import { disallowedIn, type StringClass } from './string-class.ts';

const foldUsername = foldFor('username');

/** Nearly every name: all that ASCII prints is allowed everywhere, and nothing of it is mapped but case. */
const PRINTED_ASCII = /^[!-~]+$/;

/** Spaces that are not between two parts of a name (RFC 8265 §3.1). */
const OUTER_SPACE = /^\p{Zs}|\p{Zs}$/u;

/**
 * What belongs in a user name in the place of this one, RFC 8265 §3.3; undefined where it can be one. `identifier` is the
 * UsernameCaseMapped profile; `freeform` lets in spaces, symbols and mixed directions, as directories have them. What makes two names
 * the same is `fold`'s, which is stored beside the name as it was sent.
 */
export function usernameFault(text: string, stringClass: StringClass): string | undefined {
  if (PRINTED_ASCII.test(text)) return undefined;
  const prepared = mapWidth(text);
  if (OUTER_SPACE.test(prepared)) return 'a user name without spaces around it';
  const disallowed = disallowedIn(prepared, stringClass);
  if (disallowed !== undefined) return `a user name without ${codePoint(disallowed)}`;
  if (stringClass === 'freeform' || satisfiesBidiRule(String(foldUsername(text)))) return undefined;
  return 'a user name that reads in one direction';
}

function codePoint(char: string): string {
  return `U+${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}
