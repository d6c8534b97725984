import { createConnection, createServer, type Socket } from 'node:net';
import { BerReader } from 'ldapts';
import { FrameReader } from '#adapters/ldap/connection/protocol/frame-reader.ts';

/** Stands between an adapter and slapd, and knows which operation passes. */
export interface StepProxy {
  readonly url: string;
  /** Whether the operation that `cutAfter` waits for has come. */
  readonly hasCut: boolean;
  /** The operation that comes after so many others is cut off; Infinity: none. */
  cutAfter(operations: number, how: Cut): void;
  close(): Promise<void>;
}

/**
 * `crash`: the operation is never sent, nor is anything after it, as where the gateway is killed. `lost`: the connection breaks before
 * it arrives, and another one can be made. `unanswered`: it is carried out, and the connection breaks before that is known.
 */
export type Cut = 'crash' | 'lost' | 'unanswered';

/** Search, modify, add, delete, modify DN: RFC 4511 §4.5 to §4.9. */
const OPERATIONS: ReadonlySet<number> = new Set([0x63, 0x66, 0x68, 0x4a, 0x6c]);

export async function startStepProxy(target: number): Promise<StepProxy> {
  const clients = new Set<Socket>();
  let [left, how, hasCut] = [Number.POSITIVE_INFINITY, 'crash' as Cut, false];
  const isDead = () => hasCut && how === 'crash';
  const server = createServer((client) => {
    if (isDead()) {
      client.destroy();
      return;
    }
    clients.add(client.setNoDelay(true));
    const upstream = createConnection(target, '127.0.0.1').setNoDelay(true);
    let deaf = false;
    const end = () => {
      clients.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    const requests = new FrameReader();
    client.on('data', (chunk) => requests.push(chunk).forEach(pass));
    upstream.on('data', (chunk) => (deaf ? end() : client.write(chunk)));

    function pass(request: Buffer): void {
      if (deaf || isDead()) return;
      if (isOperation(request)) left -= 1;
      if (left >= 0) {
        upstream.write(request);
        return;
      }
      left = Number.POSITIVE_INFINITY;
      hasCut = true;
      deaf = true;
      if (how === 'unanswered') upstream.write(request);
      else for (const each of how === 'crash' ? clients : [client]) each.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `ldap://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    get hasCut() {
      return hasCut;
    },
    cutAfter(operations, kind) {
      [left, how, hasCut] = [operations, kind, false];
    },
    async close() {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isOperation(request: Buffer): boolean {
  const reader = new BerReader(request);
  reader.readSequence();
  reader.readInt();
  return OPERATIONS.has(reader.peek() ?? 0);
}
