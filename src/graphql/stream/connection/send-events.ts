import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { GraphqlExchange } from '../../http/exchange.ts';

/** A client that takes nothing for so long is taken for gone. */
const STALLED_MS = 120_000;

const HEAD = [
  ['Content-Type', 'text/event-stream; charset=utf-8'],
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
  // nginx would hold events back until it has a buffer full of them.
  ['X-Accel-Buffering', 'no'],
].flat();

/** Sends a stream of server-sent events, as fast as the client reads them. */
export async function sendEvents({ response, call }: GraphqlExchange, events: AsyncGenerator<string>): Promise<void> {
  const leave = () => void events.return(undefined).catch(() => undefined);
  response.once('close', leave);
  response.writeHead(200, [...HEAD, 'X-Request-Id', call.requestId]);
  for await (const text of events) {
    if (response.destroyed) break;
    if (!response.write(text)) await drained(response);
  }
  response.off('close', leave);
  response.end();
}

async function drained(response: ServerResponse): Promise<void> {
  const timer = setTimeout(() => response.destroy(), STALLED_MS);
  const stop = new AbortController();
  const { signal } = stop;
  try {
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  } finally {
    stop.abort();
    clearTimeout(timer);
  }
}
