import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { hooked } from '#test/support/hooked-adapter.ts';
import { presentCursor } from '../feed.ts';
import { Followed } from './followed.ts';

const PEOPLE = 3_000;
const QUERY =
  'subscription ($after: String) { resourceChanged(after: $after) { id resource { ... on User { title } } } }';

/** A subscriber who has not read anything of three thousand changes; resolves when nothing is read for him any more. */
async function stall() {
  let reads = 0;
  const note = (method: string) => void (method === 'changes' && reads++);
  const followed = await Followed.open({
    changesKept: PEOPLE,
    decorate: (adapter) => hooked(adapter, note),
    limits: { subscriptions: 1 },
  });
  const after = await presentCursor(followed.gateway);
  const [type] = followed.session.registry.types;
  if (type === undefined) throw new Error('User comes first');
  const bodies = Array.from({ length: PEOPLE }, (_, at) => ({ userName: `person${at}`, title: 't'.repeat(8_000) }));
  const ids = (await followed.session.createMany(type, bodies)).map(({ id }) => id);
  reads = 0;
  const socket = post(followed.gateway.url, JSON.stringify({ query: QUERY, variables: { after } }));
  onTestFinished(() => void socket.destroy());
  await expect.poll(() => reads).toBeGreaterThan(0);
  await settled(() => reads);
  return { followed, socket, ids, reads: () => reads };
}

test('for a client that reads slowly nothing is read ahead, and it misses nothing when it goes on', async () => {
  const { socket, ids, reads } = await stall();
  expect(reads()).toBeLessThan(PEOPLE / 100 - 5);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await expect.poll(() => text.split('event: next').length, { timeout: 20_000 }).toBe(PEOPLE + 1);
  expect([...text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id)).toEqual(ids);
  expect(reads()).toBeGreaterThanOrEqual(PEOPLE / 100);
}, 60_000);

test('a client that reads nothing does not outstay the end of its stream', async () => {
  const { followed } = await stall();
  const { gateway } = followed;
  expect((await followed.subscribe()).response.status).toBe(429);
  gateway.endStreams();
  const ended = () => gateway.log.some(({ outcome }) => outcome.operation === 'subscription');
  await expect.poll(ended, { timeout: 20_000 }).toBe(true);
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
