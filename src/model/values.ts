import type { AttributePath } from './filter.ts';
import type { Attributes, Json, JsonObject, StoredResource } from './resource.ts';

/**
 * The values at a path, in order, without empty ones; `meta.created` and `meta.lastModified` as milliseconds since the epoch.
 * Own properties only.
 */
export function valuesAt(resource: StoredResource, path: AttributePath): readonly Json[] {
  return valuesIn(attributeReader(path)(resource), subOf(path));
}

/** The values of an attribute as `attributeReader` answers it, or of its sub-attribute. */
export function valuesIn(value: Json | undefined, sub: string | undefined): readonly Json[] {
  const values: Json[] = [];
  someValue(value, sub, (each) => {
    values.push(each);
    return false;
  });
  return values;
}

/** The sub-attribute to read from what `attributeReader` answers; `meta` is read as a whole there. */
export function subOf(path: AttributePath): string | undefined {
  return isMeta(path) ? undefined : path.sub;
}

/** An attribute as it is stored, before its sub-attribute is read; undefined where it is absent. */
export function attributeReader(path: AttributePath): (resource: StoredResource) => Json | undefined {
  const { schema, name, sub } = path;
  if (schema !== undefined) return ({ attributes }) => own(own(attributes, schema), name);
  if (name === 'id') return (resource) => resource.id;
  if (isMeta(path)) return metaReader(sub);
  return ({ attributes }) => own(attributes, name);
}

/** Whether `test` holds for any value that is not empty, of an attribute or of its sub-attribute; stops at the first. */
export function someValue(value: Json | undefined, sub: string | undefined, test: (value: Json) => boolean): boolean {
  if (value === undefined || isEmpty(value)) return false;
  if (isList(value)) {
    for (const item of value) if (someValue(item, sub, test)) return true;
    return false;
  }
  return sub === undefined ? test(value) : someValue(own(value, sub), undefined, test);
}

/** RFC 7643 §2.5: null and an empty array are no value; a complex value without sub-attributes says as little. */
function isEmpty(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

function isMeta({ schema, name }: AttributePath): boolean {
  return schema === undefined && name === 'meta';
}

function metaReader(sub: string | undefined): (resource: StoredResource) => Json | undefined {
  switch (sub) {
    case 'created':
      return (resource) => resource.createdAt.getTime();
    case 'lastModified':
      return (resource) => resource.modifiedAt.getTime();
    case 'version':
      return (resource) => resource.version;
    case 'resourceType':
      return (resource) => resource.type;
    default:
      return () => undefined;
  }
}

/** An own property of a complex value; undefined where there is none. */
export function own(value: Json | Attributes | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
