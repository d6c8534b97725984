/** What the operator has decided for a tenant's GraphQL; the same object for as long as it holds. */
export interface GraphqlSettings {
  /** Whether callers may read the schema. */
  readonly introspection: boolean;
}
