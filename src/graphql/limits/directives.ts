import type { ASTNode, ASTVisitor, ValidationContext } from 'graphql';
import { limitExceeded } from './limit-exceeded.ts';

/** Refuses documents with more than `limit` directives, each of which is looked at for every object that has the field. */
export function directiveLimit(limit: number) {
  return (context: ValidationContext): ASTVisitor => {
    let actual = 0;
    let first: ASTNode | undefined;
    return {
      Directive(directive) {
        actual += 1;
        if (actual === limit + 1) first = directive;
      },
      Document: {
        leave() {
          if (first === undefined) return;
          const message = `the query has ${actual} directives; at most ${limit} are allowed, so ask in several queries`;
          context.reportError(limitExceeded('directives', { limit, actual, message, node: first }));
        },
      },
    };
  };
}

/** Refuses more than `limit` directives at one place. */
export function directivesPerFieldLimit(limit: number) {
  return (context: ValidationContext): ASTVisitor => ({
    enter(node) {
      const actual = 'directives' in node ? (node.directives?.length ?? 0) : 0;
      if (actual <= limit) return;
      const message = `a field has ${actual} directives; at most ${limit} are allowed at one place`;
      context.reportError(limitExceeded('directivesPerField', { limit, actual, message, node }));
    },
  });
}
