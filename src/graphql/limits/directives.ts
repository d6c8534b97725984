import type { ASTVisitor, ValidationContext } from 'graphql';
import { countLimit } from './count-limit.ts';
import { limitExceeded } from './limit-exceeded.ts';

/** Refuses documents with more than `limit` directives, each of which is looked at for every object that has the field. */
export function directiveLimit(limit: number) {
  return countLimit('directives', limit, (count) => ({ Directive: (directive) => count(directive) }));
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
