import type { Session } from '#core/session.ts';
import type { Filter } from '#model/filter.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import type { Where, WhereBudget } from './where.ts';

/** What is the same at every place of one `where`. */
export interface WhereScope {
  readonly map: FieldMap;
  readonly session: Session;
  readonly budget: WhereBudget;
  /** What a `where` on resources of a type means, for conditions on what is linked; undefined where it sets no condition. */
  conditions(type: TypeFields, where: Where, path: string, depth: number): Pending | undefined;
}

/**
 * A condition that may have to look for ids before it is a filter. It is made while the whole `where` is checked, and asked once
 * when nothing in it is at fault.
 */
export type Pending = () => Promise<Filter>;

export function settled(filter: Filter): Pending {
  return async () => filter;
}

/** One condition of several, whatever joins them. */
export function joined(parts: readonly Pending[], join: (filters: readonly Filter[]) => Filter): Pending {
  return async () => join(await Promise.all(parts.map((part) => part())));
}
