import { createClient } from 'graphql-sse';
import { expect, test, vi } from 'vitest';
import { startPortico } from '#test/support/portico-process.ts';
import { EventStream } from '../event-stream.ts';
import { presentCursor } from '../feed.ts';
import { create } from '../gateway.ts';
import { FOLLOW, Followed, namesOf } from './followed.ts';

test('a comment comes at once and every twelve seconds, so that whatever stands between keeps the connection', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const followed = await Followed.open();
    const stream = await followed.subscribe();
    vi.advanceTimersByTime(24_000);
    await followed.person('a');
    expect(namesOf(await stream.take(1))).toEqual(['a']);
    expect(stream.comments).toEqual([':', ':', ':']);
  } finally {
    vi.useRealTimers();
  }
});

test('no cache and no proxy on the way is to keep or hold back anything', async () => {
  const followed = await Followed.open();
  const { response } = await followed.subscribe({ headers: { 'x-request-id': 'mine' } });
  const headers = Object.fromEntries(response.headers);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    'x-request-id': 'mine',
  });
  expect(headers['content-encoding']).toBeUndefined();
});

test("graphql-sse's own client follows, and hears the end", async () => {
  const { gateway, session } = await Followed.open();
  const after = await presentCursor(gateway);
  await create(session, 'User', { userName: 'ada' });
  const client = createClient({ url: `${gateway.url}/graphql/stream`, retryAttempts: 0 });
  const answers = client.iterate({ query: FOLLOW, variables: { after } });
  expect(await answers.next()).toMatchObject({
    value: { data: { resourceChanged: { resource: { userName: 'ada' } } } },
  });
  gateway.endStreams();
  expect(await answers.next()).toMatchObject({ value: { errors: [{ extensions: { code: 'UNAVAILABLE' } }] } });
  expect(await answers.next()).toEqual({ done: true, value: undefined });
  client.dispose();
});

const TOKEN = 'follow-me';
/** printf follow-me | sha256sum */
const SHA256 = '478283fc12317ebc681cbb315d6ee009ad9ca2c75b3700aadd0af8889890e6b0';

test('open streams are counted, and a SIGTERM ends them at once, each with the reason, and the process with them', async () => {
  const portico = await startPortico(`
server: { port: 0, drainSeconds: 0 }
auth:
  tokens: [{ name: app, tenant: default, scopes: [graphql:read, admin], sha256: '${SHA256}' }]
`);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const streams = await Promise.all([1, 2, 3].map(() => EventStream.open(portico.url, { query: FOLLOW, headers })));
  const metrics = await (await fetch(`${portico.url}/metrics`, { headers })).text();
  expect(metrics).toContain('portico_graphql_subscriptions{tenant="default"} 3');
  const stopped = portico.stop();
  for (const stream of streams) {
    expect(await stream.rest()).toMatchObject([
      { errors: [{ extensions: { code: 'UNAVAILABLE', retryAfter: 1 } }] },
      { event: 'complete' },
    ]);
  }
  expect(await stopped).toBe(0);
  expect(portico.output()).toContain('"operation":"subscription"');
}, 60_000);
