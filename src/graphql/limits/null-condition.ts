import {
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  type VariableNode,
  visit,
} from 'graphql';

interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: { readonly [name: string]: unknown };
}

/**
 * The error of a `@skip` or `@include` whose variable is null. A default lets a nullable variable stand there, and null may be given in
 * its place (GraphQL §5.8.5); graphql-js would find out field by field, with a mutation carried out by then.
 */
export function nullCondition({ document, operation, variables }: Asked): GraphQLError | undefined {
  const nulls = new Set(Object.keys(variables).filter((name) => variables[name] === null));
  if (nulls.size === 0) return undefined;
  let error: GraphQLError | undefined;
  const look = {
    Directive({ name, arguments: given = [] }: DirectiveNode) {
      const value = given.map((argument) => argument.value).find((each): each is VariableNode => isNull(each, nulls));
      if (value !== undefined) error ??= errorAt(name.value, value);
    },
  };
  for (const definition of document.definitions) {
    if (definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION) visit(definition, look);
  }
  return error;
}

function isNull(value: ValueNode, nulls: ReadonlySet<string>): value is VariableNode {
  return value.kind === Kind.VARIABLE && nulls.has(value.name.value);
}

function errorAt(directive: string, node: VariableNode): GraphQLError {
  const message = `@${directive}: $${node.name.value} is null; give true or false, or leave it out`;
  return new GraphQLError(message, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } });
}
