import type { AttributePath } from './filter.ts';
import type { Attributes, Json } from './resource.ts';
import { isObject } from './values.ts';

type Projected = { [name: string]: Json };

/** The attributes at `paths` alone, in the shape that they have in the resource; what is absent stays absent. */
export function projectAttributes(attributes: Attributes, paths: readonly AttributePath[]): Attributes {
  const projected: Projected = {};
  for (const { schema, name, sub } of paths) {
    if (schema === undefined) copyValue(attributes, projected, name, sub);
    else copyExtension(attributes, projected, schema, name, sub);
  }
  return projected;
}

function copyExtension(from: Attributes, to: Projected, schema: string, name: string, sub: string | undefined): void {
  const extension = Object.hasOwn(from, schema) ? from[schema] : undefined;
  if (!isObject(extension)) return;
  const kept = { ...(isObject(to[schema]) ? to[schema] : {}) };
  copyValue(extension, kept, name, sub);
  to[schema] = kept;
}

function copyValue(from: Attributes, to: Projected, name: string, sub: string | undefined): void {
  const value = Object.hasOwn(from, name) ? from[name] : undefined;
  if (value !== undefined) to[name] = sub === undefined ? value : pick(value, to[name], sub);
}

/** A value's sub-attribute beside those that an earlier path has taken; of a list, in every element. */
function pick(value: Json, taken: Json | undefined, sub: string): Json {
  if (Array.isArray(value)) return value.map((item, i) => pick(item, Array.isArray(taken) ? taken[i] : undefined, sub));
  const kept = isObject(taken) ? taken : {};
  return isObject(value) && Object.hasOwn(value, sub) ? { ...kept, [sub]: value[sub] ?? null } : kept;
}
