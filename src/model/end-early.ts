import type { IncomingMessage, ServerResponse } from 'node:http';

const LINGER_MS = 1_000;

/** Whether a request has a body that has not arrived in full. */
export function isBodyPending({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}

/**
 * Ends an answer whose request still has a body to come: the rest is taken in and dropped for a moment, since closing a socket with
 * unread bytes resets it and the client would never see the answer. The head has been written, with `Connection: close`.
 */
export function endEarly(request: IncomingMessage, response: ServerResponse, text: string): void {
  response.write(text);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.once('end', end).once('close', end).resume();
}
