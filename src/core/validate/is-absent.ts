import type { Json } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';

/** RFC 7643 §2.5: null and an empty array are the same as no value; so is an object that says nothing. */
export function isAbsent(value: Json | undefined): value is undefined {
  if (value === undefined || value === null) return true;
  if (isList(value)) return value.every((item) => item === null);
  return isObject(value) && Object.keys(value).length === 0;
}
