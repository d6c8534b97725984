import { describe, expect, test } from 'vitest';
import type { Authenticate } from '#http/authenticate.ts';
import type { Principal } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import { lesser } from '#test/support/lesser-adapter.ts';
import { BADGES } from '../badges.ts';
import { presentCursor, watched } from '../feed.ts';
import { changeOf, endedBy, Followed, namesOf } from './followed.ts';

const READER: Principal = { name: 'app', tenant: 'acme' as TenantId, scopes: new Set(['graphql:read']) };

describe('a stream ends and says why', () => {
  test('when its credential expires, at that moment and no later than the next change', async () => {
    const expires = new Date(Date.now() + 3_000);
    const authenticate: Authenticate = () =>
      expires.getTime() <= Date.now()
        ? { status: 401, detail: 'the token "app" expired', challenge: 'Bearer' }
        : { ...READER, expires };
    const followed = await Followed.open({ authenticate });
    const stream = await followed.subscribe();
    await followed.person('in-time');
    expect(namesOf(await stream.take(1))).toEqual(['in-time']);
    expect(await stream.rest()).toEqual(endedBy('UNAUTHENTICATED', 'the token "app" expired'));
    expect(Date.now()).toBeGreaterThanOrEqual(expires.getTime());
    await followed.person('late');
    const refused = await followed.subscribe();
    expect(refused.response.status).toBe(401);
  });

  const lapses: readonly (readonly [string, string, ReturnType<Authenticate>])[] = [
    ['is revoked', 'UNAUTHENTICATED', { status: 401, detail: 'the token was revoked', challenge: 'Bearer' }],
    ['loses the scope', 'FORBIDDEN', { ...READER, scopes: new Set() }],
    ['becomes that of another tenant', 'UNAUTHENTICATED', { ...READER, tenant: 'other' as TenantId }],
    ['gets a policy', 'UNAUTHENTICATED', { ...READER, policy: 'apps' }],
  ];
  test.each(lapses)(
    'when its credential %s',
    async (_, code, afterwards) => {
      let answer: ReturnType<Authenticate> = READER;
      const followed = await Followed.open({ authenticate: () => answer });
      const stream = await followed.subscribe();
      await followed.person('a');
      expect(namesOf(await stream.take(1))).toEqual(['a']);
      answer = afterwards;
      expect(await stream.rest()).toEqual(endedBy(code));
    },
    15_000,
  );

  test('when the gateway is about to stop, and then none begins', async () => {
    const followed = await Followed.open();
    const after = await presentCursor(followed.gateway);
    const stream = await followed.subscribe();
    followed.gateway.endStreams();
    const [failure, complete] = await stream.rest();
    expect(failure).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE', retryAfter: 1 } }] });
    expect(complete).toEqual({ event: 'complete' });
    const refused = await followed.subscribe();
    expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.response.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAVAILABLE', retryAfter: 1 } }],
    });
    await followed.person('meanwhile');
    expect(
      await followed.gateway.data('query ($after: String) { changes(since: $after) { changes { kind } } }', { after }),
    ).toEqual({
      changes: { changes: [{ kind: 'CREATED' }] },
    });
  });

  test('when another schema is put in force, whose changes another document may be about', async () => {
    const followed = await Followed.open();
    const stream = await followed.subscribe();
    await followed.person('before');
    const [event] = await stream.take(1);
    followed.gateway.change([{ name: 'badges', content: [...BADGES] }]);
    await followed.person('after');
    const rest = await stream.rest();
    expect(rest).toEqual(endedBy('UNAVAILABLE', expect.stringContaining('the schema has changed')));
    const again = await followed.subscribe({ variables: { after: event && changeOf(event).cursor } });
    expect(namesOf(await again.take(1))).toEqual(['after']);
  });

  test('when the backend no longer keeps what follows its cursor', async () => {
    const followed = await Followed.open({ changesKept: 3 });
    const after = await presentCursor(followed.gateway);
    for (const name of ['a', 'b', 'c', 'd']) await followed.person(name);
    const stream = await followed.subscribe({ variables: { after } });
    expect(stream.response.status).toBe(200);
    expect(await stream.rest()).toEqual(endedBy('EXPIRED_CURSOR', expect.stringContaining('read everything again')));
  });

  test.each(['', 'forged', 'a.b'])('when its cursor "%s" is none', async (after) => {
    const followed = await Followed.open();
    const stream = await followed.subscribe({ variables: { after } });
    expect(await stream.rest()).toEqual(endedBy('INVALID_CURSOR'));
  });

  test('when the backend keeps no feed', async () => {
    const followed = await Followed.open({ decorate: (adapter) => lesser(adapter, { feed: false }) });
    const stream = await followed.subscribe();
    expect(await stream.rest()).toEqual(endedBy('UNSUPPORTED', expect.stringContaining('keeps no feed of changes')));
  });
});

describe('a client that is killed', () => {
  test('leaves nothing behind: no waiting call to the backend, no open stream, and one line in the log', async () => {
    const waiting = new Set<unknown>();
    const followed = await Followed.open({
      decorate: (adapter) => watched(adapter, waiting),
      limits: { subscriptionsPerCredential: 3 },
    });
    const streams = await Promise.all([1, 2, 3].map(() => followed.subscribe()));
    await expect.poll(() => waiting.size).toBe(3);
    for (const stream of streams) await stream[Symbol.asyncDispose]();
    await expect.poll(() => waiting.size).toBe(0);
    await expect.poll(() => followed.gateway.log.length).toBe(3);
    expect(followed.gateway.log.map(({ outcome }) => outcome.operation)).toEqual(Array(3).fill('subscription'));
    const again = await Promise.all([1, 2, 3].map(() => followed.subscribe()));
    expect(again.map(({ response }) => response.status)).toEqual([200, 200, 200]);
    expect(followed.gateway.bugs).toEqual([]);
  });
});
