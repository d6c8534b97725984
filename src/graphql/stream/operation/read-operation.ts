import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { GraphqlContext } from '../../context.ts';
import { checkTrusted } from '../../documents/documents.ts';
import { checkOperation } from '../../limits/check-operation.ts';
import { documentRules } from '../../limits/document-rules.ts';
import { explainTokens } from '../../limits/tokens.ts';
import { mayReadSchema } from '../../schema-readers.ts';
import { RefusedOperation, refuseOperation, refusing } from './refused-operation.ts';

export interface OperationParams {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: { readonly [name: string]: unknown } | undefined;
}

/** A valid subscription within all limits. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: { readonly [name: string]: unknown };
}

type Caller = Pick<GraphqlContext, 'settings' | 'principal'>;

/** Parses and checks as `POST /graphql` does. @throws {RefusedOperation} */
export function readOperation(schema: GraphQLSchema, params: OperationParams, caller: Caller): Operation {
  try {
    return readOf(schema, params, caller);
  } catch (error) {
    if (error instanceof RefusedOperation && !mayReadSchema(caller.settings, caller.principal)) error.hideSuggestions();
    throw error;
  }
}

function readOf(
  schema: GraphQLSchema,
  { query, operationName, variables = {} }: OperationParams,
  { settings, principal }: Caller,
): Operation {
  const { limits } = settings;
  refusing('BAD_REQUEST', () => checkTrusted(settings, query));
  const document = refusing('GRAPHQL_PARSE_FAILED', () => parseDocument(query, limits.tokens));
  const rules = [...specifiedRules, ...documentRules(limits)];
  // It throws for a condition with a variable on the first level of a subscription.
  const faults = refusing('GRAPHQL_VALIDATION_FAILED', () => validate(schema, document, rules));
  if (faults.length > 0) throw new RefusedOperation('GRAPHQL_VALIDATION_FAILED', faults);
  const operation = getOperationAST(document, operationName);
  if (!operation)
    refuseOperation('OPERATION_RESOLUTION_FAILURE', 'operationName must name an operation of the document');
  if (operation.operation !== 'subscription') {
    refuseOperation('BAD_REQUEST', `a ${operation.operation} goes to POST /graphql; streams are for subscriptions`);
  }
  const readable = mayReadSchema(settings, principal);
  refusing('BAD_REQUEST', () =>
    checkOperation({ schema, document, operation, variables, mayReadSchema: readable, limits, streamed: true }),
  );
  return { schema, document, operation, variables };
}

function parseDocument(query: string, maxTokens: number): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    throw explainTokens(error, maxTokens);
  }
}
