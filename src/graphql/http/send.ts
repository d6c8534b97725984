import type { BodyBytes } from '#model/body-bytes.ts';
import { endEarly, isBodyPending } from '#model/end-early.ts';
import { atEndOfTurn } from '#model/end-of-turn.ts';
import type { GraphqlExchange } from './exchange.ts';
import { letGoStalled } from './let-go-stalled.ts';

/** Names and values in turn, as `writeHead` takes them fastest. */
export type Headers = readonly string[];

/** Answers hold personal data and depend on the credential, so that nobody keeps them. */
const PRIVATE: Headers = ['X-Content-Type-Options', 'nosniff', 'Cache-Control', 'no-store'];

/** Sends the whole answer, unless the client has left. */
export function sendText(exchange: GraphqlExchange, status: number, own: Headers, text: string): void {
  const { request, response } = exchange;
  if (response.destroyed) return;
  const bytes = Buffer.byteLength(text);
  const head = headOf(exchange, own, bytes);
  if (isBodyPending(request)) {
    response.writeHead(status, [...head, 'Connection', 'close']);
    endEarly(request, response, text);
    return;
  }
  atEndOfTurn(response, () => {
    letGoStalled(response, bytes);
    response.writeHead(status, head);
    // As many bytes as characters: ASCII, which Node writes faster under its other name.
    response.end(text, bytes === text.length ? 'latin1' : 'utf8');
  });
}

/** The body's memory is given back once the last byte has been handed to the system. The request has been read in full. */
export function sendBytes(exchange: GraphqlExchange, status: number, own: Headers, body: BodyBytes): void {
  const { response } = exchange;
  if (response.destroyed) {
    body.release();
    return;
  }
  letGoStalled(response, body.length);
  response.writeHead(status, headOf(exchange, own, body.length));
  response.end(body.view(), () => body.release());
}

function headOf({ call }: GraphqlExchange, own: Headers, bytes: number): string[] {
  return [...own, ...PRIVATE, 'X-Request-Id', call.requestId, 'Content-Length', String(bytes)];
}
