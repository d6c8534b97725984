import { DirectoryError } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';

/** Objects and arrays within each other; no SCIM message needs more than eight. */
const JSON_DEPTH = 32;
/** In one object: a million of them cost V8 seconds, and no resource has a hundred attributes. */
const JSON_KEYS = 1_000;
/** In all; a group of 100,000 members with four sub-attributes each has half as many. */
const JSON_VALUES = 1_000_000;

interface Scan {
  readonly text: string;
  at: number;
  values: number;
  /** A number was met that is whole and is not written like one. */
  disguised: boolean;
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** A number that is written with a fraction or an exponent. */
const UNLIKE_INTEGER = /^-?\d.*[.eE]/;
const SPACE = /[ \t\n\r]*/y;

/**
 * JSON text to a value, stricter than `JSON.parse`: a key given twice, `__proto__` and what is past the limits above are refused,
 * and a fault is told by position and what was expected, without quoting the text, which may hold a password.
 * @throws {DirectoryError} INVALID_SYNTAX
 */
export function parseJson(text: string): Json {
  const scan: Scan = { text, at: 0, values: 0, disguised: false };
  scanValue(scan, 1);
  if (scan.at < text.length) throw fault(scan, 'the end of the text');
  try {
    return JSON.parse(text, scan.disguised ? keepDisguise : undefined) as Json;
  } catch (error) {
    // The frame is sound by now, so that what is left to be wrong stands inside a string.
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    throw fault({ ...scan, at }, 'no control character and no unknown escape in a string');
  }
}

/**
 * `1.0` and `1e3` are no integers (RFC 7643 §2.3.4), which JSON.parse forgets. They become bigints, which nothing takes for a
 * value but `numberOf`.
 */
function keepDisguise(_key: string, value: unknown, { source = '' }: { source?: string } = {}): unknown {
  return typeof value === 'number' && isDisguised(source) ? BigInt(value) : value;
}

function isDisguised(text: string): boolean {
  return UNLIKE_INTEGER.test(text) && Number.isInteger(Number(text));
}

/** The number that a value is, however it is written; undefined where it is none. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

/** value = object / array / string / number / "true" / "false" / "null", with white space on both sides */
function scanValue(scan: Scan, depth: number): void {
  skipSpace(scan);
  scan.values += 1;
  if (scan.values > JSON_VALUES) throw fault(scan, `at most ${JSON_VALUES} values`);
  const first = scan.text[scan.at];
  if (first === '{') scanObject(scan, depth);
  else if (first === '[') scanArray(scan, depth);
  else if (first === '"') scanString(scan);
  else scanScalar(scan);
  skipSpace(scan);
}

function scanScalar(scan: Scan): void {
  const start = scan.at;
  if (!skip(scan, SCALAR)) throw fault(scan, 'a value');
  if (!scan.disguised && isDisguised(scan.text.slice(start, scan.at))) scan.disguised = true;
}

/** object = "{" [ string ":" value *( "," string ":" value ) ] "}" */
function scanObject(scan: Scan, depth: number): void {
  enter(scan, depth);
  if (leave(scan, '}')) return;
  const keys = new Set<string>();
  do {
    scanKey(scan, keys);
    if (!leave(scan, ':')) throw fault(scan, '":"');
    scanValue(scan, depth + 1);
  } while (leave(scan, ','));
  if (!leave(scan, '}')) throw fault(scan, '"," or "}"');
}

/** array = "[" [ value *( "," value ) ] "]" */
function scanArray(scan: Scan, depth: number): void {
  enter(scan, depth);
  if (leave(scan, ']')) return;
  do scanValue(scan, depth + 1);
  while (leave(scan, ','));
  if (!leave(scan, ']')) throw fault(scan, '"," or "]"');
}

/** To the closing quote; a pattern would recurse once an escape, and a string may hold millions. */
function scanString(scan: Scan): void {
  let end = scan.at;
  do {
    end = scan.text.indexOf('"', end + 1);
    if (end < 0) throw fault(scan, 'a closed string');
  } while (isEscaped(scan.text, end));
  scan.at = end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}

function scanKey(scan: Scan, keys: Set<string>): void {
  skipSpace(scan);
  const start = scan.at;
  if (scan.text[start] !== '"') throw fault(scan, 'a key in double quotes');
  scanString(scan);
  const raw = scan.text.slice(start + 1, scan.at - 1);
  const key = raw.includes('\\') ? unescaped(raw, { ...scan, at: start }) : raw;
  if (key === '__proto__') throw fault({ ...scan, at: start }, 'another key than __proto__');
  if (keys.has(key)) throw fault({ ...scan, at: start }, `each key once, and "${key}" came before`);
  if (keys.size === JSON_KEYS) throw fault({ ...scan, at: start }, `at most ${JSON_KEYS} keys in an object`);
  keys.add(key);
  skipSpace(scan);
}

function unescaped(raw: string, scan: Scan): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    throw fault(scan, 'a key with known escapes');
  }
}

function enter(scan: Scan, depth: number): void {
  if (depth > JSON_DEPTH) throw fault(scan, `at most ${JSON_DEPTH} objects and arrays within each other`);
  scan.at += 1;
  skipSpace(scan);
}

function leave(scan: Scan, mark: string): boolean {
  if (scan.text[scan.at] !== mark) return false;
  scan.at += 1;
  return true;
}

/** Mostly there is none, and running the pattern to find that out costs as much as all the rest. */
function skipSpace(scan: Scan): void {
  if (scan.text.charCodeAt(scan.at) <= 0x20) skip(scan, SPACE);
}

function skip(scan: Scan, pattern: RegExp): boolean {
  pattern.lastIndex = scan.at;
  if (!pattern.test(scan.text)) return false;
  scan.at = pattern.lastIndex;
  return true;
}

function fault({ text, at }: Pick<Scan, 'text' | 'at'>, expected: string): DirectoryError {
  let line = 1;
  let start = 0;
  // Not by split: a body of line breaks would become an array of millions.
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  const place = `position ${at} (line ${line}, column ${at - start + 1})`;
  const found = at < text.length ? JSON.stringify(text[at]) : 'the end of the text';
  return new DirectoryError('INVALID_SYNTAX', `JSON: expected ${expected} at ${place}, found ${found}`);
}
