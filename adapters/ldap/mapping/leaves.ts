/** Attributes taken apart into what an entry can hold by itself: `name.familyName`, `emails`, `urn:...:User:department`. */
import type { Attributes, Json } from '#model/resource.ts';
import { isObject } from '#model/values.ts';

export interface Leaf {
  /** From the resource down: an extension's URN, the attribute, its sub-attribute. */
  readonly path: readonly string[];
  readonly value: Json;
}

/** By `leafKey`. */
export type Leaves = ReadonlyMap<string, Leaf>;

export function leafKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

/** `urn:a:b:User:manager.x` is an extension's; every other name stands by itself. */
export function parseLeafPath(text: string): readonly string[] {
  const colon = text.startsWith('urn:') ? text.lastIndexOf(':') : -1;
  const names = text.slice(colon + 1).split('.');
  return colon < 0 ? names : [text.slice(0, colon), ...names];
}

export function printLeafPath(path: readonly string[]): string {
  const [first = '', ...rest] = path;
  return first.startsWith('urn:') ? `${first}:${rest.join('.')}` : path.join('.');
}

/** Lists are leaves as a whole; an empty object is one too. */
export function takeApart(attributes: Attributes): Leaves {
  const leaves = new Map<string, Leaf>();
  walk(attributes, []);
  return leaves;

  function walk(value: Json, path: readonly string[]): void {
    if (isObject(value) && (path.length === 0 || Object.keys(value).length > 0)) {
      for (const [name, item] of Object.entries(value)) walk(item, [...path, name]);
    } else leaves.set(leafKey(path), { path, value });
  }
}

type Table = { [name: string]: Json };

export function putTogether(leaves: Leaves): Attributes {
  const attributes: Table = {};
  for (const { path, value } of leaves.values()) {
    let table = attributes;
    for (const name of path.slice(0, -1)) {
      const present = Object.hasOwn(table, name) ? table[name] : undefined;
      const inner: Table = isObject(present) ? present : {};
      if (inner !== present) setOwn(table, name, inner);
      table = inner;
    }
    setOwn(table, path.at(-1) ?? '', value);
  }
  return attributes;
}

/** Assigning to `__proto__` would set the prototype. */
function setOwn(table: Table, name: string, value: Json): void {
  if (name !== '__proto__') table[name] = value;
  else Object.defineProperty(table, name, { value, enumerable: true, configurable: true, writable: true });
}
