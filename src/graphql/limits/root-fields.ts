import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { limitExceeded } from './limit-exceeded.ts';

/** Refuses operations with more than `limit` root fields, each of which costs backend calls. */
export function rootFieldLimit(limit: number) {
  return (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation) {
      const actual = rootFields(operation.selectionSet, (name) => context.getFragment(name)).length;
      if (actual <= limit) return;
      const message = `the query has ${actual} root fields; at most ${limit} are allowed, so use lists or several queries`;
      context.reportError(limitExceeded('rootFields', { limit, actual, message, node: operation }));
    },
  });
}

/** The fields of an operation itself, those in fragments included; each fragment counts once. */
export function rootFields(
  selectionSet: SelectionSetNode,
  fragment: (name: string) => FragmentDefinitionNode | null | undefined,
  seen: Set<string> = new Set(),
): readonly FieldNode[] {
  return selectionSet.selections.flatMap((selection): readonly FieldNode[] => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, fragment, seen);
    const name = selection.name.value;
    if (seen.has(name)) return [];
    seen.add(name);
    const definition = fragment(name);
    return definition ? rootFields(definition.selectionSet, fragment, seen) : [];
  });
}
