import { describe, expect, test } from 'vitest';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { observed } from '#telemetry/observed-adapter.ts';
import { contractShape } from '#test/contract/sample.ts';
import { callOf, expectRejection, Subject } from '#test/contract/subject.ts';

type Observation = { readonly method: string; readonly seconds: number; readonly errorCode: string | undefined };

async function openObserved(): Promise<{ subject: Subject; seen: Observation[] }> {
  const seen: Observation[] = [];
  const inner = await memory.open(memory.options.parse({}), contractShape);
  const adapter = observed(inner, (method, seconds, errorCode) => seen.push({ method, seconds, errorCode }));
  return { subject: new Subject(adapter), seen };
}

describe('the observed adapter', () => {
  test('tells each call that asks the backend, once, with its time', async () => {
    const { subject, seen } = await openObserved();
    const { adapter, call } = subject;
    const user = await subject.user('a');
    await subject.now(user);
    await adapter.byKeys(call, 'User', []);
    await subject.find('User');
    await subject.linked('members', 'in', user);
    await adapter.areLinked(call, 'members', [], { transitive: true });
    await adapter.secrets(call, 'User', []);
    await adapter.ping(call);
    const methods = ['write', 'getMany', 'byKeys', 'find', 'linked', 'areLinked', 'secrets', 'ping'];
    expect(seen.map(({ method }) => method)).toEqual(methods);
    for (const { seconds, errorCode } of seen) {
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(seconds).toBeLessThan(5);
      expect(errorCode).toBeUndefined();
    }
  });

  test('tells the code of a failure and hands the failure on', async () => {
    const { subject, seen } = await openObserved();
    const late = callOf({ deadline: 0 });
    await expectRejection(subject.adapter.find(late, 'User', { page: { limit: 1 } }), 'TIMEOUT');
    expect(seen).toMatchObject([{ method: 'find', errorCode: 'TIMEOUT' }]);
  });

  test('tells a bug as unexpected', async () => {
    const { subject, seen } = await openObserved();
    const broken = subject.adapter.write(subject.call, [null as never]);
    await expect(broken).rejects.toThrow(TypeError);
    expect(seen).toMatchObject([{ method: 'write', errorCode: 'UNEXPECTED' }]);
  });

  test('keeps silent about waiting for changes', async () => {
    const { subject, seen } = await openObserved();
    await subject.adapter.changes(subject.call, null, 1);
    expect(seen).toEqual([]);
  });
});
