import { fold } from '#model/fold.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import { isObject } from '#model/values.ts';
import type { Attribute } from '../schema/attribute.ts';
import { subAttributeOf } from '../schema/resolve-path.ts';
import type { Reader } from './simple-value.ts';

/**
 * Stored values are never changed in place, so the key of one is computed once however often a PATCH looks at it. It is the key
 * under one definition: schemas change at run time.
 */
const keysByAttribute = new WeakMap<Attribute, WeakMap<object, string>>();

/**
 * What makes two values of an attribute the same, compared as filters compare: type and value (RFC 7643 §2.4), or all but
 * `primary` where there is no `value`.
 */
export function valueKey(attribute: Attribute, value: Json): string {
  if (!isObject(value)) return JSON.stringify(fold(attribute.comparison, value) ?? value);
  let keys = keysByAttribute.get(attribute);
  if (keys === undefined) {
    keys = new WeakMap();
    keysByAttribute.set(attribute, keys);
  }
  let key = keys.get(value);
  if (key === undefined) {
    key = partKey(attribute, value, identityOf(value));
    keys.set(value, key);
  }
  return key;
}

/** The same for the named sub-attributes alone. */
export function partKey(attribute: Attribute, value: JsonObject, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => [name, foldedSub(attribute, value, name)]));
}

/**
 * The values with those added that are not there yet; one that is there gains what the added one says besides. At most one
 * stays primary: an added one, else the one that was (RFC 7644 §3.5.2).
 */
export function mergeValues(
  reader: Reader,
  attribute: Attribute,
  before: readonly Json[],
  added: readonly Json[],
  path: string,
): readonly Json[] {
  return settleValues(reader, attribute, [...before, ...added], new Set(added), path);
}

/** The values without two that are the same and with one primary at most, after some of them (`fresh`) were given. */
export function settleValues(
  reader: Reader,
  attribute: Attribute,
  values: readonly Json[],
  fresh: ReadonlySet<Json>,
  path: string,
): readonly Json[] {
  if (values.length < 2) return values;
  const settled = new Map<string, Json>();
  const claimed = new Set<string>();
  for (const value of values) {
    const key = valueKey(attribute, value);
    const same = settled.get(key);
    settled.set(key, same === undefined ? value : fresh.has(value) ? united(same, value) : united(value, same));
    if (fresh.has(value) && isPrimary(attribute, value)) claimed.add(key);
  }
  return onePrimary(reader, attribute, settled, claimed, path);
}

/** A value that says nothing but its type and whether it is primary has lost what it was there for. */
export function isHollow(attribute: Attribute, value: Json): boolean {
  if (!isObject(value)) return false;
  const label = (name: string) => name === 'type' || name === 'primary';
  const names = Object.keys(value);
  return (
    names.length === 0 || (names.every(label) && !(attribute.subAttributes ?? []).every(({ name }) => label(name)))
  );
}

function identityOf(value: JsonObject): readonly string[] {
  if (Object.hasOwn(value, 'value')) return ['type', 'value'];
  return Object.keys(value)
    .filter((name) => name !== 'primary')
    .sort();
}

/** One value out of two that are the same: the later one's words, in its spelling, over the earlier one's. */
function united(earlier: Json, later: Json): Json {
  if (!isObject(earlier) || !isObject(later)) return later;
  const differs = Object.entries(later).some(([name, inner]) => earlier[name] !== inner);
  return differs ? { ...earlier, ...later } : earlier;
}

function onePrimary(
  reader: Reader,
  attribute: Attribute,
  settled: ReadonlyMap<string, Json>,
  claimed: ReadonlySet<string>,
  path: string,
): readonly Json[] {
  const primary = [...settled].filter(([, value]) => isPrimary(attribute, value)).map(([key]) => key);
  if (primary.length < 2) return [...settled.values()];
  const claims = primary.filter((key) => claimed.has(key));
  if (claims.length > 1 && reader.leniency.secondPrimary === 'refuse') {
    reader.faults.add('INVALID_VALUE', { path, expected: 'at most one primary value', got: String(claims.length) });
  }
  const losers = new Set(primary);
  losers.delete(claims[0] ?? primary[0] ?? '');
  return [...settled].map(([key, value]) =>
    isObject(value) && losers.has(key) ? { ...value, primary: false } : value,
  );
}

/**
 * A hollow value neither wins nor loses: Entra writes `emails[type eq "work"].primary` before `.value`, and may leave the
 * value out.
 */
function isPrimary(attribute: Attribute, value: Json): boolean {
  return isObject(value) && value['primary'] === true && !isHollow(attribute, value);
}

function foldedSub(attribute: Attribute, value: JsonObject, name: string): Json {
  const inner = value[name];
  if (inner === undefined) return null;
  const sub = subAttributeOf(attribute, name);
  return (sub && fold(sub.comparison, inner)) ?? inner;
}
