import type { PatchOperation } from '#core/patch/operation.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import type { TypeFields } from '../fields/field.ts';
import { type InputField, isTakenBy } from '../fields/input-field.ts';
import { entriesOf, type Input, isInput } from './input.ts';
import { assign, fieldsToBody, inputFieldNamed, valueToScim } from './input-to-body.ts';

/** In the order in which they take effect. */
export const LIST_WORDS = ['set', 'remove', 'add'] as const;

/** What a change comes to, of the resource itself or of one extension. */
interface Change {
  readonly set: Map<string, Json>;
  readonly add: Map<string, Json>;
  readonly remove: PatchOperation[];
  /** What stands before an attribute's name in a path. */
  readonly prefix: string;
}

/**
 * The one change that a typed patch means, as operations for `Session.patch` with `oneChange`: all that is set at once, then what is
 * removed from lists, then what is added to them.
 * @throws {DirectoryError} INVALID_VALUE for null as a list's `set`, `add` or `remove`, which says nothing
 */
export function patchToOperations({ inputs }: TypeFields, patch: Input): readonly PatchOperation[] {
  const change = openChange('');
  readChange(change, inputs, patch);
  const { set, add, remove } = change;
  return [...operation('replace', set), ...remove, ...operation('add', add)];
}

function operation(op: PatchOperation['op'], values: ReadonlyMap<string, Json>): readonly PatchOperation[] {
  return values.size === 0 ? [] : [{ op, value: Object.fromEntries(values) }];
}

function openChange(prefix: string): Change {
  return { set: new Map(), add: new Map(), remove: [], prefix };
}

function readChange(change: Change, fields: readonly InputField[], patch: Input): void {
  for (const [name, value] of entriesOf(patch)) {
    const field = inputFieldNamed(fields, name);
    if (field.extension) readExtension(change, field, value);
    else if (field.multiValued && isInput(value)) readList(change, field, value);
    else if (field.fields !== undefined && isInput(value)) readParts(change, field, fieldsToBody(field.fields, value));
    else assign(change.set, field, valueToScim(field, value));
  }
}

/** Part by part, since a credential may see and write some of a complex attribute's and not the others. */
function readParts({ set }: Change, { key }: InputField, parts: JsonObject): void {
  for (const [part, value] of Object.entries(parts)) set.set(`${key}.${part}`, value);
}

/** Null clears each of its attributes, but no link of it: that is a field of its own here. */
function readExtension({ set, add, remove }: Change, { key, fields = [] }: InputField, value: unknown): void {
  const inner = openChange(`${key}:`);
  const cleared = () => fields.filter((field) => isTakenBy('patch', field)).map(({ name }) => [name, null]);
  readChange(inner, fields, isInput(value) ? value : Object.fromEntries(cleared()));
  if (inner.set.size > 0) set.set(key, Object.fromEntries(inner.set));
  if (inner.add.size > 0) add.set(key, Object.fromEntries(inner.add));
  remove.push(...inner.remove);
}

function readList(change: Change, field: InputField, words: Input): void {
  for (const word of LIST_WORDS) {
    const given = words[word];
    if (given === undefined) continue;
    if (given === null) throw saysNothing(`${change.prefix}${field.key}.${word}`);
    const value = valueToScim(field, given);
    if (word !== 'remove') assign(change[word], field, value);
    else change.remove.push({ op: 'remove', path: { path: { text: `${change.prefix}${field.key}`, at: 0 } }, value });
  }
}

function saysNothing(path: string): DirectoryError {
  const fault = { path, expected: 'a list', got: 'null', remedy: 'leave it out, or clear the attribute with null' };
  return new DirectoryError('INVALID_VALUE', `${path}: expected a list`, { faults: [fault] });
}
