/** DNs of other resources in attributes of an entry (`as: dn`): while it is mapped, ids stand in their place. */
import type { Attributes, ResourceId } from '#model/resource.ts';
import { Entry } from '../connection/entry.ts';
import type { Value } from '../connection/operations.ts';
import { tryNormalizeDn } from '../dn.ts';
import { ID_MARK } from './converters.ts';
import type { EntryMap } from './entry-map.ts';

/** Normalized. */
export function referencedDns(map: EntryMap, entry: Entry): readonly string[] {
  return map.references.flatMap((name) => entry.strings(name)).flatMap((text) => tryNormalizeDn(text) ?? []);
}

/** What names no resource stays as it is, which no client sees. */
export function withIds(map: EntryMap, entry: Entry, idOf: (dn: string) => ResourceId | undefined): Entry {
  if (map.references.length === 0) return entry;
  const names = new Set(map.references.map((name) => name.toLowerCase()));
  const attributes = entry.names.map((name) => {
    const values = entry.buffers(name);
    if (!names.has(name.toLowerCase())) return { name, values };
    return { name, values: values.map((value) => idInPlaceOf(value, idOf)) };
  });
  return new Entry(entry.dn, attributes);
}

function idInPlaceOf(value: Buffer, idOf: (dn: string) => ResourceId | undefined): Buffer {
  const dn = tryNormalizeDn(value.toString());
  const id = dn === undefined ? undefined : idOf(dn);
  return id === undefined ? value : Buffer.from(`${ID_MARK}${id}`);
}

/** The ids that a resource of the type refers to. @throws INVALID_VALUE as `EntryMap.toValues` */
export function referencedIds(map: EntryMap, attributes: Attributes): readonly ResourceId[] {
  if (map.references.length === 0) return [];
  const values = map.toValues(attributes);
  return map.references.flatMap((name) => values.get(name) ?? []).flatMap((value) => idIn(value) ?? []);
}

/** The way back, for what is sent to a server. */
export function withDns(values: readonly Value[], dnOf: (id: ResourceId) => string): readonly Value[] {
  return values.map((value) => {
    const id = idIn(value);
    return id === undefined ? value : dnOf(id);
  });
}

function idIn(value: Value): ResourceId | undefined {
  const text = value.toString();
  return text.startsWith(ID_MARK) ? (text.slice(ID_MARK.length) as ResourceId) : undefined;
}
