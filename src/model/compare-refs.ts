import { compareText } from './fold.ts';
import type { Ref } from './resource.ts';

/** By type, then by id, as text compares: the order of links that are equally near, whoever puts them together. */
export function compareRefs(a: Ref, b: Ref): number {
  return a.type === b.type ? compareText(a.id, b.id) : compareText(a.type, b.type);
}
