import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openAccessLog } from '#http/access-log.ts';

/** The level at which one request is logged that is answered with `status` and, where it is, broken off. */
async function levelOf(status: number, options: { readonly cause?: Error; readonly cut?: boolean }): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const record = openAccessLog({ info: () => resolve('info'), error: () => resolve('error') }, () => {});
  const server = createServer((request, response) => {
    const outcome = { operation: 'get', ...(options.cause && { cause: options.cause }) };
    record(request, response, { face: 'scim', requestId: '1', path: '/', outcome });
    response.writeHead(status, { 'content-length': 2 });
    if (options.cut === true) response.write('o', () => response.destroy());
    else response.end('ok');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/`)
    .then((response) => response.text())
    .catch(() => undefined);
  server.closeAllConnections();
  server.close();
  return promise;
}

const cause = new Error('the backend broke');

test.each([
  ['a refusal', 404, {}, 'info'],
  ['what is not offered', 501, {}, 'info'],
  ['a failure', 500, { cause }, 'error'],
  ['a client that left', 200, { cut: true }, 'info'],
  ['a failure of one operation of many', 200, { cause }, 'error'],
  ['a failure within a body', 200, { cut: true, cause }, 'error'],
])('%s is logged at its level', async (_what, status, options, level) => {
  expect(await levelOf(status, options)).toBe(level);
});
