import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { assign, type Draft, valueAt } from '../validate/draft.ts';
import { isAbsent } from '../validate/is-absent.ts';
import type { Reader } from '../validate/simple-value.ts';
import { checkCount, readAttribute, readSubAttributes, readValues } from '../validate/value.ts';
import { mergeValues, partKey, settleValues, valueKey } from '../validate/value-set.ts';
import { type Budget, chooserOf, spend, termsToSubs } from './choice.ts';
import { refusal } from './fault.ts';
import { immutable, mustStay, withSubs } from './single-value.ts';
import type { Step } from './target.ts';

/** What an operation does to each value that it is about. */
type Change =
  | { readonly kind: 'none' | 'drop' }
  /** `creates`: a value is made where none is there to be changed. */
  | { readonly kind: 'edit'; readonly creates: boolean; readonly edit: (value: Json) => Json | undefined };

/** One operation on a multi-valued attribute, on the values that brackets choose, or on a sub-attribute of them. */
export function applyToSeveral(type: ResourceType, draft: Draft, budget: Budget, reader: Reader, step: Step): void {
  const { attribute, sub, where, label } = step.target;
  const value = valueAt(draft, step.target);
  const old = isList(value) ? value : [];
  spend(budget, old.length + (isList(step.value) ? step.value.length : 1), where);
  const next = where || sub ? onChosen(reader, step, old, chooserOf(type, reader, step)) : onAll(reader, step, old);
  if (attribute.mutability === 'immutable' && old.length > 0 && !isDeepStrictEqual(next, old)) throw immutable(label);
  const emptied = next.length === 0 && old.length > 0;
  if (emptied && attribute.required && step.op === 'remove' && !step.withExtension) throw mustStay(label);
  if (checkCount(reader, next.length, label)) assign(draft, step.target, next);
}

function onAll(reader: Reader, { op, target, value = null }: Step, old: readonly Json[]): readonly Json[] {
  const { attribute, label } = target;
  if (op === 'remove' && value === null) return [];
  const values = readValues(reader, attribute, value, label);
  if (op === 'add') return mergeValues(reader, attribute, old, values, label);
  if (op === 'replace') return mergeValues(reader, attribute, [], values, label);
  // Entra, authentik and JumpCloud list what to remove, where RFC 7644 §3.5.2.2 would remove everything.
  const listed = listedIn(attribute, values);
  return old.filter((item) => !listed(item));
}

function onChosen(reader: Reader, step: Step, old: readonly Json[], chosen: (value: Json) => boolean): readonly Json[] {
  const { attribute, label } = step.target;
  const change = toChange(reader, step);
  if (change.kind !== 'edit') return change.kind === 'none' ? old : old.filter((value) => !chosen(value));
  const subjects = new Set(old.filter(chosen));
  const edited = new Map([...subjects].map((value) => [value, change.edit(value)]));
  const next = old.flatMap((value) => (edited.has(value) ? (edited.get(value) ?? []) : [value]));
  const created = subjects.size === 0 && change.creates ? change.edit(newValue(reader, step)) : undefined;
  const fresh = new Set([...edited.values(), created].filter((value) => value !== undefined));
  return settleValues(reader, attribute, created === undefined ? next : [...next, created], fresh, label);
}

function toChange(reader: Reader, { op, target, value = null }: Step): Change {
  const { attribute, sub, label } = target;
  if (sub !== undefined) {
    const given = op === 'remove' ? undefined : readAttribute(reader, sub, value, label);
    const edit = (old: Json) => withSubs(attribute, old, new Map([[sub.name, given]]), label);
    return { kind: 'edit', creates: given !== undefined, edit };
  }
  const subs = op === 'remove' || isAbsent(value) ? undefined : readSubAttributes(reader, attribute, value, label);
  if (subs === undefined) return { kind: op === 'add' ? 'none' : 'drop' };
  if (op === 'add') return { kind: 'edit', creates: true, edit: (old) => withSubs(attribute, old, subs, label) };
  // Replaced as a whole (RFC 7644 §3.5.2.3), yet still what the brackets say unless the value says otherwise.
  const terms = termsToSubs(reader, target) ?? new Map();
  const whole = withSubs(attribute, undefined, new Map([...terms, ...subs]), label);
  return { kind: 'edit', creates: true, edit: () => whole };
}

/**
 * What the brackets say, as the start of a value that fits them: Entra writes `emails[type eq "work"].value` to users without.
 * @throws {DirectoryError} NO_TARGET where the profile refuses that, or no single value follows from the brackets
 */
function newValue(reader: Reader, { target }: Step): Json {
  const terms = termsToSubs(reader, target);
  if (terms === undefined || (target.where !== undefined && reader.leniency.missingTarget === 'refuse')) {
    throw refusal('NO_TARGET', target.label, 'a value that the brackets choose', {
      remedy: `add one to ${target.attribute.name} first`,
    });
  }
  return withSubs(target.attribute, undefined, terms, target.label) ?? {};
}

/** Whether a value is one of those listed: by value, and by type where that is given; else by all that the list says of it. */
function listedIn(attribute: Attribute, listed: readonly Json[]): (value: Json) => boolean {
  const whole = new Set(listed.filter((item) => !isObject(item)).map((item) => valueKey(attribute, item)));
  const parts = new Map<string, { readonly names: readonly string[]; readonly keys: Set<string> }>();
  for (const item of listed.filter(isObject)) {
    const given = Object.keys(item).sort();
    const names = given.includes('value') ? given.filter((name) => name === 'type' || name === 'value') : given;
    const group = parts.get(names.join(' ')) ?? { names, keys: new Set<string>() };
    parts.set(names.join(' '), group);
    group.keys.add(partKey(attribute, item, names));
  }
  const groups = [...parts.values()];
  return (value) =>
    isObject(value)
      ? groups.some(({ names, keys }) => keys.has(partKey(attribute, value, names)))
      : whole.has(valueKey(attribute, value));
}
