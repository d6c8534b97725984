import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Lull } from '#http/lull.ts';

async function serve(listener: RequestListener): Promise<() => Promise<unknown>> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

async function msOf(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

test('a lull is there at once where nobody has asked', async () => {
  expect(await msOf(new Lull().begin(1_000, 5_000))).toBeLessThan(500);
});

test('a lull begins once those who ask have been answered for a while', async () => {
  const lull = new Lull();
  const held: ServerResponse[] = [];
  const ask = await serve(lull.noticing((_, response) => held.push(response)));
  const answer = ask();
  await expect.poll(() => held.length).toBe(1);
  let isThere = false;
  const begun = lull.begin(100, 20_000).then(() => {
    isThere = true;
  });
  await msOf(new Promise((resolve) => setTimeout(resolve, 300)));
  expect(isThere).toBe(false);
  held[0]?.end();
  await answer;
  expect(await msOf(begun)).toBeGreaterThan(50);
});

test('a lull does not wait for ever', async () => {
  const lull = new Lull();
  let asked = false;
  const ask = await serve(
    lull.noticing(() => {
      asked = true;
    }),
  );
  ask().catch(() => undefined);
  await expect.poll(() => asked).toBe(true);
  const ms = await msOf(lull.begin(60_000, 50));
  expect(ms).toBeGreaterThan(40);
  expect(ms).toBeLessThan(5_000);
});
