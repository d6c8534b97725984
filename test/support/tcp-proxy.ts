import { createConnection, createServer, type Socket } from 'node:net';

/** What stands between a client and a server, and may harm what passes. Changes count for bytes that have not come yet. */
export interface TcpProxy {
  readonly port: number;
  /** The port on which the server listens that connections from now on lead to. */
  target: number;
  /** What passes is lost without a word, either way, as by a network that is cut. */
  cut: boolean;
  /** How many connections it has taken so far. */
  readonly taken: number;
  /** Whether `sent` is kept. */
  keepsSent: boolean;
  /** All that clients have sent. */
  sent(): Buffer;
  /** What the server says comes so much later. */
  delayMs: number;
  /** What a chunk of the server's becomes; `null` is thrown away. */
  change: ((chunk: Buffer) => Buffer | null) | undefined;
  /** How much later what clients say comes, in milliseconds; at once where absent. */
  holdMs: ((chunk: Buffer) => number) | undefined;
  /** How much longer the server's side of a connection lives than the client's, so that what was held back still comes. */
  lingerMs: number;
  /** Each chunk of clients, as it passes. */
  seen: ((chunk: Buffer) => void) | undefined;
  /** All connections end by RST. */
  reset(): void;
  /** After so many more bytes of the server the connection that brings them ends by RST. */
  resetAfter(bytes: number): void;
  /** Takes no more connections, and ends those that there are; resolves when all are gone. */
  close(options?: { readonly keepConnections?: boolean }): Promise<void>;
}

/** Does each thing after its delay, and none before the one that came before it. */
function inOrder(): (delayMs: number, work: () => void) => void {
  const waiting: (() => void)[] = [];
  let dueAt = 0;
  return (delayMs, work) => {
    const now = performance.now();
    if (delayMs === 0 && waiting.length === 0) return work();
    dueAt = Math.max(dueAt, now + delayMs);
    waiting.push(work);
    setTimeout(() => waiting.shift()?.(), dueAt - now);
  };
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const chunks: Buffer[] = [];
  let left = Number.POSITIVE_INFINITY;
  let taken = 0;
  const server = createServer((client) => {
    taken += 1;
    const upstream = createConnection(proxy.target, '127.0.0.1').setNoDelay(true);
    const pair = [client.setNoDelay(true), upstream] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      if (proxy.lingerMs === 0) upstream.destroy();
      else setTimeout(() => upstream.destroy(), proxy.lingerMs);
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    const toServer = inOrder();
    const toClient = inOrder();
    client.on('data', (chunk) => {
      if (proxy.cut) return;
      if (proxy.keepsSent) chunks.push(chunk);
      proxy.seen?.(chunk);
      toServer(proxy.holdMs?.(chunk) ?? 0, () => upstream.write(chunk));
    });
    upstream.on('data', (chunk) => {
      if (proxy.cut) return;
      const changed = proxy.change === undefined ? chunk : proxy.change(chunk);
      if (changed !== null) toClient(proxy.delayMs, () => pass(client, upstream, changed));
    });
  });
  const pass = (client: Socket, upstream: Socket, chunk: Buffer) => {
    client.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left > 0) return;
    left = Number.POSITIVE_INFINITY;
    // What was written has to arrive before the end does.
    setTimeout(() => {
      client.resetAndDestroy();
      upstream.destroy();
    }, 5);
  };
  const proxy: TcpProxy = {
    get port() {
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    },
    get taken() {
      return taken;
    },
    sent: () => Buffer.concat(chunks),
    target,
    cut: false,
    keepsSent: true,
    delayMs: 0,
    change: undefined,
    holdMs: undefined,
    lingerMs: 0,
    seen: undefined,
    reset() {
      for (const [client] of pairs) client.resetAndDestroy();
    },
    resetAfter(bytes) {
      left = bytes;
    },
    async close({ keepConnections = false } = {}) {
      if (!keepConnections) for (const [client] of pairs) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return proxy;
}
