import type { Attribute, ResourceType } from '#core/schema/attribute.ts';
import type { Json, JsonObject, ResourceId } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';

const PREFIX = 'bulkId:';

/** What a bulkId stands for: an id, and the path of the resource below the SCIM base. */
export interface Resolved {
  readonly id: ResourceId;
  readonly path: string;
}

/** Undefined leaves out what refers to it. */
export type Resolve = (bulkId: string) => Resolved | undefined;

interface Scope {
  readonly resolve: Resolve;
  /** In lower case, of attributes that hold addresses of resources rather than ids. */
  readonly addresses: ReadonlySet<string>;
}

/** The bulkId of a reference such as `bulkId:x`, RFC 7644 §3.7.2; undefined for any other text. */
export function bulkIdOf(text: string): string | undefined {
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length) : undefined;
}

/** The bulkIds that an operation's data names, each once. */
export function bulkIdsIn(type: ResourceType, data: JsonObject): readonly string[] {
  const found = new Set<string>();
  withoutBulkIds(type, data, (bulkId) => {
    found.add(bulkId);
    return undefined;
  });
  return [...found];
}

/**
 * Data in which every reference has become what it stands for, wherever a text can be one: in members, managers, attributes of
 * extensions, ends of addresses, values and brackets of a PATCH. With what cannot be resolved goes the value that it is a part of, so
 * that nothing is ever stored as `bulkId:x`. Passwords are left as they are.
 */
export function withoutBulkIds(type: ResourceType, data: JsonObject, resolve: Resolve): JsonObject {
  return objectWithout(data, { resolve, addresses: addressNamesOf(type) }) ?? {};
}

/** Undefined where its `value` is what cannot be resolved: then it is a member, or a manager, who is yet to come. */
function objectWithout(object: JsonObject, scope: Scope): JsonObject | undefined {
  const target = patchTarget(object);
  const kept: [string, Json][] = [];
  for (const [name, value] of Object.entries(object)) {
    const isValue = name.toLowerCase() === 'value';
    const replaced = partWithout(isValue && target !== undefined ? target : name.toLowerCase(), value, scope);
    if (replaced === undefined && isValue) return undefined;
    if (replaced !== undefined) kept.push([inBrackets(name, scope), replaced]);
  }
  return Object.fromEntries(kept);
}

/** The last name of the path of a PATCH operation, in lower case. */
function patchTarget(object: JsonObject): string | undefined {
  const name = Object.keys(object).find((key) => key.toLowerCase() === 'path');
  const path = name === undefined ? undefined : object[name];
  return typeof path === 'string' ? lastName(path).toLowerCase() : undefined;
}

/** Not by a pattern, which would begin anew at each character of a path that may have millions. */
function lastName(path: string): string {
  return path.slice(Math.max(...['.', ':', ']'].map((mark) => path.lastIndexOf(mark))) + 1);
}

/** `name` is in lower case. */
function partWithout(name: string, value: Json, scope: Scope): Json | undefined {
  if (name === 'password') return value;
  if (typeof value === 'string') return textWithout(name, value, scope);
  if (isList(value)) return value.flatMap((item) => partWithout(name, item, scope) ?? []);
  return isObject(value) ? objectWithout(value, scope) : value;
}

function textWithout(name: string, text: string, scope: Scope): string | undefined {
  if (name === 'path') return inBrackets(text, scope);
  if (!text.includes(PREFIX)) return text;
  const bulkId = bulkIdOf(text);
  if (bulkId === undefined) return atEnd(text, scope);
  const resolved = scope.resolve(bulkId);
  return scope.addresses.has(name) ? resolved?.path : resolved?.id;
}

/** The texts in the brackets of a path: `members[value eq "bulkId:x"]`. */
function inBrackets(text: string, { resolve }: Scope): string {
  if (!text.includes('[')) return text;
  return replaceQuoted(text, (quoted) => {
    const bulkId = bulkIdOf(unquoted(quoted));
    return bulkId === undefined ? quoted : JSON.stringify(resolve(bulkId)?.id ?? '');
  });
}

/** Not by a pattern either: it would begin anew at each quote where the first is never closed. */
function replaceQuoted(text: string, replace: (quoted: string) => string): string {
  let replaced = '';
  let from = 0;
  for (let start = text.indexOf('"'); start >= 0; start = text.indexOf('"', from)) {
    const end = closingQuote(text, start);
    if (end < 0) break;
    replaced += text.slice(from, start) + replace(text.slice(start, end + 1));
    from = end + 1;
  }
  return replaced + text.slice(from);
}

function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += text[at] === '\\' ? 2 : 1) if (text[at] === '"') return at;
  return -1;
}

/** What is no JSON string is refused as a path. */
function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return '';
  }
}

/** `../Users/bulkId:x`, as `$ref` and other addresses have it; a text with spaces is none. */
function atEnd(text: string, { resolve }: Scope): string | undefined {
  const start = text.indexOf(`/${PREFIX}`) + 1;
  if (start === 0 || /\s/.test(text.slice(0, start))) return text;
  const resolved = resolve(text.slice(start + PREFIX.length));
  return resolved && `${text.slice(0, start)}${encodeURIComponent(resolved.id)}`;
}

const addressNames = new WeakMap<ResourceType, ReadonlySet<string>>();

function addressNamesOf(type: ResourceType): ReadonlySet<string> {
  let names = addressNames.get(type);
  if (names === undefined) {
    const attributes = [...type.attributes, ...type.extensions.flatMap(({ schema }) => schema.attributes)];
    const stored = attributes.filter(({ link }) => link === undefined);
    const all = stored.flatMap((attribute) => [attribute, ...(attribute.subAttributes ?? [])]);
    names = new Set(all.filter(isAddress).map(({ name }) => name.toLowerCase()));
    addressNames.set(type, names);
  }
  return names;
}

function isAddress({ refersTo }: Attribute): boolean {
  return refersTo !== undefined && !refersTo.anyUri;
}
