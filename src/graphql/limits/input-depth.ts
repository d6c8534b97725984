import type { ASTVisitor, ValidationContext, ValueNode } from 'graphql';
import { limitExceeded } from './limit-exceeded.ts';

/** Refuses values within the document that nest deeper than `limit`; graphql-js and the directory walk them by recursion. */
export function inputDepthLimit(limit: number) {
  return (context: ValidationContext): ASTVisitor => {
    let depth = 0;
    let deepest = 0;
    let outermost: ValueNode | undefined;
    const nested = {
      enter(node: ValueNode) {
        if (depth === 0) outermost = node;
        depth += 1;
        deepest = Math.max(deepest, depth);
      },
      leave() {
        depth -= 1;
        if (depth > 0) return;
        if (deepest > limit) context.reportError(inputTooDeep(deepest, limit, outermost));
        deepest = 0;
      },
    };
    return { ObjectValue: nested, ListValue: nested };
  };
}

export function inputTooDeep(actual: number, limit: number, node?: ValueNode) {
  const message = `objects and lists nest ${actual} levels deep in an argument; at most ${limit} are allowed`;
  return limitExceeded('inputDepth', { limit, actual, message, ...(node && { node }) });
}
