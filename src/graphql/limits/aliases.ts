import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/** Refuses documents with more than `limit` aliases, each of which repeats a field's work. */
export function aliasLimit(limit: number) {
  return (context: ValidationContext): ASTVisitor => {
    let aliases = 0;
    return {
      Field(field) {
        if (field.alias === undefined) return;
        aliases += 1;
        if (aliases !== limit + 1) return;
        context.reportError(
          new GraphQLError(`the query has more than ${limit} aliases; ask in several queries`, { nodes: field }),
        );
      },
    };
  };
}
