import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';

export interface Listening {
  readonly port: number;
  /**
   * Serves on for `drainSeconds` while telling every connection to close, then stops listening, answers what is in flight,
   * and resolves. What is not answered within `hardSeconds` more is cut off.
   */
  drain(drainSeconds: number): Promise<void>;
}

const HARD_SECONDS = 25;
const SWEEP_MS = 50;

/**
 * Listens, with time limits that a slow or silent client meets before it costs anything (Node's own defaults are minutes).
 * @throws what `listen` throws, such as EADDRINUSE
 */
export async function listen(
  listener: RequestListener,
  host: string,
  port: number,
  reportBug: (error: unknown) => void,
): Promise<Listening> {
  let draining = false;
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      if (draining) response.shouldKeepAlive = false;
      request.url = originForm(request.url ?? '/');
      try {
        listener(request, response);
      } catch (error) {
        // A bug in one request must not end the others.
        reportBug(error);
        response.destroy();
      }
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async drain(drainSeconds) {
      draining = true;
      await setTimeout(drainSeconds * 1_000);
      await closeServer(server);
    },
  };
}

/** A client that takes this server for a proxy sends the whole URL, and is to be served (RFC 9112 §3.2.2). */
function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const path = target.replace(/^https?:\/\/[^/?]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}

/** A connection that was busy when `close` ran stays open after its answer, hence the sweep. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cut = globalThis.setTimeout(() => server.closeAllConnections(), HARD_SECONDS * 1_000);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
