import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Lull } from '#http/lull.ts';

test('a lull begins once nobody has asked for a while, and at its end in any case', async () => {
  const lull = new Lull();
  const server = createServer(lull.noticing((_, response) => response.end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ask = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const msUntil = async (quietMs: number, withinMs: number) => {
    const start = performance.now();
    await lull.begin(quietMs, withinMs);
    return performance.now() - start;
  };
  try {
    expect(await msUntil(1_000, 5_000)).toBeLessThan(500);
    await ask();
    const waited = msUntil(250, 5_000);
    await ask();
    const asked = performance.now();
    await waited;
    expect(performance.now() - asked).toBeGreaterThan(200);
    await ask();
    expect(await msUntil(60_000, 50)).toBeLessThan(5_000);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
