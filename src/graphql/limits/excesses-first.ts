import type { GraphQLFormattedError } from 'graphql';

/** Of a document past a limit nothing else is said: it may have been made to have a hundred faults. */
export function excessesFirst(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  const excesses = errors.filter(
    ({ path, extensions }) =>
      path === undefined && (extensions?.['limit'] !== undefined || extensions?.['code'] === 'READ_ONLY'),
  );
  return excesses.length === 0 ? errors : excesses;
}
