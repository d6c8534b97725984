/** What the operator has decided for a tenant's GraphQL; the same object for as long as it holds. */
export interface GraphqlSettings {
  /** Whether callers may read the schema. */
  readonly introspection: boolean;
  /** Whether the schema has mutations; without them nobody changes the tenant's data over GraphQL. */
  readonly mutations: boolean;
}
