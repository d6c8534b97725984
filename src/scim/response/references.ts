import { LRUCache } from 'lru-cache';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { Linked } from '#model/resource.ts';
import { resourcePath } from './resource-text.ts';

/** JSON texts of references to other resources: `{"value":…,"$ref":…,"display":…,"type":…}` with the sub-attributes asked for. */
export interface References {
  group(linked: Linked, shown: ReadonlySet<string>): string;
  member(linked: Linked, shown: ReadonlySet<string>): string;
  manager(linked: Linked, shown: ReadonlySet<string>): string;
}

interface Kept {
  readonly display: unknown;
  readonly depth: number;
  readonly shown: ReadonlySet<string>;
  readonly text: string;
}

const KEPT = 10_000;

/**
 * References under one base URL. Groups and managers recur on every page, so their texts are kept as long as what they show is
 * the same; members do not, and a large group would only wash the rest out.
 */
export function openReferences(registry: SchemaRegistry, baseUrl: string): References {
  const groups = new LRUCache<string, Kept>({ max: KEPT });
  const managers = new LRUCache<string, Kept>({ max: KEPT });
  const fieldsOf = ({ id, type: name }: Linked) => {
    const type = registry.type(name);
    return { value: id, $ref: type === undefined ? undefined : baseUrl + resourcePath(type, id) };
  };
  return {
    group: (linked, shown) =>
      keep(groups, linked, shown, () => ({
        ...fieldsOf(linked),
        display: linked.attributes?.['displayName'],
        type: linked.depth === 1 ? 'direct' : 'indirect',
      })),
    manager: (linked, shown) =>
      keep(managers, linked, shown, () => ({
        ...fieldsOf(linked),
        displayName: linked.attributes?.['displayName'],
      })),
    member: (linked, shown) =>
      referenceToText({ ...fieldsOf(linked), display: linked.attributes?.['displayName'], type: linked.type }, shown),
  };
}

function keep(
  kept: LRUCache<string, Kept>,
  linked: Linked,
  shown: ReadonlySet<string>,
  fields: () => { readonly [name: string]: unknown },
): string {
  const { id, depth } = linked;
  const display = linked.attributes?.['displayName'];
  const before = kept.get(id);
  if (before !== undefined && before.display === display && before.depth === depth && before.shown === shown) {
    return before.text;
  }
  const text = referenceToText(fields(), shown);
  kept.set(id, { display, depth, shown, text });
  return text;
}

function referenceToText(fields: { readonly [name: string]: unknown }, shown: ReadonlySet<string>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([name]) => shown.has(name))));
}
