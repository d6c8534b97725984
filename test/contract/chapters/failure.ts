import { expect } from 'vitest';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { Chapter } from '../chapter.ts';
import { keyOf, PATHS } from '../sample.ts';
import { callOf, expectRejection, type Subject, UNKNOWN_ID } from '../subject.ts';

export const failure: Chapter = {
  title: 'giving up and closing',
  define(test) {
    test('a backend that serves says so', async (subject) => {
      await subject.adapter.ping(subject.call);
    });

    test('a call that was given up before it started times out and writes nothing', async (subject) => {
      await expectAll(subject, callOf({ signal: AbortSignal.abort() }), 'TIMEOUT');
      expect(await subject.foundIds('User')).toEqual([]);
    });

    test('a call whose deadline has passed times out and writes nothing', async (subject) => {
      await expectAll(subject, callOf({ deadline: Date.now() - 1 }), 'TIMEOUT');
      expect(await subject.foundIds('User')).toEqual([]);
    });

    test('closing twice is closing once', async (subject) => {
      await subject.adapter.close();
      await subject.adapter.close();
    });

    test('after closing everything is unavailable', async (subject) => {
      await subject.adapter.close();
      await expectAll(subject, callOf(), 'UNAVAILABLE');
    });
  },
};

/** Every method that asks the backend; exhaustive by its type. */
function callsOf(subject: Subject, call: Call) {
  const { adapter } = subject;
  const calls: Record<Exclude<keyof DirectoryAdapter, 'name' | 'capabilities' | 'close'>, () => Promise<unknown>> = {
    getMany: () => adapter.getMany(call, 'User', [UNKNOWN_ID]),
    byKeys: () => adapter.byKeys(call, 'User', [keyOf(PATHS.userName, 'a')]),
    find: () => adapter.find(call, 'User', { page: { limit: 1 } }),
    linked: () => adapter.linked(call, 'members', 'in', [UNKNOWN_ID], { page: { limit: 1 } }),
    areLinked: () => adapter.areLinked(call, 'members', [{ from: UNKNOWN_ID, to: UNKNOWN_ID }], { transitive: false }),
    write: () => adapter.write(call, [subject.createOf('User', { userName: 'late' })]),
    secrets: () => adapter.secrets(call, 'User', [UNKNOWN_ID]),
    changes: () => adapter.changes(call, null, 1),
    ping: () => adapter.ping(call),
    inspect: () => adapter.inspect?.(call) ?? adapter.ping(call),
  };
  return subject.capabilities.feed ? Object.values(calls) : Object.values({ ...calls, changes: calls.ping });
}

async function expectAll(subject: Subject, call: Call, code: 'TIMEOUT' | 'UNAVAILABLE'): Promise<void> {
  for (const start of callsOf(subject, call)) await expectRejection(start(), code);
}
