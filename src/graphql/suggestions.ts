import type { GraphQLFormattedError } from 'graphql';

/** As graphql-js ends a sentence, or as the directory ends a refusal. */
const SUGGESTION = /(?:;| )* ?\b[Dd]id you mean [^?]*\?/g;

/** The nearest known name tells of the schema, so it is for callers who may read that, and left out for others. */
export function withoutSuggestion(message: string): string {
  return message.replaceAll(SUGGESTION, '');
}

export function withoutSuggestions(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  return errors.map((error) => ({ ...error, message: withoutSuggestion(error.message) }));
}
