import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Admitted } from '../context.ts';
import { formatError, isBug } from '../errors.ts';
import { withoutSuggestions } from '../suggestions.ts';
import type { Answered } from './follow-events.ts';

export interface Event {
  readonly data?: ExecutionResult['data'];
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: { readonly hidden: readonly string[] };
}

/** Where what went wrong is told beside the client. */
export type Reported = Pick<Admitted, 'call' | 'outcome'> & { reportBug(error: unknown): void };

/** An answer as the client gets it. @throws {GraphQLError} RESPONSE_TOO_LARGE */
export function toEvent({ result, hidden, context }: Answered, reported: Reported): Event {
  const { data, errors } = result;
  const event = {
    ...(data !== undefined && { data }),
    ...(errors && { errors: formatAll(errors, reported) }),
    ...(hidden.length > 0 && { extensions: { hidden } }),
  };
  const actual = Buffer.byteLength(JSON.stringify(event));
  const excess = context.budget.excessOfBytes(actual);
  if (excess !== undefined) throw excess;
  return event;
}

/** What a stream ends with that cannot go on. */
export function toFailure(error: unknown, reported: Reported): Event {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const wrapped = error instanceof GraphQLError ? error : new GraphQLError(message, { originalError: error as Error });
  return { errors: formatAll([wrapped], reported) };
}

function formatAll(
  errors: readonly GraphQLError[],
  { call, outcome, reportBug }: Reported,
): readonly GraphQLFormattedError[] {
  outcome.detail ??= errors[0]?.message ?? '';
  const told = errors.map((error) => {
    if (!isBug(error)) return formatError(error.toJSON(), error);
    outcome.cause ??= error.originalError ?? error;
    reportBug(error.originalError ?? error);
    const message = `internal error; the log has more under request id ${call.requestId}`;
    return { ...formatError(error.toJSON(), error), message, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  });
  return withoutSuggestions(told);
}
