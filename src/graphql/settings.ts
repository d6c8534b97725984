/** What a tenant's GraphQL follows from beside its schemas; the same object for as long as it holds. */
export interface GraphqlSettings {
  /** Whether callers may read the schema. */
  readonly introspection: boolean;
  /** Whether the schema has mutations; without them nobody changes the tenant's data over GraphQL. */
  readonly mutations: boolean;
  /** The configuration's name of the backend, the one thing of it that callers learn. */
  readonly backend: string;
  /** Whether the backend checks versions in the write itself; where it does not, no ETag is given out. */
  readonly versions: boolean;
}
