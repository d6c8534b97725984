import type { EdgeName, ResourceId } from './resource.ts';

/** How two values of an attribute compare; implemented once, in `model/fold.ts`, for uniqueness, filters and sort alike. */
export type Comparison = 'exact' | 'caseless' | 'username' | 'instant' | 'number' | 'boolean';

/** A path resolved against the schema: `urn:...:User:department` is `{ schema: 'urn:...:User', name: 'department', ... }`. */
export interface AttributePath {
  readonly schema?: string;
  readonly name: string;
  readonly sub?: string;
  readonly comparison: Comparison;
  readonly multiValued: boolean;
}

export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** Folded as the path's comparison says; instants as milliseconds since the epoch. `eq null` has become `not present`. */
export type Literal = string | number | boolean;

/**
 * A filter that the registry has resolved: paths exist, literals fit (RFC 7644 §3.4.2.2). `id` and `meta.*` are ordinary paths.
 * Members, groups and manager appear as `linked` only. Its reference meaning is `matches(filter, resource, links)`.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | {
      readonly kind: 'compare';
      readonly path: AttributePath;
      readonly operator: CompareOperator;
      readonly literal: Literal;
    }
  | { readonly kind: 'in'; readonly path: AttributePath; readonly literals: readonly Literal[] }
  /**
   * Some element of a multi-valued attribute fits `where`; "every" and "none" are `not` around it. Paths inside `where` are whole
   * (`emails.type`) and read within that one element; there is neither `element` nor `linked` inside.
   */
  | { readonly kind: 'element'; readonly path: AttributePath; readonly where: Filter }
  /** Linked to any of `ids`; to anything at all where `ids` is absent. */
  | {
      readonly kind: 'linked';
      readonly edge: EdgeName;
      readonly direction: 'out' | 'in';
      readonly ids?: readonly ResourceId[];
      readonly transitive: boolean;
    };

/** A question of links, the only kind whose answer does not stand in the resource. */
export type LinkTerm = Extract<Filter, { kind: 'linked' }>;

/** Every question of links that a filter asks, in order. */
export function linkTermsOf(filter: Filter): readonly LinkTerm[] {
  switch (filter.kind) {
    case 'linked':
      return [filter];
    case 'and':
    case 'or':
      return filter.operands.flatMap(linkTermsOf);
    case 'not':
      return linkTermsOf(filter.operand);
    case 'present':
    case 'compare':
    case 'in':
    case 'element':
      return [];
  }
}

/** How capabilities, keys and messages name a path: `userName`, `emails.value`, `urn:...:User:department`. */
export function pathName({ schema, name, sub }: AttributePath): string {
  return `${schema === undefined ? '' : `${schema}:`}${name}${sub === undefined ? '' : `.${sub}`}`;
}

/**
 * Absent values last when ascending; a multi-valued attribute by its primary value, else its first; strings by the UTF-8 bytes
 * of the folded form (JavaScript's own order differs above U+FFFF); then by id. Descending is the exact reverse, ids included.
 */
export interface Sort {
  readonly by: AttributePath;
  readonly order: 'ascending' | 'descending';
}
