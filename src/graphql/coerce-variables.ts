import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';

type Variables = { readonly [name: string]: unknown };

/**
 * The variables of an operation as their types have them, or undefined where one does not fit; why, graphql-js tells the client. The
 * first that is wrong ends it: a list of thousands would otherwise come to a message for each.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Variables,
): Variables | undefined {
  return getVariableValues(schema, variableDefinitions, given, { maxErrors: 0 }).coerced;
}
