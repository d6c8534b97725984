import type { CompareOperator } from '#model/filter.ts';

/** A path as the client wrote it, not yet bound to a schema; `at` is its 0-based offset in the text. */
export interface PathSyntax {
  readonly text: string;
  readonly at: number;
}

/** A filter as parsed, RFC 7644 §3.4.2.2, before `resolve.ts` binds it to a resource type. */
export type FilterSyntax =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly FilterSyntax[] }
  | { readonly kind: 'not'; readonly operand: FilterSyntax }
  | { readonly kind: 'present'; readonly path: PathSyntax }
  | {
      readonly kind: 'compare';
      readonly path: PathSyntax;
      readonly operator: CompareOperator;
      readonly value: string | number | boolean | null;
    }
  /** `emails[type eq "work"]`. Entra's `emails[type eq "work"].value eq "x"` is parsed into `emails[type eq "work" and value eq "x"]`. */
  | { readonly kind: 'element'; readonly path: PathSyntax; readonly where: FilterSyntax };

/** One comparison, which is what the limit on terms counts. */
export type TermSyntax = Extract<FilterSyntax, { readonly kind: 'present' | 'compare' }>;

/** What a filter may cost. A filter past one of these is refused before it is evaluated. */
export interface FilterLimits {
  /** UTF-16 code units. */
  readonly length: number;
  readonly depth: number;
  readonly terms: number;
}

export const FILTER_LIMITS: FilterLimits = { length: 65_536, depth: 32, terms: 1_000 };

/** A PATCH path, RFC 7644 §3.5.2: `attr`, `attr.sub`, `attr[filter]`, `attr[filter].sub`, URN-qualified or an extension URN alone. */
export interface PatchPathSyntax {
  readonly path: PathSyntax;
  readonly where?: FilterSyntax;
  /** The sub-attribute after a bracket. */
  readonly sub?: string;
}
