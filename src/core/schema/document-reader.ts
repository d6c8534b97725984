import { DirectoryError, type Fault } from '#model/errors.ts';
import { nearestName } from '#model/nearest-name.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import { shown } from '../validate/faults.ts';

const MOST_FAULTS = 100;
const LONGEST_SHOWN = 100;
const LONGEST_TEXT = 4_096;
const MOST_TEXTS = 1_000;
const LONGEST_URN = 255;

/** RFC 8141, less what a filter, a PATCH path or a URL of `/Schemas` would read as something else. */
const URN = /^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9._:-]*[A-Za-z0-9_-]$/i;
export const URN_FORM = `urn:<namespace>:<name> of letters, digits, ".", "-", "_" and ":", at most ${LONGEST_URN} characters`;

export function isUrn(text: string): boolean {
  return text.length <= LONGEST_URN && URN.test(text);
}

/** What is wrong with one document; its author learns all of it at once. */
export class DocumentFaults {
  readonly #faults: Fault[] = [];
  readonly #source: string;

  /** `source` is the file that the paths are told to be in; empty where there is one document only. */
  constructor(source: string) {
    this.#source = source;
  }

  add(path: string, expected: string, got: Json | undefined, remedy?: string): void {
    if (this.#faults.length >= MOST_FAULTS) return;
    const place = this.#source === '' ? path : `${this.#source}: ${path}`;
    this.#faults.push({
      path: place,
      expected,
      got: got === undefined ? 'nothing' : shown(got),
      ...(remedy !== undefined && { remedy }),
    });
  }

  /** @throws {DirectoryError} INVALID_VALUE with all faults, where there are any */
  check(what: string): void {
    if (this.#faults.length === 0) return;
    const subject = this.#source === '' ? 'the document' : this.#source;
    throw new DirectoryError('INVALID_VALUE', `${subject} is ${what}`, { faults: this.#faults });
  }
}

/** The keys of one object of a document, each read into its type; null is as good as absent (RFC 7643 §2.5). */
export interface ObjectReader {
  readonly path: string;
  value(key: string): Json | undefined;
  text(key: string): string | undefined;
  flag(key: string): boolean | undefined;
  keyword<T extends string>(key: string, known: readonly T[]): T | undefined;
  /** A list of distinct strings that only one type of attribute has. */
  texts(key: string, type: string, only: string): readonly string[] | undefined;
}

/** Faults for a value that is no object, and for every key that is not known. */
export function openObject(faults: DocumentFaults, value: Json, path: string, known: readonly string[]): ObjectReader {
  const object: JsonObject = isObject(value) ? value : {};
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (!isObject(value)) faults.add(path === '' ? 'document' : path, 'an object', value);
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    const near = nearestName(key, known);
    faults.add(at(key.slice(0, LONGEST_SHOWN)), 'a known key', object[key], near && `did you mean ${near}?`);
  }
  const read = (key: string) => (Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined);
  return {
    path,
    value: read,
    text(key) {
      const text = read(key);
      if (text === undefined || (typeof text === 'string' && text.length <= LONGEST_TEXT)) return text;
      faults.add(at(key), `a string of at most ${LONGEST_TEXT} characters`, text);
      return undefined;
    },
    flag(key) {
      const flag = read(key);
      if (flag === undefined || typeof flag === 'boolean') return flag;
      faults.add(at(key), 'true or false', flag);
      return undefined;
    },
    keyword(key, keywords) {
      const word = read(key);
      const found = keywords.find((keyword) => keyword === word);
      if (word !== undefined && found === undefined) faults.add(at(key), `one of ${keywords.join(', ')}`, word);
      return found;
    },
    texts(key, type, only) {
      const list = read(key);
      if (list === undefined || (isList(list) && list.length === 0)) return undefined;
      if (type !== only) faults.add(at(key), `nothing here, since only attributes of type ${only} have it`, list);
      else if (isTextList(list)) return list;
      else faults.add(at(key), `an array of at most ${MOST_TEXTS} different strings that are not empty`, list);
      return undefined;
    },
  };
}

/** `schemas` of a document may be absent; where it is there, it names what the document is. */
export function checkUrn(faults: DocumentFaults, schemas: Json | undefined, urn: string): void {
  if (schemas === undefined || (isList(schemas) && schemas.includes(urn))) return;
  faults.add('schemas', `an array with "${urn}"`, schemas);
}

function isTextList(value: Json): value is readonly string[] {
  if (!isList(value) || value.length > MOST_TEXTS) return false;
  const isText = (item: Json) => typeof item === 'string' && item !== '' && item.length <= LONGEST_TEXT;
  return value.every(isText) && new Set(value).size === value.length;
}
