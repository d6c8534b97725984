import { refusalBody } from '../refusal-body.ts';
import type { GraphqlExchange } from './exchange.ts';
import { HttpRefusal } from './http-refusal.ts';
import { mediaTypeFor } from './media-type.ts';
import { sendText } from './send.ts';

/** Answers what went wrong outside of GraphQL. Of a bug the client learns the request id alone. */
export function refuse(exchange: GraphqlExchange, error: unknown, reportBug: (error: unknown) => void): void {
  const { outcome, request, response } = exchange;
  const mediaType = mediaTypeFor(request.headers.accept);
  const refusal = error instanceof HttpRefusal ? error : bugRefusal(exchange);
  outcome.detail = refusal.message;
  outcome.result = 'refused';
  if (refusal !== error) {
    outcome.cause = error;
    reportBug(error);
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const headers = [
    'Content-Type',
    `${mediaType ?? 'application/json'}; charset=utf-8`,
    ...Object.entries(refusal.headers).flat(),
  ];
  sendText(
    exchange,
    refusal.isWellFormed && mediaType === 'application/json' ? 200 : refusal.status,
    headers,
    JSON.stringify(refusalBody(refusal.code, refusal.message, refusal.extensions)),
  );
}

function bugRefusal({ call }: GraphqlExchange): HttpRefusal {
  const message = `internal error; the log has more under request id ${call.requestId}`;
  return new HttpRefusal(500, 'INTERNAL_SERVER_ERROR', message);
}
