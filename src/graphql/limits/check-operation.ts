import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { costOf } from './cost.ts';
import { QUERY_LIMITS } from './query-limits.ts';
import { rootFields } from './root-fields.ts';
import { nestsWithin } from './variables.ts';

export interface AskedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: { readonly [name: string]: unknown };
  /** Whether this caller may read the schema. */
  readonly introspection: boolean;
}

/**
 * Checks of a valid operation that depend on the caller or on variables, and so cannot be remembered with the document.
 * @throws {GraphQLError} BAD_REQUEST, INTROSPECTION_DISABLED, BAD_USER_INPUT, QUERY_TOO_COSTLY, all with HTTP status 400
 */
export function checkOperation({ schema, document, operation, variables, introspection }: AskedOperation): void {
  const fragments = document.definitions.filter(
    (each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION,
  );
  if (operation.operation !== 'query') {
    throw refusal('BAD_REQUEST', `there are no ${operation.operation}s here; only queries are answered`);
  }
  if (!introspection && readsSchema(operation, fragments)) {
    throw refusal(
      'INTROSPECTION_DISABLED',
      'the schema cannot be read here; ask the operator for graphql.introspection',
    );
  }
  if (!nestsWithin(variables, QUERY_LIMITS.variablesDepth)) {
    throw refusal('BAD_USER_INPUT', `variables nest at most ${QUERY_LIMITS.variablesDepth} deep`);
  }
  const cost = costOf(schema, operation, fragments, variables);
  if (cost > QUERY_LIMITS.cost) {
    const message = `the answer could have ${cost} fields, at most ${QUERY_LIMITS.cost} are allowed; give smaller values of first`;
    throw refusal('QUERY_TOO_COSTLY', message);
  }
}

function readsSchema(operation: OperationDefinitionNode, fragments: readonly FragmentDefinitionNode[]): boolean {
  const fields = rootFields(operation.selectionSet, (name) => fragments.find((each) => each.name.value === name));
  return fields.some(({ name }) => name.value === '__schema' || name.value === '__type');
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
