/** Positions of lists, as backends give them out: the place itself, so that they need nothing that is kept. */
import { DirectoryError } from './errors.ts';
import type { Literal } from './filter.ts';
import type { ResourceId } from './resource.ts';

/** As `SortEntry`; without a key in the order of ids. */
export interface Place {
  readonly key?: Literal | undefined;
  readonly id: ResourceId;
}

/** A position is good in both directions and outlives the item it was made for. */
export function placeToPosition({ id, key }: Place): string {
  return JSON.stringify(key === undefined ? [id] : [id, key]);
}

/** @throws {DirectoryError} INVALID_CURSOR */
export function parsePosition(text: string): Place {
  const [id, key] = parseList(text);
  if (typeof id !== 'string') throw invalidPosition();
  if (key !== undefined && typeof key !== 'string' && typeof key !== 'number' && typeof key !== 'boolean') {
    throw invalidPosition();
  }
  return { id: id as ResourceId, key };
}

/** @throws {DirectoryError} INVALID_CURSOR */
export function parseList(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list;
  } catch {}
  throw invalidPosition();
}

export function invalidPosition(): DirectoryError {
  return new DirectoryError('INVALID_CURSOR', 'not a position that this backend gave out');
}
