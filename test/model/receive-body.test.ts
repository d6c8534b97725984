import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { receiveBody } from '#model/receive-body.ts';

/** Sends the pieces as chunks of their own, and answers with the pieces in which they were handed on, or with what was thrown. */
async function receivedOf(sent: readonly string[], limitBytes = 1_000_000): Promise<readonly string[] | Error> {
  const { promise, resolve } = Promise.withResolvers<readonly string[] | Error>();
  const server = createServer((request, response) => {
    const taken: string[] = [];
    const limit = { limitBytes, tooLarge: () => new Error('too large'), cutShort: () => new Error('cut short') };
    receiveBody(request, limit, (chunk) => taken.push(chunk.toString('latin1')))
      .then(() => resolve(taken), resolve)
      .finally(() => response.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = httpRequest({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method: 'POST' });
  for (const piece of sent) client.write(piece);
  client.end();
  await once(client, 'response');
  return promise;
}

test('a body that comes byte by byte is kept in few pieces, since each takes hundreds of bytes', async () => {
  const bytes = Array.from({ length: 20_000 }, (_, at) => String.fromCharCode(32 + (at % 90)));
  const taken = await receivedOf(bytes);
  expect(taken).not.toBeInstanceOf(Error);
  expect([...(taken as readonly string[])].join('')).toBe(bytes.join(''));
  expect(taken).toHaveProperty('length', Math.ceil(20_000 / 256));
});

test('pieces of every size come in order, the last small one too, and none of an empty body', async () => {
  const sent = ['a', 'b'.repeat(40_000), 'c', 'd'.repeat(300), 'e'];
  expect([...((await receivedOf(sent)) as readonly string[])].join('')).toBe(sent.join(''));
  expect(await receivedOf([])).toEqual([]);
});

test('of small pieces the limit is kept to the byte', async () => {
  const sent = Array.from({ length: 300 }, () => 'x');
  expect(await receivedOf(sent, 300)).not.toBeInstanceOf(Error);
  expect(await receivedOf(sent, 299)).toEqual(new Error('too large'));
});

test('of a client that left before its body was asked for there is half a body', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const server = createServer((request) => {
    const limit = { limitBytes: 10, tooLarge: () => new Error('too large'), cutShort: () => new Error('cut short') };
    request.once('close', () => resolve(receiveBody(request, limit, () => undefined).catch((error: unknown) => error)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const client = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': 5 } });
  client.on('error', () => undefined);
  client.write('ab', () => client.destroy());
  expect(await promise).toEqual(new Error('cut short'));
});
