/** One resource type's attributes as an entry has them, and back. */
import { DirectoryError } from '#model/errors.ts';
import type { AttributePath } from '#model/filter.ts';
import { compareText } from '#model/fold.ts';
import type { Attributes, Json } from '#model/resource.ts';
import { sameJson } from '#model/same-json.ts';
import { isList, isObject } from '#model/values.ts';
import type { Entry } from '../connection/entry.ts';
import type { Value } from '../connection/operations.ts';
import { converterOf, isOpen } from './converters.ts';
import type { EntryValues, Home, Place } from './homes.ts';
import { type Leaf, type Leaves, leafKey, printLeafPath, putTogether, takeApart } from './leaves.ts';
import type { Template } from './template.ts';

export interface EntryMapParts {
  readonly homes: readonly Home[];
  /** What an entry must have, by attribute, where no home has written it. */
  readonly templates: ReadonlyMap<string, Template>;
  /** The attribute that keeps, as JSON, what no home can hold exactly. */
  readonly overflow?: string;
  /** Of what is kept in the overflow these alone, and what is along them; all where absent. */
  readonly wanted?: readonly (readonly string[])[];
}

/**
 * What the homes cannot hold exactly (an attribute without one, an e-mail's type, an empty text) is kept beside them: a list of
 * `[path, value]`, `null` for what a home says and the resource does not have. It counts only while the homes hold what they held when it
 * was written, so that what others change in the directory is seen.
 */
export class EntryMap {
  readonly homes: ReadonlyMap<string, Home>;
  readonly #templates: EntryMapParts['templates'];
  readonly overflow: string | undefined;
  readonly #references: readonly string[];
  readonly #wanted: EntryMapParts['wanted'];
  /** An overflow with none of these in it keeps nothing that is wanted. */
  readonly #mentions: readonly string[];
  /** By the key of a home. */
  readonly #alone = new Map<string, boolean>();

  constructor({ homes, templates, overflow, wanted }: EntryMapParts) {
    this.homes = new Map(homes.map((home) => [home.key, home]));
    this.#templates = templates;
    this.overflow = overflow;
    this.#wanted = wanted;
    const kept = [...homes.map((home) => home.path), ...(wanted ?? [])];
    this.#mentions = [...new Set(kept.map(([first]) => JSON.stringify(first)))];
    const places = homes.flatMap((home) => home.places).filter(({ conversion }) => conversion === 'dn');
    this.#references = [...new Set(places.map(({ attribute }) => attribute))];
  }

  /**
   * The part of it that says what is at some paths. Where a template may have written what is there, its sources decide whether the
   * overflow counts, so that nothing less than the whole will do.
   */
  narrowedTo(paths: readonly AttributePath[]): EntryMap {
    const wanted = paths.map(toLeafPath);
    const along = [...this.homes.values()].filter((home) => wanted.some((path) => isAlong(home.path, path)));
    const attributes = new Set(along.flatMap((home) => home.attributes));
    const isTemplated = [...attributes].some((attribute) => this.#templates.has(attribute));
    if (this.overflow !== undefined && isTemplated) return this;
    const homes = [...this.homes.values()].filter(
      (home) => home.attributes.some((each) => attributes.has(each)) || along.includes(home),
    );
    return new EntryMap({
      homes,
      templates: new Map(),
      wanted,
      ...(this.overflow !== undefined && { overflow: this.overflow }),
    });
  }

  /** All that a reader has to ask for. */
  get attributes(): readonly string[] {
    const names = [...this.homes.values()].flatMap(({ attributes }) => attributes);
    return [...new Set([...names, ...(this.overflow === undefined ? [] : [this.overflow])])];
  }

  /** Those that hold DNs of other resources. */
  get references(): readonly string[] {
    return this.#references;
  }

  /** All that a write may set. */
  get written(): readonly string[] {
    return [...new Set([...this.attributes, ...this.#templates.keys()])];
  }

  /** Whether it is written by a template alone. */
  isMade(attribute: string): boolean {
    return !this.attributes.includes(attribute);
  }

  /** The leaf that an attribute holds or, by a template, is made of; undefined where it is neither. */
  sourceOf(attribute: string): readonly string[] | undefined {
    const isIt = (name: string) => name.toLowerCase() === attribute.toLowerCase();
    const home = [...this.homes.values()].find(({ attributes }) => attributes.some(isIt));
    return home?.path ?? [...this.#templates].find(([name]) => isIt(name))?.[1].source;
  }

  /** Values of an attribute that says more than what is mapped to it, such as other flags of an account; undefined for all others. */
  onto(attribute: string, values: readonly Value[], present: readonly Buffer[]): readonly Value[] | undefined {
    const [value] = values;
    const [before] = present;
    if (value === undefined || before === undefined) return undefined;
    const places = [...this.homes.values()].flatMap((home) => home.places);
    const place = places.find((each) => each.attribute === attribute);
    const onto = place && converterOf(place.conversion).onto;
    return onto && [onto(value, before)];
  }

  /** @throws INVALID_VALUE with the paths that have no place in an entry */
  toValues(attributes: Attributes): EntryValues {
    const leaves = takeApart(attributes);
    const values = this.#homeValues(leaves);
    const rest = this.#rest(leaves, values);
    if (rest.length === 0) return values;
    if (this.overflow === undefined) this.#checkNothingLost(rest, values);
    else values.set(this.overflow, [printOverflow(rest)]);
    return values;
  }

  toAttributes(entry: Entry): Attributes {
    const said = this.#readHomes(entry);
    const kept = this.#readOverflow(entry);
    if (kept.size === 0) return putTogether(said);
    return putTogether(this.#overlay(said, kept, entry));
  }

  /** Whether an attribute holds what is mapped and nothing beside it: whatever stands there is replaced. */
  isExclusive(attribute: string): boolean {
    const places = this.#placesOf(attribute);
    return places.length > 0 && !places.some(({ conversion }) => isOpen(conversion));
  }

  /** What a value would be if it were written as it is read: a text for bytes that are none. */
  asRead(attribute: string, bytes: Buffer): Value | undefined {
    const [place] = this.#placesOf(attribute);
    if (place === undefined) return undefined;
    const { toScim, toLdap } = converterOf(place.conversion);
    const value = toScim(bytes);
    return value === undefined ? undefined : toLdap(value);
  }

  #placesOf(attribute: string): readonly Place[] {
    const places = [...this.homes.values()].flatMap((home) => home.places);
    return places.filter((place) => place.attribute === attribute);
  }

  /** Of all attributes, or of some: what has nothing to do with them is not converted. */
  #homeValues(leaves: Leaves, only?: readonly string[]): EntryValues {
    const values: EntryValues = new Map();
    const isWanted = (name: string) => only === undefined || only.includes(name);
    for (const [key, { value }] of leaves) {
      const home = this.homes.get(key);
      if (home?.attributes.some(isWanted)) home.write(value, values);
    }
    for (const [attribute, template] of this.#templates) {
      if (values.has(attribute) || !isWanted(attribute)) continue;
      const value = converterOf('text').toLdap(template.fill(leaves));
      if (value !== undefined) values.set(attribute, [value]);
    }
    return values;
  }

  /** What reading the values back would not give. */
  #rest(leaves: Leaves, values: EntryValues): readonly [path: readonly string[], value: Json][] {
    const said = this.#readHomes(asEntry(values));
    const rest: [readonly string[], Json][] = [];
    for (const [key, { path, value }] of leaves) {
      const read = said.get(key);
      if (read === undefined || !sameJson(read.value, value)) rest.push([path, value]);
    }
    for (const [key, { path }] of said) if (!leaves.has(key)) rest.push([path, null]);
    return rest;
  }

  /** Other words for the same, and another order of a list, are no loss. */
  #checkNothingLost(rest: readonly [readonly string[], Json][], values: EntryValues): void {
    const said = this.#readHomes(asEntry(values));
    const isKept = (path: readonly string[], value: Json) => {
      const [home, read] = [this.homes.get(leafKey(path)), said.get(leafKey(path))];
      return home !== undefined && read !== undefined && home.isSame(read.value, value);
    };
    const faults = rest
      .filter(([path, value]) => value !== null && !isKept(path, value))
      .map(([path]) => ({
        path: printLeafPath(path),
        expected: 'a value that the mapped LDAP attribute can hold',
        remedy: 'map it, or configure an `overflow` attribute for what has no place',
      }));
    if (faults.length === 0) return;
    const names = faults.map(({ path }) => path).join(', ');
    throw new DirectoryError('INVALID_VALUE', `the directory has no place for ${names}`, { faults });
  }

  #readHomes(entry: ReadableEntry): Map<string, Leaf> {
    const leaves = new Map<string, Leaf>();
    for (const home of this.homes.values()) {
      const value = home.read(entry as Entry);
      if (value !== undefined) leaves.set(home.key, { path: home.path, value });
    }
    return leaves;
  }

  #readOverflow(entry: Entry): Leaves {
    const text = this.overflow === undefined ? undefined : entry.strings(this.overflow).find(isOverflow);
    if (text === undefined) return new Map();
    if (this.#wanted === undefined) return parseOverflow(text);
    if (!this.#mentions.some((name) => text.includes(name))) return new Map();
    const kept = parseOverflow(text);
    const isWanted = (key: string, path: readonly string[]) =>
      this.homes.has(key) || this.#wanted?.some((each) => isAlong(path, each)) === true;
    return new Map([...kept].filter(([key, { path }]) => isWanted(key, path)));
  }

  /** Lays over `leaves`, what the homes say, what is kept beside them. */
  #overlay(leaves: Map<string, Leaf>, kept: Leaves, entry: Entry): Leaves {
    const isShared = (key: string) => this.homes.has(key) && !this.#isAlone(key);
    const full = [...kept.keys()].some(isShared) ? laidOver(leaves, kept) : kept;
    for (const [key, leaf] of kept) {
      const home = this.homes.get(key);
      if (home === undefined || this.#isCurrent(home, full, entry)) setLeaf(leaves, key, leaf);
      else if (home.merge !== undefined && leaf.value !== null) {
        const value = home.merge(leaf.value, entry);
        if (value !== undefined) leaves.set(key, { path: leaf.path, value });
      }
    }
    return leaves;
  }

  /** The home holds what a write of all of it would put there. */
  #isCurrent(home: Home, full: Leaves, entry: Entry): boolean {
    const expected = this.#isAlone(home.key) ? valuesOf(home, full) : this.#homeValues(full, home.attributes);
    return home.attributes.every((name) => sameValues(entry.buffers(name), expected.get(name) ?? []));
  }

  /** Nothing else writes what its home writes. */
  #isAlone(key: string): boolean {
    const known = this.#alone.get(key);
    if (known !== undefined) return known;
    const homes = [...this.homes.values()];
    const isShared = (name: string) =>
      this.#templates.has(name) || homes.some((other) => other.key !== key && other.attributes.includes(name));
    const isAlone = this.homes.get(key)?.attributes.some(isShared) === false;
    this.#alone.set(key, isAlone);
    return isAlone;
  }
}

function laidOver(leaves: Leaves, kept: Leaves): Map<string, Leaf> {
  const full = new Map(leaves);
  for (const [key, leaf] of kept) setLeaf(full, key, leaf);
  return full;
}

function valuesOf(home: Home, leaves: Leaves): EntryValues {
  const values: EntryValues = new Map();
  const value = leaves.get(home.key)?.value ?? null;
  if (value !== null) home.write(value, values);
  return values;
}

function toLeafPath({ schema, name, sub }: AttributePath): readonly string[] {
  return [...(schema === undefined ? [] : [schema]), name, ...(sub === undefined ? [] : [sub])];
}

/** Whether one of the paths leads through the other. */
function isAlong(one: readonly string[], other: readonly string[]): boolean {
  return one.slice(0, other.length).every((name, at) => name === other[at]);
}

type ReadableEntry = Pick<Entry, 'buffers' | 'dn'>;

function asEntry(values: EntryValues): ReadableEntry {
  const byName = new Map(
    [...values].map(([name, list]) => [name.toLowerCase(), list.map((value) => Buffer.from(value as string))]),
  );
  return { dn: '', buffers: (name) => byName.get(name.toLowerCase()) ?? [] };
}

function setLeaf(leaves: Map<string, Leaf>, key: string, leaf: Leaf): void {
  if (leaf.value === null) leaves.delete(key);
  else leaves.set(key, leaf);
}

function sameValues(present: readonly Buffer[], expected: readonly Value[]): boolean {
  if (present.length !== expected.length) return false;
  if (present.length === 1) return present[0]?.equals(Buffer.from(expected[0] as string)) === true;
  const wanted = expected.map((value) => Buffer.from(value as string)).sort(Buffer.compare);
  return present.toSorted(Buffer.compare).every((value, i) => value.equals(wanted[i] as Buffer));
}

const OPENING = '[["';

/** One text for one content, whatever the order of names, so that a write that changes nothing shows none. */
function printOverflow(rest: readonly [path: readonly string[], value: Json][]): string {
  const sorted = rest.toSorted(([a], [b]) => compareText(JSON.stringify(a), JSON.stringify(b)));
  return JSON.stringify(sorted.map(([path, value]) => [path, inOrder(value)]));
}

function inOrder(value: Json): Json {
  if (isList(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, item]): [string, Json] => [name, inOrder(item)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => compareText(a, b)));
}

/** The attribute may hold texts of others. */
export function isOverflow(text: string): boolean {
  return text.startsWith(`[${OPENING}`);
}

function parseOverflow(text: string): Leaves {
  const leaves = new Map<string, Leaf>();
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return leaves;
  }
  for (const item of Array.isArray(list) ? list : []) {
    const leaf = parseKept(item);
    if (leaf !== undefined) leaves.set(leafKey(leaf.path), leaf);
  }
  return leaves;
}

function parseKept(item: unknown): Leaf | undefined {
  if (!Array.isArray(item) || item.length !== 2) return undefined;
  const [path, value] = item as [unknown, Json];
  const names = Array.isArray(path) && path.length > 0 && path.every((name) => typeof name === 'string');
  return names ? { path: path as string[], value } : undefined;
}

/** How the overflow writes a leaf with a text, for those who look for it there. */
export function overflowText(path: readonly string[], value: string): string {
  return `[${JSON.stringify(path)},${JSON.stringify(value)}]`;
}
