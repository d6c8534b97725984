/** What graphql-js says where it gives up, and what a client can do about it. */
const GAVE_UP: ReadonlyMap<string, string> = new Map([
  [
    'Validation aborted.',
    'the query has so many fields under one name that they cannot be checked; name each field once',
  ],
  ['Maximum call stack size exceeded', 'the query nests deeper than can be read; ask in several queries'],
]);

/** How Apollo begins to say that a page of anybody's could have sent the request; it goes on about browsers. */
const FOREIGN = 'This operation has been blocked as a potential Cross-Site Request Forgery';
const PREFLIGHT =
  'send a GET with "Content-Type: application/json" or "apollo-require-preflight: true", which a page of another site cannot';

/** A message of graphql-js or Apollo in words that say what to do, where its own do not. */
export function inPlainWords(message: string): string {
  return message.startsWith(FOREIGN) ? PREFLIGHT : (GAVE_UP.get(message) ?? message);
}
