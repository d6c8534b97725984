import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { limitExceeded } from './limit-exceeded.ts';

/** Refuses operations whose fields nest deeper than `limit`. Fragments add nothing; introspection has a rule of its own. */
export function depthLimit(limit: number) {
  return (context: ValidationContext): ASTVisitor => {
    const depths = new Map<string, number>();
    return {
      OperationDefinition(operation) {
        const actual = depthOf(operation.selectionSet, context, depths);
        if (actual <= limit) return;
        const message = `the query is ${actual} levels deep; at most ${limit} are allowed, so ask in several queries`;
        context.reportError(limitExceeded('depth', { limit, actual, message, node: operation }));
      },
    };
  };
}

function depthOf(selectionSet: SelectionSetNode, context: ValidationContext, depths: Map<string, number>): number {
  let deepest = 0;
  for (const selection of selectionSet.selections) {
    let depth = 0;
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      depth = fragmentDepth(context.getFragment(selection.name.value), context, depths);
    else if (selection.kind === Kind.INLINE_FRAGMENT) depth = depthOf(selection.selectionSet, context, depths);
    else if (selection.name.value.startsWith('__')) depth = 1;
    else depth = 1 + (selection.selectionSet ? depthOf(selection.selectionSet, context, depths) : 0);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** A fragment within itself counts as nothing here: another rule refuses it. */
function fragmentDepth(
  fragment: FragmentDefinitionNode | null | undefined,
  context: ValidationContext,
  depths: Map<string, number>,
): number {
  if (!fragment) return 0;
  const name = fragment.name.value;
  const known = depths.get(name);
  if (known !== undefined) return known;
  depths.set(name, 0);
  const depth = depthOf(fragment.selectionSet, context, depths);
  depths.set(name, depth);
  return depth;
}
