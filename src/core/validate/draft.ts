import type { Attributes, Json, JsonObject, Links, ResourceId } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';

/** Where an attribute stands: in an extension, or among the common and core ones. */
export interface Place {
  readonly schema?: string | undefined;
  readonly attribute: Attribute;
}

/** A resource's own attributes while they are being put together. Values are never changed in place, only exchanged. */
export interface Draft {
  readonly core: Map<string, Json>;
  readonly extensions: Map<string, Map<string, Json>>;
  manager: ResourceId | undefined;
}

/** A working copy that shares its values with the original. */
export function openDraft(type: ResourceType, attributes: Attributes, links: Links): Draft {
  const core = new Map(Object.entries(attributes));
  const extensions = new Map<string, Map<string, Json>>();
  for (const { schema } of type.extensions) {
    const values = core.get(schema.id);
    core.delete(schema.id);
    if (isObject(values)) extensions.set(schema.id, new Map(Object.entries(values)));
  }
  return { core, extensions, manager: links.manager };
}

export function valueAt(draft: Draft, { schema, attribute }: Place): Json | undefined {
  return (schema === undefined ? draft.core : draft.extensions.get(schema))?.get(attribute.name);
}

/** Undefined and an empty array take the attribute away (RFC 7643 §2.5). */
export function assign(draft: Draft, { schema, attribute }: Place, value: Json | undefined): void {
  const owner = schema === undefined ? draft.core : extensionOf(draft, schema);
  if (value === undefined || (isList(value) && value.length === 0)) owner.delete(attribute.name);
  else owner.set(attribute.name, value);
}

/**
 * The attributes in the order of the schema, so that the order of a body changes nothing (RFC 7643 §2.3.8); what no schema
 * knows (any more) keeps its place at the end. Extensions without values are left out.
 */
export function draftToAttributes(type: ResourceType, draft: Draft): Attributes {
  const extensions = type.extensions.flatMap(({ schema }): [string, JsonObject][] => {
    const values = draft.extensions.get(schema.id);
    return values === undefined || values.size === 0 ? [] : [[schema.id, inOrder(schema.attributes, values)]];
  });
  return { ...inOrder(type.attributes, draft.core), ...Object.fromEntries(extensions) };
}

/** The values in the order of their definitions, followed by those that have none. */
export function inOrder(definitions: readonly Attribute[], values: ReadonlyMap<string, Json>): JsonObject {
  const ordered: { [name: string]: Json } = {};
  let count = 0;
  for (const { name } of definitions) {
    const value = values.get(name);
    if (value === undefined) continue;
    ordered[name] = value;
    count += 1;
  }
  return count === values.size ? ordered : Object.fromEntries([...Object.entries(ordered), ...values]);
}

export function draftToLinks(draft: Draft): Links {
  return draft.manager === undefined ? {} : { manager: draft.manager };
}

function extensionOf(draft: Draft, schema: string): Map<string, Json> {
  const found = draft.extensions.get(schema) ?? new Map<string, Json>();
  draft.extensions.set(schema, found);
  return found;
}
