import type { Json, JsonObject } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import type { PatchOperation } from './patch/operation.ts';
import type { Attribute, ResourceType } from './schema/attribute.ts';
import { resolvePath } from './schema/resolve-path.ts';

const onRequest = new WeakMap<ResourceType, boolean>();

/** Paths of what a body says of attributes that are returned on request only; none for a type that has no such attribute. */
export function writtenInBody(type: ResourceType, body: JsonObject): readonly string[] {
  return hasOnRequest(type) ? pathsIn(type, body, '') : [];
}

/** The same for the operations of a PATCH. */
export function writtenByPatch(type: ResourceType, operations: readonly PatchOperation[]): readonly string[] {
  if (!hasOnRequest(type)) return [];
  return operations.flatMap(({ path, value }) => {
    if (path === undefined) return isObject(value) ? pathsIn(type, value, '') : [];
    const text = path.sub === undefined ? path.path.text : `${path.path.text}.${path.sub}`;
    return pathsAt(type, text, value);
  });
}

function hasOnRequest(type: ResourceType): boolean {
  let has = onRequest.get(type);
  if (has === undefined) {
    const attributes = [...type.attributes, ...type.extensions.flatMap(({ schema }) => schema.attributes)];
    has = attributes.some((attribute) => isOnRequest(attribute) || attribute.subAttributes?.some(isOnRequest));
    onRequest.set(type, has);
  }
  return has;
}

function isOnRequest({ returned }: Attribute): boolean {
  return returned === 'request';
}

/** `owner` is the URN of the extension whose object is read, or empty. */
function pathsIn(type: ResourceType, object: JsonObject, owner: string): readonly string[] {
  return Object.entries(object).flatMap(([name, value]) =>
    pathsAt(type, owner === '' ? name : `${owner}:${name}`, value),
  );
}

function pathsAt(type: ResourceType, text: string, value: Json | undefined): readonly string[] {
  const found = resolvePath(type, text);
  if (found === undefined) return [];
  const { attribute, sub, schema } = found;
  if (attribute === undefined) return isObject(value) && schema !== undefined ? pathsIn(type, value, schema) : [];
  if (sub !== undefined) return isOnRequest(sub) || isOnRequest(attribute) ? [text] : [];
  const subs = (attribute.subAttributes ?? []).filter((each) => isOnRequest(each) && mentions(value, each.name));
  return [...(isOnRequest(attribute) ? [text] : []), ...subs.map((each) => `${text}.${each.name}`)];
}

function mentions(value: Json | undefined, name: string): boolean {
  if (isList(value)) return value.some((item) => mentions(item, name));
  return isObject(value) && Object.keys(value).some((key) => key.toLowerCase() === name.toLowerCase());
}
