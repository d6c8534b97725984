import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { holdsForAsync } from '#test/properties/runs.ts';
import { hooked } from '#test/support/hooked-adapter.ts';
import { presentCursor } from '../feed.ts';
import { create } from '../gateway.ts';
import { changeOf, endedBy, Followed, namesOf } from './followed.ts';

describe('every change is told exactly once, in order', () => {
  test('however often the client leaves and comes again while several write', async () => {
    await holdsForAsync(
      8,
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 6 }), async (visits) => {
        const followed = await Followed.open();
        const names = Array.from({ length: visits.reduce((sum, visit) => sum + visit, 0) }, (_, at) => `person${at}`);
        let after = await presentCursor(followed.gateway);
        const writers = [0, 1, 2].map(async (writer) => {
          for (const name of names.filter((_, at) => at % 3 === writer)) {
            await followed.person(name);
            await pause(1);
          }
        });
        const seen: string[] = [];
        for (const visit of visits) {
          const stream = await followed.subscribe({ variables: { after } });
          for (const event of await stream.take(visit)) {
            seen.push(changeOf(event).id);
            after = changeOf(event).cursor;
          }
          await stream[Symbol.asyncDispose]();
        }
        await Promise.all(writers);
        const { changes } = await allChanges(followed);
        expect(seen).toEqual(changes);
        expect(new Set(seen).size).toBe(names.length);
      }),
    );
  });

  test('between catching up and being told as it happens nothing is lost, however many follow at once', async () => {
    const followed = await Followed.open({ changesKept: 5_000 });
    const after = await presentCursor(followed.gateway);
    const names = Array.from({ length: 400 }, (_, at) => `person${at}`);
    for (const name of names.slice(0, 250)) await followed.person(name);
    const writing = (async () => {
      for (const name of names.slice(250)) await followed.person(name);
    })();
    const streams = await Promise.all(Array.from({ length: 5 }, () => followed.subscribe({ variables: { after } })));
    for (const events of await Promise.all(streams.map((stream) => stream.take(names.length)))) {
      expect(namesOf(events)).toEqual(names);
    }
    await writing;
  });
});

describe('a backend that fails in the middle', () => {
  /** Fails calls of a method as long as there are failures left. */
  const failing = (failures: { [method: string]: number }, calls: string[] = []) => ({
    decorate: (adapter: Parameters<typeof hooked>[0]) =>
      hooked(adapter, (method) => {
        calls.push(method);
        const left = failures[method] ?? 0;
        failures[method] = left - 1;
        if (left > 0) throw new DirectoryError('UNAVAILABLE', 'the server cannot be reached');
      }),
  });

  test('is asked again for its feed from the same place, and no change is skipped', async () => {
    const failures: { [method: string]: number } = {};
    const followed = await Followed.open(failing(failures));
    const stream = await followed.subscribe();
    await followed.person('a');
    expect(namesOf(await stream.take(1))).toEqual(['a']);
    failures['changes'] = 3;
    await followed.person('b');
    await followed.person('c');
    expect(namesOf(await stream.take(2))).toEqual(['b', 'c']);
    expect(failures['changes']).toBeLessThanOrEqual(0);
  }, 15_000);

  test('is asked again for the resources, so that an event has what it selects', async () => {
    const failures: { [method: string]: number } = {};
    const followed = await Followed.open(failing(failures));
    const stream = await followed.subscribe();
    failures['getMany'] = 2;
    await followed.person('a');
    const [event] = await stream.take(1);
    expect([event?.errors, namesOf(event ? [event] : [])]).toEqual([undefined, ['a']]);
    expect(failures['getMany']).toBeLessThanOrEqual(0);
  }, 15_000);

  test('at the beginning is told at once where the client has no cursor, and waited for where it has one', async () => {
    const failures: { [method: string]: number } = {};
    const followed = await Followed.open(failing(failures));
    const after = await presentCursor(followed.gateway);
    failures['changes'] = 1;
    const without = await followed.subscribe();
    expect(await without.rest()).toMatchObject([
      { errors: [{ extensions: { code: 'UNAVAILABLE', retryAfter: 5 } }] },
      { event: 'complete' },
    ]);
    failures['changes'] = 1;
    const stream = await followed.subscribe({ variables: { after } });
    await followed.person('a');
    expect(namesOf(await stream.take(1))).toEqual(['a']);
  }, 15_000);

  test('with what is no matter of time is told in place of the resource, and the stream goes on', async () => {
    const followed = await Followed.open({
      decorate: (adapter) =>
        hooked(adapter, (method, [, , ids]) => {
          if (method === 'getMany' && (ids as readonly string[]).includes(broken)) {
            throw new DirectoryError('TOO_MANY', 'this one cannot be read');
          }
        }),
    });
    let broken = '';
    const stream = await followed.subscribe();
    const after = await presentCursor(followed.gateway);
    await followed.person('a');
    broken = await followed.person('b');
    await followed.person('c');
    const later = await followed.subscribe({ variables: { after } });
    for (const events of [await stream.take(3), await later.take(3)]) {
      expect(namesOf(events)).toEqual(['a', undefined, 'c']);
      expect(events[1]).toMatchObject({
        data: { resourceChanged: { id: broken, resource: null } },
        errors: [{ path: ['resourceChanged', 'resource'], extensions: { code: 'TOO_MANY' } }],
      });
    }
  });
});

test('of an event that is too much for one answer nothing is sent but why, and the stream ends', async () => {
  const followed = await Followed.open({ limits: { responseBytes: 1_024 } });
  const query = 'subscription { resourceChanged { id resource { ... on User { title } } } }';
  const stream = await followed.subscribe({ query });
  await followed.person('small');
  await followed.person('large', { title: 't'.repeat(2_000) });
  expect((await stream.take(1))[0]?.errors).toBeUndefined();
  expect(await stream.rest()).toEqual(endedBy('RESPONSE_TOO_LARGE', expect.stringContaining('at most 1024')));
});

test('changes that lead to too many resources for one answer are told one by one, and the worst in part', async () => {
  const followed = await Followed.open({ limits: { edges: 4 } });
  const after = await presentCursor(followed.gateway);
  const people = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => followed.person(name)));
  const members = people.map((value) => ({ value }));
  await create(followed.session, 'Group', { displayName: 'Large', members });
  await create(followed.session, 'Group', { displayName: 'Small', members: members.slice(0, 2) });
  const query = `subscription ($after: String) { resourceChanged(after: $after, types: ["Group"]) {
    cursor id resource { ... on Group { displayName members { nodes { ... on User { emails { value } } } } } }
  } }`;
  const stream = await followed.subscribe({ query, variables: { after } });
  const [large, small] = await stream.take(2);
  expect(large).toMatchObject({
    data: { resourceChanged: { cursor: expect.any(String), resource: null } },
    errors: [{ extensions: { code: 'TOO_MANY_EDGES', limit: 4 } }],
  });
  expect(small?.errors).toBeUndefined();
  expect(changeOf(small ?? { event: '' }).resource).toMatchObject({
    displayName: 'Small',
    members: { nodes: [{}, {}] },
  });
});

test('a stream outlives the time that one operation has, and each call to the backend has time of its own', async () => {
  const deadlines: number[] = [];
  const note = (method: string, [call]: readonly unknown[]) => {
    if (method === 'changes' || method === 'getMany') deadlines.push((call as Call).deadline - Date.now());
  };
  const followed = await Followed.open({
    limits: { deadlineSeconds: 0.2 },
    decorate: (adapter) => hooked(adapter, note),
  });
  const stream = await followed.subscribe();
  await pause(500);
  await followed.person('late');
  expect(namesOf(await stream.take(1))).toEqual(['late']);
  expect(Math.min(...deadlines)).toBeGreaterThan(0);
});

test('changes that come together are loaded together: as many calls for ten as for one', async () => {
  const calls: string[] = [];
  const followed = await Followed.open({ decorate: (adapter) => hooked(adapter, (method) => void calls.push(method)) });
  const after = await presentCursor(followed.gateway);
  for (let at = 0; at < 10; at += 1) await followed.person(`person${at}`);
  calls.length = 0;
  const stream = await followed.subscribe({ variables: { after } });
  await stream.take(10);
  await expect.poll(() => calls).toEqual(['changes', 'getMany', 'changes']);
});

async function allChanges({ gateway }: Followed): Promise<{ readonly changes: readonly string[] }> {
  const { users } = await gateway.data('{ users(first: 1000) { nodes { id meta { version } } } }');
  const { nodes } = users as { readonly nodes: readonly { readonly id: string; readonly meta: { version: string } }[] };
  // The memory backend's versions count up, so that their order is that of the commits.
  const serial = ({ meta }: (typeof nodes)[number]) => Number.parseInt(meta.version.slice(3), 36);
  return { changes: [...nodes].sort((a, b) => serial(a) - serial(b)).map(({ id }) => id) };
}
