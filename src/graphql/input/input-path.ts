import type { InputField } from '../fields/input-field.ts';
import { type Input, isInput, listOf } from './input.ts';
import { LIST_WORDS } from './patch-to-operations.ts';

/** Where attributes stand in a mutation's arguments. */
export interface InputPlace {
  readonly fields: readonly InputField[];
  /** What was given for them. */
  readonly input: Input;
  /** The path that leads there, such as `input`, `user`. */
  readonly base: readonly string[];
}

/**
 * The place in the input that a fault's path names, RFC 7644 §3.10 with indexes: `emails[0].value` is `input`, `emails`, `0`, `value`.
 * As far as it can be told: brackets that hold a filter, and an index where several lists were given, lead no further.
 */
export function faultToInputPath({ fields, input, base }: InputPlace, path: string): readonly string[] {
  const link = fields.find((each) => each.schema !== undefined && startsWith(path, `${each.schema}:${each.key}`));
  if (link !== undefined) return [...base, link.name];
  const extension = fields.find((each) => each.extension && startsWith(path, each.key));
  if (extension === undefined) return attributePath(fields, input, base, path);
  const inner = input[extension.name];
  const rest = path.slice(extension.key.length).replace(/^[:.]/, '');
  const below = [...base, extension.name];
  return attributePath(extension.fields ?? [], isInput(inner) ? inner : {}, below, rest);
}

/** `emails` starts `emails[0].value`, and not `emailsToo`. */
function startsWith(path: string, name: string): boolean {
  return path.toLowerCase().startsWith(name.toLowerCase()) && !/^[\w$-]/.test(path.slice(name.length));
}

function attributePath(
  fields: readonly InputField[],
  input: Input,
  base: readonly string[],
  path: string,
): readonly string[] {
  const [, name = '', index, rest = ''] = /^([\w$-]+)(?:\[(\d+)\])?(?:\.(.*))?$/s.exec(path) ?? [];
  const field = fields.find((each) => each.key.toLowerCase() === name.toLowerCase());
  if (field === undefined) return base;
  const here = [...base, field.name];
  if (!field.multiValued) return field.fields === undefined ? here : attributePath(field.fields, {}, here, rest);
  const list = listPath(here, input[field.name], index, rest);
  if (list === undefined) return here;
  return index === undefined || field.link ? list : attributePath(field.fields ?? [], {}, list, rest);
}

/** A change has up to three lists, so that an index is one of the only list that was given. */
function listPath(
  here: readonly string[],
  value: unknown,
  index: string | undefined,
  rest: string,
): readonly string[] | undefined {
  if (!isInput(value)) return index === undefined ? undefined : [...here, index];
  const words = LIST_WORDS.filter((word) => value[word] !== undefined);
  const word = words.find((each) => each === rest) ?? (words.length === 1 ? words[0] : undefined);
  if (word === undefined) return undefined;
  return index === undefined ? [...here, word] : [...here, word, index];
}

/** Where an id was given as a link; undefined where it was not. */
export function referenceToInputPath({ fields, input, base }: InputPlace, id: string): readonly string[] | undefined {
  for (const { name, link } of fields) {
    const value = input[name];
    if (link === undefined || value === undefined) continue;
    const at = positionOf(value, id);
    if (at !== undefined) return [...base, name, ...at];
  }
  return undefined;
}

function positionOf(value: unknown, id: string): readonly string[] | undefined {
  if (value === id) return [];
  if (!isInput(value)) return indexIn(value, id);
  for (const word of ['add', 'set']) {
    const at = indexIn(value[word], id);
    if (at !== undefined) return [word, ...at];
  }
  return undefined;
}

function indexIn(value: unknown, id: string): readonly string[] | undefined {
  const index = listOf(value).indexOf(id);
  return index < 0 ? undefined : [String(index)];
}
