/** What one operation may ask for. Those of the document are checked once and remembered with it, the others with each request. */
export interface QueryLimits {
  /** Of the request. */
  readonly bodyBytes: number;
  readonly tokens: number;
  /** Levels of fields; fragments add none. */
  readonly depth: number;
  readonly aliases: number;
  /** Fields of Query, Mutation or Subscription, those in fragments included; each costs backend calls. */
  readonly rootFields: number;
  /** Directives of the whole document. */
  readonly directives: number;
  /** Directives at one place: a field, a fragment, an operation, a variable. */
  readonly directivesPerField: number;
  /** Levels of objects and lists in the variables, and in any argument of the document. */
  readonly inputDepth: number;
  /** Fields that the answer could have, every list counted as full. */
  readonly cost: number;
  /** Resources that lists and links of one answer lead to, counted while they are loaded. */
  readonly edges: number;
  /** Of the answer's JSON. */
  readonly responseBytes: number;
  /** How long an operation may take; of a subscription, the resources of an event. */
  readonly deadlineSeconds: number;
  /** Open at a time, of a tenant and of one of its credentials. */
  readonly subscriptions: number;
  readonly subscriptionsPerCredential: number;
}
