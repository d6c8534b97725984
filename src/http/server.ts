import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
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
const MAX_HEADER_BYTES = 16_384;
/** How long a client may take to read why its connection ends. */
const LINGER_MS = 1_000;

export interface ServerOptions {
  reportBug(error: unknown): void;
  /** The body for what is no HTTP request, of which it is not known which face it was meant for. */
  refusalBody(status: number, detail: string): { readonly type: string; readonly text: string };
}

/**
 * Listens, with time limits that a slow or silent client meets before it costs anything (Node's own defaults are minutes).
 * @throws what `listen` throws, such as EADDRINUSE
 */
export async function listen(
  listener: RequestListener,
  host: string,
  port: number,
  { reportBug, refusalBody }: ServerOptions,
): Promise<Listening> {
  let draining = false;
  const serve: RequestListener = (request, response) => {
    if (draining) response.shouldKeepAlive = false;
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      const { type, text } = refusalBody(400, 'the request has no Host header, which HTTP/1.1 needs (RFC 9112 §3.2)');
      response.setHeader('Content-Type', type).setHeader('Connection', 'close');
      response.statusCode = 400;
      response.end(text);
      return;
    }
    request.url = originForm(request.url ?? '/');
    try {
      listener(request, response);
    } catch (error) {
      // A bug in one request must not end the others.
      reportBug(error);
      response.destroy();
    }
  };
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Node's own refusal has no body.
      requireHostHeader: false,
    },
    serve,
  );
  // An expectation other than 100-continue may be ignored (RFC 9110 §10.1.1); Node's own answer has no body.
  server.on('checkExpectation', serve);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseConnection(error, socket, refusalBody));
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

/** What a client is told before the connection ends, by Node's code of the error. */
const MALFORMED: { readonly [code: string]: readonly [status: number, detail: string] } = {
  HPE_HEADER_OVERFLOW: [
    431,
    `the URL and the headers are longer than ${MAX_HEADER_BYTES} bytes together; a long SCIM filter goes into the body of POST /.search`,
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'the chunks of the body have extensions that are too long; send none'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request was not complete in time; send it again'],
};

/** Bytes that are no request: nobody can answer them but the connection, and nothing good can follow on it. */
function refuseConnection(
  { code = '' }: NodeJS.ErrnoException,
  socket: Duplex,
  refusalBody: ServerOptions['refusalBody'],
): void {
  if (socket.writableEnded) return;
  if (!socket.writable || hasBegunToAnswer(socket)) {
    socket.destroy();
    return;
  }
  const known = Object.hasOwn(MALFORMED, code) ? MALFORMED[code] : undefined;
  const [status, detail] = known ?? [400, 'this is not a request of HTTP/1.1 (RFC 9112)'];
  const { type, text } = refusalBody(status, detail);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  globalThis.setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/** A second head within an answer would be taken for a part of its body. Node's own handler looks at the same field. */
function hasBegunToAnswer(socket: Duplex): boolean {
  const answering: unknown = Reflect.get(socket, '_httpMessage');
  return typeof answering === 'object' && answering !== null && Reflect.get(answering, 'headersSent') === true;
}
