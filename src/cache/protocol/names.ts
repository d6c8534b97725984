import type { EdgeName, Key, ResourceId, ResourceTypeName } from '#model/resource.ts';

/** What is cached is named within its tenant. NUL parts what could run into one another; it may stand in the last part alone. */
export type Name = string & { readonly __brand: 'Name' };

export function entryName(type: ResourceTypeName, id: ResourceId): Name {
  return `r:${type}\0${id}` as Name;
}

/** Who links to a resource, directly. */
export function inwardName(edge: EdgeName, id: ResourceId): Name {
  return `i:${edge}\0${id}` as Name;
}

/** Leads from a unique value to the entry that has it. */
export function pointerName(type: ResourceTypeName, { attribute, value }: Key): Name {
  return `k:${type}\0${attribute}\0${value}` as Name;
}
