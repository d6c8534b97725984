import type { Comparison, Literal } from './filter.ts';
import type { Json } from './resource.ts';

/**
 * The form in which two values of an attribute are equal exactly if their folded forms are `===`. One function serves uniqueness
 * keys, filter literals and sort, so a value refused as taken is always found by `eq`. Independent of the process's locale.
 *
 * `exact`: as is. `caseless`: Unicode's default lower case, NFC. `username`: the same after RFC 8265 §3.3.1's width mapping; the
 * rest of PRECIS (directionality, disallowed code points) is a matter of validation. `instant`: milliseconds since the epoch, a
 * number being one already. Undefined for what the comparison cannot read.
 */
export function fold(comparison: Comparison, value: Json): Literal | undefined {
  return FOLDS[comparison](value);
}

/** `fold` for one comparison, chosen once, for loops over many values. */
export function foldFor(comparison: Comparison): (value: Json) => Literal | undefined {
  return FOLDS[comparison];
}

const FOLDS: { readonly [comparison in Comparison]: (value: Json) => Literal | undefined } = {
  exact: (value) => (typeof value === 'string' ? value : undefined),
  caseless: (value) => (typeof value === 'string' ? foldCase(value) : undefined),
  username: (value) => (typeof value === 'string' ? foldUsername(value) : undefined),
  instant: (value) => (typeof value === 'string' ? parseInstant(value) : finite(value)),
  number: finite,
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
};

function finite(value: Json): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

const FOLDED_ASCII = /^[\0-@[-\x7f]*$/;
const ASCII = /^[\0-\x7f]*$/;

/** No case folding in Unicode's sense: `ß` stays apart from `ss`, as RFC 8265 §3.3.1 has it. */
function foldCase(value: string): string {
  if (FOLDED_ASCII.test(value)) return value;
  const lower = value.toLowerCase();
  // toLowerCase writes a final sigma by its neighbours; without this a prefix would fold otherwise than the whole.
  return ASCII.test(lower) ? lower : lower.normalize('NFC').replaceAll('ς', 'σ');
}

const WIDTH_VARIANT = /[\u3000\uff01-\uffee]/g;

function foldUsername(value: string): string {
  if (FOLDED_ASCII.test(value)) return value;
  return foldCase(mapWidth(value));
}

/** RFC 8265 §3.3.1's width mapping: full-width and half-width code points to those that they are variants of. */
export function mapWidth(text: string): string {
  return text.replace(WIDTH_VARIANT, narrow);
}

/** Where NFKC would go on past the width mapping of UnicodeData.txt: halfwidth Hangul and the macron. From, to, target of `from`. */
const WIDTH_RANGES: readonly (readonly [from: number, to: number, target: number])[] = [
  [0xffa0, 0xffa0, 0x3164],
  [0xffa1, 0xffbe, 0x3131],
  [0xffc2, 0xffc7, 0x314f],
  [0xffca, 0xffcf, 0x3155],
  [0xffd2, 0xffd7, 0x315b],
  [0xffda, 0xffdc, 0x3161],
  [0xffe3, 0xffe3, 0x00af],
];

function narrow(char: string): string {
  const code = char.charCodeAt(0);
  const range = WIDTH_RANGES.find(([from, to]) => code >= from && code <= to);
  return range ? String.fromCharCode(range[2] + code - range[0]) : char.normalize('NFKC');
}

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))?$/;

/**
 * Milliseconds since the epoch of an xsd:dateTime (RFC 7643 §2.3.5), undefined where it is none. Years 0001 to 9999; any number
 * of fraction digits, those past milliseconds cut off; without an offset it is read as UTC. Takes time linear in the text.
 */
export function parseInstant(text: string): number | undefined {
  const parts = DATE_TIME.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = parts;
  const date = `${year}-${month}-${day}`;
  // Date.parse carries the 30th of February over into March.
  if (Number(year) === 0 || new Date(date).getUTCDate() !== Number(day)) return undefined;
  const utc = Date.parse(`${date}T${hour}:${minute}:${second}.${`${fraction}000`.slice(0, 3)}Z`);
  const offset = Number(offsetHour) * 60 + Number(offsetMinute);
  if (Number.isNaN(utc) || Number(offsetMinute) > 59 || offset > 14 * 60) return undefined;
  return utc - (sign === '-' ? -offset : offset) * 60_000;
}

/** Negative, 0 or positive: folded strings by code point, which is also the order of their UTF-8 bytes; numbers; false before true. */
export function compareLiterals(a: Literal, b: Literal): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return Number(a) - Number(b);
}

/** By UTF-8 bytes. JavaScript's own order compares UTF-16 units and puts U+10000 and above before U+E000. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return inByteOrder(left) - inByteOrder(right);
  }
  return a.length - b.length;
}

/** Moves surrogates, which stand for U+10000 and above, past the rest of the Basic Multilingual Plane. */
function inByteOrder(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
