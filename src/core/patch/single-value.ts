import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { Attribute } from '../schema/attribute.ts';
import { subAttributeOf } from '../schema/resolve-path.ts';
import { assign, type Draft, inOrder, valueAt } from '../validate/draft.ts';
import type { Reader } from '../validate/simple-value.ts';
import { readAttribute, readOne, readSubAttributes } from '../validate/value.ts';
import { refusal } from './fault.ts';
import type { Step } from './target.ts';

/** What an operation says of sub-attributes; undefined takes one away. */
export type SubChanges = ReadonlyMap<string, Json | undefined>;

/**
 * One operation on a single-valued attribute or a sub-attribute of one: `add` and `replace` are the same, and merge what an
 * object says into a complex value (RFC 7644 §3.5.2.3: "others left unchanged"); null takes the value away.
 */
export function applyToSingle(draft: Draft, reader: Reader, step: Step): void {
  const { attribute, label } = step.target;
  const old = valueAt(draft, step.target);
  const next = step.op === 'remove' ? removed(step, old) : changed(reader, step, old);
  if (attribute.mutability === 'immutable' && old !== undefined && !isDeepStrictEqual(next, old))
    throw immutable(label);
  assign(draft, step.target, next);
}

function removed({ target, withExtension }: Step, old: Json | undefined): Json | undefined {
  const { attribute, sub, label } = target;
  if (old === undefined) return undefined;
  if (sub !== undefined) return withSubs(attribute, old, new Map([[sub.name, undefined]]), label);
  if (attribute.required && !withExtension) throw mustStay(label);
  return undefined;
}

function changed(reader: Reader, { target, value = null }: Step, old: Json | undefined): Json | undefined {
  const { attribute, sub, label } = target;
  if (sub !== undefined) {
    return withSubs(attribute, old, new Map([[sub.name, readAttribute(reader, sub, value, label)]]), label);
  }
  if (attribute.type !== 'complex') return readOne(reader, attribute, value, label);
  if (value === null || (isList(value) && value.length === 0)) return undefined;
  const subs = readSubAttributes(reader, attribute, value, label);
  return subs && withSubs(attribute, old, subs, label);
}

/**
 * A complex value with some of its sub-attributes changed; undefined where none is left.
 * @throws {DirectoryError} MUTABILITY for one that is immutable and set, or required and taken away
 */
export function withSubs(
  attribute: Attribute,
  old: Json | undefined,
  changes: SubChanges,
  label: string,
): Json | undefined {
  const values = new Map(isObject(old) ? Object.entries(old) : []);
  for (const [name, value] of changes) {
    const sub = subAttributeOf(attribute, name);
    const before = values.get(name);
    if (sub?.mutability === 'immutable' && before !== undefined && !isDeepStrictEqual(before, value))
      throw immutable(label);
    if (sub?.required && before !== undefined && value === undefined) throw mustStay(label);
    if (value === undefined) values.delete(name);
    else values.set(name, value);
  }
  return values.size === 0 ? undefined : inOrder(attribute.subAttributes ?? [], values);
}

/** RFC 7644 §3.5.2: an immutable attribute can be given a value while it has none. */
export function immutable(label: string) {
  return refusal('MUTABILITY', label, 'the value that it has, which cannot change');
}

export function mustStay(label: string) {
  return refusal('MUTABILITY', label, 'a value, which is required', { remedy: 'replace it instead' });
}
