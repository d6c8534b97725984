import { refusalBody } from '../refusal-body.ts';
import type { GraphqlExchange } from './exchange.ts';
import { HttpRefusal } from './http-refusal.ts';
import { sendText } from './send.ts';

const JSON_TYPE = ['Content-Type', 'application/json; charset=utf-8'];

/** Answers what went wrong outside of GraphQL. Of a bug the client learns the request id alone. */
export function refuse(exchange: GraphqlExchange, error: unknown, reportBug: (error: unknown) => void): void {
  const { outcome, response } = exchange;
  const refusal = error instanceof HttpRefusal ? error : bugRefusal(exchange);
  outcome.detail = refusal.message;
  if (refusal !== error) {
    outcome.cause = error;
    reportBug(error);
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const headers = [...JSON_TYPE, ...Object.entries(refusal.headers).flat()];
  sendText(
    exchange,
    refusal.status,
    headers,
    JSON.stringify(refusalBody(refusal.code, refusal.message, refusal.extensions)),
  );
}

function bugRefusal({ call }: GraphqlExchange): HttpRefusal {
  const message = `internal error; the log has more under request id ${call.requestId}`;
  return new HttpRefusal(500, 'INTERNAL_SERVER_ERROR', message);
}
