import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { hooked } from '#test/support/hooked-adapter.ts';
import { presentCursor } from '../feed.ts';
import { Followed } from './followed.ts';

const PEOPLE = 3_000;
const QUERY =
  'subscription ($after: String) { resourceChanged(after: $after) { id resource { ... on User { title } } } }';

test('for a client that reads slowly nothing is read ahead, and it misses nothing when it goes on', async () => {
  const reads: string[] = [];
  const note = (method: string) => void (method === 'changes' && reads.push(method));
  const followed = await Followed.open({ changesKept: PEOPLE, decorate: (adapter) => hooked(adapter, note) });
  const after = await presentCursor(followed.gateway);
  const [type] = followed.session.registry.types;
  if (type === undefined) throw new Error('User comes first');
  const bodies = Array.from({ length: PEOPLE }, (_, at) => ({ userName: `person${at}`, title: 't'.repeat(8_000) }));
  const ids = (await followed.session.createMany(type, bodies)).map(({ id }) => id);
  reads.length = 0;
  const socket = post(followed.gateway.url, JSON.stringify({ query: QUERY, variables: { after } }));
  const stalledAt = await settled(() => reads.length);
  expect(stalledAt).toBeGreaterThan(0);
  expect(stalledAt).toBeLessThan(PEOPLE / 100 - 5);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await expect.poll(() => text.split('event: next').length, { timeout: 20_000 }).toBe(PEOPLE + 1);
  expect([...text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id)).toEqual(ids);
  expect(reads.length).toBeGreaterThanOrEqual(PEOPLE / 100);
  socket.destroy();
}, 60_000);

/** Sends the request and reads nothing of the answer. */
function post(url: string, body: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head = [
    'POST /graphql/stream HTTP/1.1',
    'Host: gateway',
    'Content-Type: application/json',
    'Accept: text/event-stream',
    `Content-Length: ${body.length}`,
  ];
  void once(socket, 'connect').then(() => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`));
  return socket;
}

/** A count, once it has stood still for a while. */
async function settled(count: () => number): Promise<number> {
  for (let before = -1, still = 0; ; before = count()) {
    still = before === count() ? still + 1 : 0;
    if (still > 5) return before;
    await pause(200);
  }
}
