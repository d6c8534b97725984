/**
 * What one request may ask for. Tokens, depth, aliases and root fields bound the work of validating a document, cost the work of
 * answering it; `variablesDepth` is there because graphql-js coerces input objects by recursion.
 */
export const QUERY_LIMITS = {
  bodyBytes: 100 * 1_024,
  tokens: 1_000,
  depth: 15,
  aliases: 50,
  rootFields: 20,
  /** Fields that an answer could have at most, by `first` of the lists around them. */
  cost: 250_000,
  variablesDepth: 64,
} as const;
