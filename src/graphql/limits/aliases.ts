import type { ASTVisitor, FieldNode, ValidationContext } from 'graphql';
import { limitExceeded } from './limit-exceeded.ts';

/** Refuses documents with more than `limit` aliases, each of which repeats a field's work. */
export function aliasLimit(limit: number) {
  return (context: ValidationContext): ASTVisitor => {
    let actual = 0;
    let first: FieldNode | undefined;
    return {
      Field(field) {
        if (field.alias === undefined) return;
        actual += 1;
        if (actual === limit + 1) first = field;
      },
      Document: {
        leave() {
          if (first === undefined) return;
          const message = `the query has ${actual} aliases; at most ${limit} are allowed, so ask in several queries`;
          context.reportError(limitExceeded('aliases', { limit, actual, message, node: first }));
        },
      },
    };
  };
}
