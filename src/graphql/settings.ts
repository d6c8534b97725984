import type { Visibility } from '#core/policy/visibility.ts';
import type { Scope } from '#model/principal.ts';
import type { TrustedDocuments } from './documents/trusted-documents.ts';
import type { QueryLimits } from './limits/query-limits.ts';

/** What a tenant's GraphQL follows from beside its schemas; the same object for as long as it holds. */
export interface GraphqlSettings {
  /** Who may read the schema: all callers, none, or those whose credential has the scope. `mayReadSchema` decides. */
  readonly introspection: boolean | Scope;
  readonly limits: QueryLimits;
  /** Whether clients may send the hash of a document that they have sent before. */
  readonly persistedQueries: boolean;
  /** Where present, the only documents that are carried out. */
  readonly trustedDocuments?: TrustedDocuments;
  /** What turns loaded values into an answer: the compiled plan, which leaves to graphql-js what is out of the ordinary, or graphql-js alone. */
  readonly executor: 'plan' | 'graphql-js';
  /** Whether the schema has mutations; without them nobody changes the tenant's data over GraphQL. */
  readonly mutations: boolean;
  /** What the tenant's policies leave to see, one for each: whatever one of them hides is nullable in the schema. */
  readonly visibilities: readonly Visibility[];
  /** The configuration's name of the backend, the one thing of it that callers learn. */
  readonly backend: string;
  /** Whether the backend checks versions in the write itself; where it does not, no ETag is given out. */
  readonly versions: boolean;
}

/** The part of them that decides what is in the schema. */
export type SchemaOptions = Partial<Pick<GraphqlSettings, 'mutations' | 'visibilities'>>;
