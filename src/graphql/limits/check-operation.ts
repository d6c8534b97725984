import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { SCHEMA_IS_HIDDEN } from '../schema-readers.ts';
import { costOf } from './cost.ts';
import { inputTooDeep } from './input-depth.ts';
import { limitExceeded } from './limit-exceeded.ts';
import { nullCondition } from './null-condition.ts';
import type { QueryLimits } from './query-limits.ts';
import { rootFields } from './root-fields.ts';
import { depthOfValue } from './variables.ts';

export interface AskedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: { readonly [name: string]: unknown };
  /** Whether this caller may read the schema. */
  readonly mayReadSchema: boolean;
  readonly limits: QueryLimits;
  /** Asked for as a stream of events, which is where subscriptions are answered. */
  readonly streamed?: boolean;
}

/**
 * Checks of a valid operation that depend on the caller or on variables, and so cannot be remembered with the document.
 * @throws {GraphQLError} BAD_REQUEST, BAD_USER_INPUT, INTROSPECTION_DISABLED, INPUT_TOO_DEEP, QUERY_TOO_COSTLY, all with HTTP status 400
 */
export function checkOperation({
  schema,
  document,
  operation,
  variables,
  mayReadSchema,
  limits,
  streamed = false,
}: AskedOperation): void {
  const fragments = document.definitions.filter(
    (each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION,
  );
  if (operation.operation === 'subscription' && !streamed) {
    throw refusal('BAD_REQUEST', 'subscriptions are answered at /graphql/stream, as text/event-stream');
  }
  if (!mayReadSchema && readsSchema(operation, fragments)) throw refusal('INTROSPECTION_DISABLED', SCHEMA_IS_HIDDEN);
  checkVariables(variables, limits.inputDepth);
  const unfit = nullCondition({ document, operation, variables });
  if (unfit !== undefined) throw refused(unfit);
  checkCost(costOf(schema, operation, fragments, variables), limits.cost);
}

function checkVariables(variables: AskedOperation['variables'], limit: number): void {
  const actual = depthOfValue(variables);
  if (actual > limit) throw refused(inputTooDeep(actual, limit));
}

function checkCost(actual: number, limit: number): void {
  if (actual <= limit) return;
  const message = `the answer could have ${actual} fields; at most ${limit} are allowed, so give smaller values of first`;
  throw refused(limitExceeded('cost', { limit, actual, message }));
}

/** Federation's `_service` tells all of it. */
const READS_SCHEMA: ReadonlySet<string> = new Set(['__schema', '__type', '_service']);

function readsSchema(operation: OperationDefinitionNode, fragments: readonly FragmentDefinitionNode[]): boolean {
  const fields = rootFields(operation.selectionSet, (name) => fragments.find((each) => each.name.value === name));
  return fields.some(({ name }) => READS_SCHEMA.has(name.value));
}

function refusal(code: string, message: string): GraphQLError {
  return refused(new GraphQLError(message, { extensions: { code } }));
}

/** Before anything was carried out. */
function refused(error: GraphQLError): GraphQLError {
  error.extensions['http'] = { status: 400 };
  return error;
}
