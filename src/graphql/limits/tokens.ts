import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { limitExceeded } from './limit-exceeded.ts';

/** graphql-js stops reading past the limit and says no more than that; anything but its error is handed back as it is. */
export function explainTokens(error: unknown, limit: number): unknown {
  if (!(error instanceof GraphQLError) || error.source === undefined) return error;
  if (!/Document contains more tha[nt] \d+ tokens/.test(error.message)) return error;
  const actual = countTokens(error.source.body);
  const message = `the query has ${actual} tokens; at most ${limit} are allowed, so put values into variables and ask in several queries`;
  return limitExceeded('tokens', { limit, actual, message });
}

/** As many as can be read. */
function countTokens(text: string): number {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  try {
    while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  } catch {
    // What cannot be read any more has gone past the limit all the same.
  }
  return count;
}
