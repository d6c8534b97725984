import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

const CODE = 'READ_ONLY';

/** Refuses mutations where the tenant's schema has none, in words that tell more than that its types are unknown. */
export function noMutations(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      if (operation.operation !== 'mutation' || context.getSchema().getMutationType()) return;
      const message = "the tenant's data is not changed over GraphQL; change it at its source";
      context.reportError(new GraphQLError(message, { nodes: operation, extensions: { code: CODE } }));
    },
  };
}

/** Whether an error is one of this rule, also where Apollo has wrapped it. */
export function isNoMutations(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  const { path, originalError, extensions } = error;
  return path === undefined && (extensions['code'] === CODE || isNoMutations(originalError));
}
