import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { letGoStalled } from '#graphql/http/let-go-stalled.ts';

/** More than the system takes for a client that does not read. */
const LONG = Buffer.alloc(32 * 1024 * 1024, 'x');
const STALLED_MS = 1_000;

async function serving(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((_request, response) => {
    letGoStalled(response, LONG.length, STALLED_MS);
    response.end(LONG);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describe('an answer that is longer than the system takes at once', () => {
  test('is given up with a client that does not read it', async () => {
    const { server, port } = await serving();
    const client = connect(port, '127.0.0.1').pause();
    client.on('error', () => {});
    client.write('GET / HTTP/1.1\r\nHost: portico\r\n\r\n');
    const [, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    await once(response, 'close');
    expect(response.writableFinished).toBe(false);
    client.destroy();
    server.close();
  });

  test('comes whole to one that takes longer than that, reading', async () => {
    const { server, port } = await serving();
    const [answer] = (await once(get({ port, host: '127.0.0.1' }), 'response')) as [IncomingMessage];
    let bytes = 0;
    for await (const chunk of answer) {
      const before = Math.floor(bytes / (LONG.length / 8));
      bytes += (chunk as Buffer).length;
      if (Math.floor(bytes / (LONG.length / 8)) > before) await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(bytes).toBe(LONG.length);
    server.close();
    server.closeAllConnections();
  });
});
