import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { Linked } from '#model/resource.ts';
import { resourcePath } from './resource-text.ts';

/** JSON texts of references to other resources: `{"value":…,"$ref":…,"display":…,"type":…}` with the sub-attributes asked for. */
export interface References {
  /** The base URL itself, in front of a resource's path. */
  readonly base: Buffer;
  group(linked: Linked, shown: ReadonlySet<string>): Buffer;
  member(linked: Linked, shown: ReadonlySet<string>): string;
  manager(linked: Linked, shown: ReadonlySet<string>): Buffer;
}

interface Kept {
  readonly display: unknown;
  readonly shown: ReadonlySet<string>;
  readonly text: Buffer;
}

/** Texts of about 300 bytes each; past this many a map starts over. */
const KEPT = 40_000;

/**
 * References under one base URL. Groups and managers recur on every page, so their texts are kept as long as what they show is
 * the same; members do not, and a large group would only wash the rest out.
 */
export function openReferences(registry: SchemaRegistry, baseUrl: string): References {
  const kept = {
    direct: new Map<string, Kept>(),
    indirect: new Map<string, Kept>(),
    managers: new Map<string, Kept>(),
  };
  const fieldsOf = ({ id, type: name }: Linked) => {
    const type = registry.type(name);
    return { value: id, $ref: type === undefined ? undefined : baseUrl + resourcePath(type, id) };
  };
  const groupAs = (type: 'direct' | 'indirect') => (linked: Linked) => ({
    ...fieldsOf(linked),
    display: displayOf(linked),
    type,
  });
  const direct = groupAs('direct');
  const indirect = groupAs('indirect');
  const manager = (linked: Linked) => ({ ...fieldsOf(linked), displayName: displayOf(linked) });
  return {
    base: Buffer.from(baseUrl),
    group: (linked, shown) =>
      linked.depth === 1 ? keep(kept.direct, linked, shown, direct) : keep(kept.indirect, linked, shown, indirect),
    manager: (linked, shown) => keep(kept.managers, linked, shown, manager),
    member: (linked, shown) =>
      referenceToText({ ...fieldsOf(linked), display: displayOf(linked), type: linked.type }, shown),
  };
}

type Fields = { readonly [name: string]: unknown };

function keep(
  kept: Map<string, Kept>,
  linked: Linked,
  shown: ReadonlySet<string>,
  fieldsOf: (linked: Linked) => Fields,
): Buffer {
  const display = displayOf(linked);
  const before = kept.get(linked.id);
  if (before !== undefined && before.display === display && before.shown === shown) return before.text;
  const text = Buffer.from(referenceToText(fieldsOf(linked), shown));
  // Starting over now and then costs less than keeping the order of use at every look-up.
  if (kept.size >= KEPT) kept.clear();
  kept.set(linked.id, { display, shown, text });
  return text;
}

function displayOf({ attributes }: Linked): unknown {
  return attributes?.['displayName'];
}

function referenceToText(fields: Fields, shown: ReadonlySet<string>): string {
  const names = Object.keys(fields);
  if (names.every((name) => shown.has(name))) return JSON.stringify(fields);
  return JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([name]) => shown.has(name))));
}
