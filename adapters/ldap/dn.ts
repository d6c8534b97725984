/** Distinguished names as text, RFC 4514. */
import { DirectoryError } from '#model/errors.ts';

/** One `type=value` of a relative name; the value is unescaped. */
export interface Assertion {
  readonly type: string;
  readonly value: string;
}

/** From the entry up to the root; several assertions in one element are a multi-valued relative name. */
export type ParsedDn = readonly (readonly Assertion[])[];

const SPECIAL = /[\\",+<>;=]|^[ #]| $/g;

/** A value within a DN, RFC 4514 §2.4. Control characters and NUL are written by their bytes. */
export function escapeRdnValue(value: string): string {
  return value.replace(SPECIAL, (char) => `\\${char}`).replace(/\p{Cc}/gu, byteEscapes);
}

function byteEscapes(char: string): string {
  return [...Buffer.from(char)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}

export function childDn(attribute: string, value: string, base: string): string {
  return `${attribute}=${escapeRdnValue(value)},${base}`;
}

/** The name of the entry above; empty for one right below the root. */
export function parentDn(dn: string): string {
  return parseDn(dn)
    .slice(1)
    .map((rdn) => rdn.map(({ type, value }) => `${type}=${escapeRdnValue(value)}`).join('+'))
    .join(',');
}

/** @throws INVALID_VALUE where the text is no DN */
export function parseDn(text: string): ParsedDn {
  const scan = { text, at: 0 };
  const rdns: (readonly Assertion[])[] = [];
  skipSpaces(scan);
  if (scan.at === text.length) return [];
  do rdns.push(parseRdn(scan));
  while (take(scan, ',') || take(scan, ';'));
  if (scan.at < text.length) throw noDn(text);
  return rdns;
}

interface Scan {
  readonly text: string;
  at: number;
}

/** relativeDistinguishedName = attributeTypeAndValue *( PLUS attributeTypeAndValue ) */
function parseRdn(scan: Scan): readonly Assertion[] {
  const assertions: Assertion[] = [];
  do assertions.push(parseAssertion(scan));
  while (take(scan, '+'));
  return assertions;
}

const TYPE = / *([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*) *= */y;

function parseAssertion(scan: Scan): Assertion {
  TYPE.lastIndex = scan.at;
  const type = TYPE.exec(scan.text)?.[1];
  if (type === undefined) throw noDn(scan.text);
  scan.at = TYPE.lastIndex;
  return { type, value: parseValue(scan) };
}

/** Escapes stand for bytes of UTF-8; spaces that are not escaped do not count at the ends. */
function parseValue(scan: Scan): string {
  const bytes: number[] = [];
  let kept = 0;
  while (scan.at < scan.text.length && !',;+'.includes(scan.text[scan.at] as string)) {
    const escaped = scan.text[scan.at] === '\\';
    bytes.push(...(escaped ? unescaped(scan) : plain(scan)));
    if (escaped || bytes.at(-1) !== 0x20) kept = bytes.length;
  }
  return Buffer.from(bytes.slice(0, kept)).toString('utf8');
}

function plain(scan: Scan): readonly number[] {
  const char = String.fromCodePoint(scan.text.codePointAt(scan.at) as number);
  scan.at += char.length;
  return [...Buffer.from(char)];
}

function unescaped(scan: Scan): readonly number[] {
  const pair = scan.text.slice(scan.at + 1, scan.at + 3);
  if (/^[0-9a-fA-F]{2}$/.test(pair)) {
    scan.at += 3;
    return [Number.parseInt(pair, 16)];
  }
  scan.at += 1;
  if (scan.at >= scan.text.length) throw noDn(scan.text);
  return plain(scan);
}

function take(scan: Scan, char: string): boolean {
  if (scan.text[scan.at] !== char) return false;
  scan.at += 1;
  return true;
}

function skipSpaces(scan: Scan): void {
  while (scan.text[scan.at] === ' ') scan.at += 1;
}

function noDn(text: string): DirectoryError {
  return new DirectoryError(
    'INVALID_VALUE',
    `not a distinguished name (RFC 4514): ${JSON.stringify(text.slice(0, 200))}`,
  );
}

/** Nothing to unescape, to order or to collapse: nearly all names, of which a large group holds a hundred thousand. */
const PLAIN = /^[a-z][a-z0-9-]*=[\w.@-]+(?: [\w.@-]+)*(?:,[a-z][a-z0-9-]*=[\w.@-]+(?: [\w.@-]+)*)*$/i;

/**
 * A form in which two spellings of one name are equal text: types and values without regard to case, runs of spaces as one. What
 * servers take for one name and this does not are names that differ beyond that.
 */
export function normalizeDn(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return parseDn(text).map(normalizeRdn).join(',');
}

/** As `normalizeDn`; undefined where the text is no DN, as old entries may hold. */
export function tryNormalizeDn(text: string): string | undefined {
  try {
    return normalizeDn(text);
  } catch {
    return undefined;
  }
}

function normalizeRdn(assertions: readonly Assertion[]): string {
  return assertions
    .map(({ type, value }) => `${type.toLowerCase()}=${escapeRdnValue(foldValue(value))}`)
    .sort()
    .join('+');
}

/** Only as far as a server is certain to go, since what comes out is sent to it as a name: letter by letter, without NFKC. */
function foldValue(value: string): string {
  return Array.from(value.normalize('NFC'), foldLetter).join('').replace(/\s+/g, ' ').trim();
}

/** `İ` would become two, and what it becomes is no letter of the name. */
function foldLetter(letter: string): string {
  const lower = letter.toLowerCase();
  return lower.length === letter.length ? lower : letter;
}

/** Whether a name lies below a base, at any depth; both normalized. */
export function isBelow(dn: string, base: string): boolean {
  return base === '' ? dn !== '' : dn.endsWith(`,${base}`);
}

export function isAtOrBelow(dn: string, base: string): boolean {
  return dn === base || base === '' || isBelow(dn, base);
}

/** The deepest name above (or equal to) both, normalized; empty where they share nothing. */
export function commonBase(one: string, other: string): string {
  const [a, b] = [parseDn(one).map(normalizeRdn).reverse(), parseDn(other).map(normalizeRdn).reverse()];
  const length = a.findIndex((rdn, i) => rdn !== b[i]);
  return a
    .slice(0, length < 0 ? a.length : length)
    .reverse()
    .join(',');
}
