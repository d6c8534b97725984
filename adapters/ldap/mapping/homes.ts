/** Where in an entry one leaf of a resource lives. */
import type { Json } from '#model/resource.ts';
import { sameJson } from '#model/same-json.ts';
import { isList, isObject, own } from '#model/values.ts';
import type { Entry } from '../connection/entry.ts';
import type { Value } from '../connection/operations.ts';
import { parseDn } from '../dn.ts';
import { type Conversion, type Converter, converterOf } from './converters.ts';
import { leafKey } from './leaves.ts';

/** LDAP attributes, named as the configuration does, to their values. */
export type EntryValues = Map<string, Value[]>;

export interface Home {
  readonly path: readonly string[];
  readonly key: string;
  /** All that it may write. */
  readonly attributes: readonly string[];
  readonly places: readonly ListPlace[];
  /** Of several values, each with `value` and more where `complex`. */
  readonly shape: 'single' | 'list' | 'complex list';
  /** What every entry says, whatever is in it. */
  readonly constant?: Json;
  write(value: Json, into: EntryValues): void;
  read(entry: Entry): Json | undefined;
  /** Whether what is read back is what was written, in other words. */
  isSame(read: Json, written: Json): boolean;
  /** What stays of a list of which the directory has changed some values: what it still has, then what is new. Lists alone. */
  merge?(kept: Json, entry: Entry): Json | undefined;
}

export interface Place {
  readonly attribute: string;
  readonly conversion: Conversion;
}

/** One value, such as `name.familyName` in `sn`. */
export function singleHome(path: readonly string[], { attribute, conversion }: Place): Home {
  const converter = converterOf(conversion);
  const scimIn = (value: Buffer | undefined) => (value === undefined ? undefined : converter.toScim(value));
  return {
    path,
    key: leafKey(path),
    attributes: [attribute],
    places: [{ attribute, conversion }],
    shape: 'single',
    write(value, into) {
      addValue(into, attribute, converter.toLdap(value), converter);
    },
    read(entry) {
      const present = entry.buffers(attribute);
      if (present.length <= 1) return scimIn(present[0]) ?? converter.absent;
      const values = present.flatMap((value) => converter.toScim(value) ?? []);
      if (values.length <= 1) return values[0] ?? converter.absent;
      // Values have no order, RFC 4512 §2.5; the one that names the entry is the one that it is known by.
      const name = converter.form(nameIn(entry.dn, attribute) ?? '');
      return values.find((value) => converter.form(converter.toLdap(value) ?? '') === name) ?? values[0];
    },
    isSame: converter.same ?? sameJson,
  };
}

/** What every entry says without saying it, such as `active`; anything else has no place here. */
export function constantHome(path: readonly string[], value: Json): Home {
  return {
    path,
    key: leafKey(path),
    attributes: [],
    places: [],
    shape: 'single',
    constant: value,
    write: () => undefined,
    read: () => value,
    isSame: sameJson,
  };
}

/** Several values in one attribute, or in one for each type: `emails` in `mail`, `phoneNumbers` in `telephoneNumber` and `mobile`. */
export interface ListPlace extends Place {
  /** The type of what is kept here; a place without one takes what has no place of its own. */
  readonly type?: string;
  /** Takes one value; the next goes to the place after it. */
  readonly single?: boolean;
}

/** Elements are `{ value, type }`, or bare values where the attribute is not complex. */
export function listHome(path: readonly string[], places: readonly ListPlace[], complex: boolean): Home {
  const homes = places.map((place) => ({ ...place, converter: converterOf(place.conversion) }));
  const placeOf = (type: Json | undefined, into: EntryValues) => {
    const typed = homes.filter((home) => home.type !== undefined && home.type === type);
    const others = homes.filter((home) => home.type === undefined);
    const fitting = typed.length + others.length > 0 ? [...typed, ...others] : homes;
    return fitting.find(({ attribute, single }) => single !== true || !into.has(attribute));
  };
  const valueIn = (element: Json) => (complex ? own(element, 'value') : element);
  const elements = (entry: Entry): readonly Json[] => {
    const list: Json[] = [];
    for (const { attribute, type, converter } of homes) {
      for (const bytes of entry.buffers(attribute)) {
        const value = converter.toScim(bytes);
        if (value === undefined) continue;
        list.push(complex ? { value, ...(type !== undefined && { type }) } : value);
      }
    }
    return list;
  };
  return {
    path,
    key: leafKey(path),
    attributes: [...new Set(homes.map(({ attribute }) => attribute))],
    places,
    shape: complex ? 'complex list' : 'list',
    write(list, into) {
      for (const element of isList(list) ? list : []) {
        const home = placeOf(isObject(element) ? own(element, 'type') : undefined, into);
        const value = valueIn(element);
        if (home !== undefined && value !== undefined)
          addValue(into, home.attribute, home.converter.toLdap(value), home.converter);
      }
    },
    read(entry) {
      const list = elements(entry);
      return list.length === 0 ? undefined : list;
    },
    isSame: sameElements,
    merge(kept, entry) {
      const present = elements(entry);
      const values = new Set(present.map((element) => JSON.stringify(valueIn(element))));
      const still = (isList(kept) ? kept : []).filter((element) =>
        values.has(JSON.stringify(valueIn(element) ?? null)),
      );
      const known = new Set(still.map((element) => JSON.stringify(valueIn(element) ?? null)));
      const list = [...still, ...present.filter((element) => !known.has(JSON.stringify(valueIn(element))))];
      return list.length === 0 ? undefined : list;
    },
  };
}

/** RFC 7643 §2.4: values have no order. */
function sameElements(one: Json, other: Json): boolean {
  if (!isList(one) || !isList(other) || one.length !== other.length) return false;
  return other.every((element) => one.some((each) => sameJson(each, element)));
}

/** What an entry is named by, where that is the attribute. */
function nameIn(dn: string, attribute: string): string | undefined {
  const [names = []] = dn === '' ? [] : parseDn(dn);
  return names.find(({ type }) => type.toLowerCase() === attribute.toLowerCase())?.value;
}

/** A server refuses two values that are one to it. */
function addValue(into: EntryValues, attribute: string, value: Value | undefined, converter: Converter): void {
  if (value === undefined) return;
  const values = into.get(attribute);
  if (values === undefined) {
    into.set(attribute, [value]);
    return;
  }
  const form = converter.form(value);
  if (!values.some((present) => converter.form(present) === form)) values.push(value);
}
