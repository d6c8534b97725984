import { nearestName } from '#model/nearest-name.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { Attribute } from '../schema/attribute.ts';
import { subAttributeOf } from '../schema/resolve-path.ts';
import { inOrder } from './draft.ts';
import { isAbsent } from './is-absent.ts';
import { isReadOnly, joined, subNamesOf } from './names.ts';
import { type Reader, readSimple, refuseValue } from './simple-value.ts';
import { mergeValues } from './value-set.ts';

/** Values of one multi-valued attribute; members are links and have no such limit. */
const MOST_VALUES = 1_000;

/**
 * An attribute's value as a body gives it, in its stored form: names canonical, no nulls, a multi-valued attribute as an
 * array without duplicates. Undefined where it is absent, empty or at fault.
 */
export function readAttribute(reader: Reader, attribute: Attribute, value: Json, path: string): Json | undefined {
  if (attribute.multiValued) {
    const values = readValues(reader, attribute, value, path);
    return values.length === 0 ? undefined : mergeValues(reader, attribute, [], values, path);
  }
  return readOne(reader, attribute, value, path);
}

/** One value alone, of a single-valued attribute or from within a multi-valued one. */
export function readOne(reader: Reader, attribute: Attribute, value: Json, path: string): Json | undefined {
  if (isAbsent(value)) return undefined;
  if (attribute.type !== 'complex') return readSimple(reader, attribute, value, path);
  const read = readSubAttributes(reader, attribute, value, path);
  if (read === undefined) return undefined;
  const present = new Map<string, Json>();
  for (const [name, sub] of read) if (sub !== undefined) present.set(name, sub);
  return present.size === 0 ? undefined : inOrder(attribute.subAttributes ?? [], present);
}

/** The values of a multi-valued attribute, one by one; a single value or object stands for an array of one. */
export function readValues(reader: Reader, attribute: Attribute, value: Json, path: string): readonly Json[] {
  if (isAbsent(value)) return [];
  if (!isList(value)) return [readOne(reader, attribute, value, path)].filter((item) => item !== undefined);
  if (!checkCount(reader, value.length, path)) return [];
  return value.flatMap((item, index) => readOne(reader, attribute, item, `${path}[${index}]`) ?? []);
}

export function checkCount(reader: Reader, count: number, path: string): boolean {
  if (count <= MOST_VALUES) return true;
  reader.faults.add('INVALID_VALUE', { path, expected: `at most ${MOST_VALUES} values`, got: String(count) });
  return false;
}

/**
 * What an object says of a complex attribute's sub-attributes, by canonical name; `undefined` for one that it clears.
 * Read-only ones are left out, since a body's are ignored (RFC 7644 §3.5.1). Undefined where it is no object, or `""`.
 */
export function readSubAttributes(
  reader: Reader,
  attribute: Attribute,
  value: Json,
  path: string,
): ReadonlyMap<string, Json | undefined> | undefined {
  const object = readObject(reader, attribute, value, path);
  if (object === undefined) return undefined;
  const read = new Map<string, Json | undefined>();
  for (const [name, inner] of Object.entries(object)) {
    const sub = subAttributeOf(attribute, name) ?? displayOf(reader, attribute, object, name);
    if (sub === undefined) {
      refuseUnknown(reader, joined(path, name), name, () => subNamesOf(attribute));
    } else if (read.has(sub.name)) {
      refuseTwice(reader, joined(path, name), sub.name);
    } else if (!isReadOnly(sub)) {
      read.set(sub.name, readAttribute(reader, sub, inner, joined(path, sub.name)));
    }
  }
  return read;
}

/** The `display` of one of several values where it is called `displayName`, and is not given by its own name as well. */
function displayOf(reader: Reader, attribute: Attribute, object: JsonObject, name: string): Attribute | undefined {
  if (reader.leniency.displayNameOfValues !== 'display' || name.toLowerCase() !== 'displayname') return undefined;
  const named = Object.keys(object).some((key) => key.toLowerCase() === 'display');
  return named || !attribute.multiValued ? undefined : subAttributeOf(attribute, 'display');
}

/** A bare value stands for `{ value }` where the profile has it and the attribute has a `value`: `manager: "271"`. */
function readObject(reader: Reader, attribute: Attribute, value: Json, path: string): JsonObject | undefined {
  if (isObject(value)) return value;
  if (value === '' && reader.leniency.emptyStrings === 'clear') return undefined;
  const simple = !isList(value) && value !== null;
  if (simple && reader.leniency.bareComplexValues === 'wrap' && subAttributeOf(attribute, 'value')) return { value };
  return refuseValue(reader, attribute, value, path, 'an object');
}

/** Where the profile refuses what no schema knows; RFC 7643 leaves the choice. `known` is what could have been meant. */
export function refuseUnknown(reader: Reader, path: string, name: string, known: () => Iterable<string>): void {
  if (reader.leniency.unknownAttributes === 'ignore') return;
  const near = reader.faults.full ? undefined : nearestName(name, known());
  const remedy = near === undefined ? 'remove it' : `did you mean ${near}?`;
  reader.faults.add('INVALID_SYNTAX', { path, expected: 'an attribute that a schema defines', remedy });
}

/** Names are the same regardless of case (RFC 7643 §2.1), and neither of two values is the right one. */
export function refuseTwice(reader: Reader, path: string, name: string): void {
  reader.faults.add('INVALID_VALUE', { path, expected: `${name} once`, remedy: 'keep one of the two spellings' });
}
