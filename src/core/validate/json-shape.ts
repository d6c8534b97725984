import type { Json } from '#model/resource.ts';

export type JsonObject = { readonly [name: string]: Json };

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 7643 §2.5: null and an empty array are the same as no value; so is an object that says nothing. */
export function isAbsent(value: Json | undefined): value is undefined {
  if (value === undefined || value === null) return true;
  if (isList(value)) return value.every((item) => item === null);
  return isObject(value) && Object.keys(value).length === 0;
}
