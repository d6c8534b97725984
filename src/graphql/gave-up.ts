/** What graphql-js says where it gives up, and what a client can do about it. */
const GAVE_UP: ReadonlyMap<string, string> = new Map([
  [
    'Validation aborted.',
    'the query has so many fields under one name that they cannot be checked; name each field once',
  ],
  ['Maximum call stack size exceeded', 'the query nests deeper than can be read; ask in several queries'],
]);

/** A message of graphql-js in words that say what to do, where its own do not. */
export function inPlainWords(message: string): string {
  return GAVE_UP.get(message) ?? message;
}
