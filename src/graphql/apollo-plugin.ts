import { type ApolloServerPlugin, type GraphQLRequestListener, type GraphQLResponse, HeaderMap } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { Outcome } from '#model/outcome.ts';
import type { GraphqlContext } from './context.ts';
import { checkTrusted } from './documents/documents.ts';
import { isBug } from './errors.ts';
import { checkMutation } from './limits/check-mutation.ts';
import { checkOperation } from './limits/check-operation.ts';
import { excessesFirst } from './limits/excesses-first.ts';
import { hiddenFields } from './policy/hidden-fields.ts';
import { answerPlainly } from './project/answer.ts';
import { mayReadSchema } from './schema-readers.ts';
import { withoutSuggestions } from './suggestions.ts';
import { withoutValues } from './without-values.ts';

/**
 * Limits, what the access log says, and reports of bugs. One listener serves all requests. It has no `willResolveField`: with one,
 * Apollo would wrap every field of the schema and double the time of an answer.
 */
export function requestPlugin(reportBug: (error: unknown) => void): ApolloServerPlugin<GraphqlContext> {
  const listener: GraphQLRequestListener<GraphqlContext> = {
    didResolveOperation: async ({ schema, document, operation, request, source, contextValue }) => {
      noteOperation(contextValue.outcome, operation);
      // Apollo itself answers a request that names no operation of its document.
      if (operation === undefined) return;
      if (operation.operation === 'mutation') checkMutation(contextValue.principal);
      const { settings, principal } = contextValue;
      checkTrusted(settings, source);
      checkOperation({
        schema,
        document,
        operation,
        variables: request.variables ?? {},
        mayReadSchema: mayReadSchema(settings, principal),
        limits: settings.limits,
      });
    },
    responseForOperation: async ({ schema, document, operation, request, contextValue }) => {
      if (operation === undefined || contextValue.settings.executor !== 'plan') return null;
      const variables = request.variables ?? {};
      const data = await answerPlainly({ schema, document, operation, variables, context: contextValue });
      if (data !== undefined) return responseOf({ data });
      const { budget, outcome } = contextValue;
      return budget.excessOfText === undefined ? null : responseOf(refusedWith(budget.excessOfText, outcome));
    },
    didEncounterErrors: async ({ errors, contextValue: { outcome } }) => {
      outcome.detail ??= withoutValues(errors[0]?.message ?? '');
      for (const error of errors.filter(isBug)) {
        outcome.cause ??= error.originalError ?? error;
        reportBug(error.originalError ?? error);
      }
    },
    willSendResponse: async ({ schema, document, operation, request, response, contextValue }) => {
      const { call, session, mediaType, outcome, settings, principal } = contextValue;
      const { body } = response;
      if (mediaType !== undefined) response.http.headers.set('content-type', `${mediaType}; charset=utf-8`);
      if (body.kind !== 'single') return;
      if (session.visibility !== undefined && body.singleResult.data != null && document && operation) {
        const variables = request.variables ?? {};
        const hidden = hiddenFields({ schema, document, operation, variables }, session.visibility);
        if (hidden.length > 0) body.singleResult.extensions = { ...body.singleResult.extensions, hidden };
      }
      if (body.singleResult.errors === undefined) return;
      const told = excessesFirst(body.singleResult.errors);
      const errors = mayReadSchema(settings, principal) ? told : withoutSuggestions(told);
      body.singleResult.errors = errors.map((error) =>
        error.extensions?.['code'] === 'INTERNAL_SERVER_ERROR'
          ? { ...error, message: `internal error; the log has more under request id ${call.requestId}` }
          : error,
      );
      outcome.result = body.singleResult.data === undefined ? 'refused' : 'partial';
      const { status } = response.http;
      if (mediaType === 'application/json' && status === 400 && isWellFormed(errors)) {
        response.http.status = 200;
      }
    },
  };
  return {
    requestDidStart: async () => listener,
    unexpectedErrorProcessingRequest: async ({ requestContext: { contextValue }, error }) => {
      contextValue.thrown.push(error);
    },
  };
}

/** Of an operation that is valid; Apollo itself answers a request that names none of its document. */
function noteOperation(outcome: Outcome, operation: OperationDefinitionNode | undefined): void {
  outcome.operation = operation?.operation ?? 'query';
  if (operation?.name) outcome.name = operation.name.value;
}

/**
 * Under the older media type every answer to a well-formed request that the credential allows has status 200, since any other may come from something between
 * (GraphQL over HTTP, "application/json"). What is no such request has BAD_REQUEST.
 */
function isWellFormed([first]: readonly GraphQLFormattedError[]): boolean {
  return first?.extensions?.['code'] !== 'BAD_REQUEST';
}

type SingleResult = Extract<GraphQLResponse['body'], { readonly kind: 'single' }>['singleResult'];

function responseOf(singleResult: SingleResult): GraphQLResponse {
  return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult } };
}

function refusedWith({ message, extensions }: GraphQLError, outcome: Outcome): SingleResult {
  outcome.detail = message;
  return { errors: [{ message, extensions }], data: null };
}
