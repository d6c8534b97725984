import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Exchange } from '#scim/exchange.ts';
import { sendChunks } from '#scim/response/write-response.ts';

const CHUNK = 'x'.repeat(100_000);
/** More than sockets on both sides hold. */
const ENOUGH = 2_000;

test('a client that does not read is not written for, and one that leaves ends the work', async () => {
  let taken = 0;
  let ended: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    ended = resolve;
  });
  async function* endless() {
    try {
      for (; taken < ENOUGH; taken++) yield CHUNK;
    } finally {
      ended();
    }
  }
  const server = createServer((incoming, response) => {
    const exchange = { request: incoming, response, call: { requestId: 'a test' } } as Partial<Exchange> as Exchange;
    void sendChunks(exchange, 200, [], endless());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const unread = await new Promise<IncomingMessage>((resolve) => request({ port }, resolve).end());
  for (let before = -1; before !== taken; ) {
    before = taken;
    await setTimeout(50);
  }
  expect(taken).toBeLessThan(ENOUGH);
  unread.destroy();
  await left;
  server.close();
});
