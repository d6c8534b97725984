import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { BodyBytes } from '#model/body-bytes.ts';
import { endEarly } from '#model/end-early.ts';
import { atEndOfTurn } from '#model/end-of-turn.ts';
import type { OpenExchange } from '../exchange.ts';

/** Names and values in turn, as `writeHead` takes them fastest. */
export type Headers = readonly string[];

/**
 * Directory data is for the client that asked: it may keep an answer, and has to ask each time whether it still holds (RFC 9111
 * §5.2.2). There is no Vary: nobody shares a private answer, and its media types have one body.
 */
export const CACHING: Headers = ['Cache-Control', 'private, no-cache'];

const LARGE_BYTES = 32 * 1024;

export function sendText({ response, call }: OpenExchange, status: number, own: Headers, text: string): void {
  const bytes = Buffer.byteLength(text);
  atEndOfTurn(response, () => {
    response.writeHead(status, [...own, ...CACHING, 'X-Request-Id', call.requestId, 'Content-Length', String(bytes)]);
    // As many bytes as characters: ASCII, which Node writes faster under its other name.
    response.end(text, bytes === text.length ? 'latin1' : 'utf8');
  });
}

/** The body's memory is given back once the last byte has been handed to the system; a large one is, without waiting for others. */
export function sendBytes({ response, call }: OpenExchange, status: number, own: Headers, body: BodyBytes): void {
  const send = () => {
    response.writeHead(status, [
      ...own,
      ...CACHING,
      'X-Request-Id',
      call.requestId,
      'Content-Length',
      String(body.length),
    ]);
    response.end(body.view(), () => body.release());
  };
  if (body.length > LARGE_BYTES) send();
  else atEndOfTurn(response, send);
}

export function sendEmpty({ response, call }: OpenExchange, status: number, own: Headers): void {
  atEndOfTurn(response, () => {
    response.writeHead(status, [...own, ...CACHING, 'X-Request-Id', call.requestId]);
    response.end();
  });
}

/**
 * A body of unknown length, written no faster than the client reads. Nothing is read ahead for HEAD. Where a chunk fails to
 * come, the error passes through and the body is left without its end, so that no client takes it for a whole one.
 */
export async function sendChunks(
  { request, response, call }: OpenExchange,
  status: number,
  own: Headers,
  chunks: AsyncIterable<Buffer | string>,
): Promise<void> {
  response.writeHead(status, [...own, ...CACHING, 'X-Request-Id', call.requestId]);
  if (request.method !== 'HEAD') {
    for await (const chunk of chunks) {
      if (response.destroyed) return;
      if (!response.write(chunk)) await drained(response);
    }
  }
  response.end();
}

async function drained(response: ServerResponse): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  const ignoreAbort = () => undefined;
  await Promise.race([
    once(response, 'drain', { signal }).catch(ignoreAbort),
    once(response, 'close', { signal }).catch(ignoreAbort),
  ]);
  settled.abort();
}

/** Answers before the body has been read. */
export function sendEarly({ request, response, call }: OpenExchange, status: number, own: Headers, text: string): void {
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, [
    ...own,
    ...CACHING,
    'X-Request-Id',
    call.requestId,
    'Content-Length',
    length,
    'Connection',
    'close',
  ]);
  endEarly(request, response, text);
}
