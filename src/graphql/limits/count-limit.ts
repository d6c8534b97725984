import type { ASTNode, ASTVisitor, ValidationContext } from 'graphql';
import { limitExceeded } from './limit-exceeded.ts';

/**
 * Refuses documents with more than `limit` of what the visitor counts, with the number of all of them and the place of the first that is
 * one too many.
 */
export function countLimit(
  name: 'aliases' | 'directives',
  limit: number,
  counting: (count: (node: ASTNode) => void) => ASTVisitor,
) {
  return (context: ValidationContext): ASTVisitor => {
    let actual = 0;
    let first: ASTNode | undefined;
    const count = (node: ASTNode) => {
      actual += 1;
      if (actual === limit + 1) first = node;
    };
    return {
      ...counting(count),
      Document: {
        leave() {
          if (first === undefined) return;
          const message = `the query has ${actual} ${name}; at most ${limit} are allowed, so ask in several queries`;
          context.reportError(limitExceeded(name, { limit, actual, message, node: first }));
        },
      },
    };
  };
}
