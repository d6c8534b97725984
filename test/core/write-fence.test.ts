import { describe, expect, test } from 'vitest';
import type { DirectoryAdapter, Write } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { WriteFence } from '#core/schema-change/write-fence.ts';
import type { Call } from '#model/call.ts';
import type { ResourceId, TenantId } from '#model/resource.ts';

const call: Call = {
  tenant: 'acme' as TenantId,
  actor: 'a test',
  requestId: 'a test',
  deadline: Date.now() + 60_000,
  signal: AbortSignal.timeout(60_000),
  consistency: 'primary',
};
const creating = (id: string): Write[] => [
  {
    kind: 'create',
    type: 'User',
    id: id as ResourceId,
    draft: { attributes: {}, links: {}, uniqueKeys: [], lookupKeys: [] },
  },
];

/** A memory backend whose writes begin when they are let. */
async function slowBackend() {
  const inner = await memory.open(memory.options.parse(undefined), () => []);
  const gate = Promise.withResolvers<void>();
  const adapter: DirectoryAdapter = new Proxy(inner, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name !== 'write') return member.bind(target);
      return async (...args: readonly unknown[]) => {
        await gate.promise;
        return member.apply(target, args);
      };
    },
  });
  const stored = async (id: string) => (await inner.getMany(call, 'User', [id as ResourceId]))[0] !== null;
  return { adapter, stored, begin: gate.resolve };
}

describe('a fence before writes', () => {
  test('waits for those under way, holds others back, and lets them go on', async () => {
    const { adapter, stored, begin } = await slowBackend();
    const fence = new WriteFence();
    const guarded = fence.guard(adapter, 1);
    const order: string[] = [];
    const first = guarded.write(call, creating('1')).then(() => order.push('first'));
    const held = fence.hold(60_000).then((release) => {
      order.push('held');
      return release;
    });
    const second = guarded.write(call, creating('2')).then(() => order.push('second'));
    begin();
    const release = await held;
    await first;
    expect([await stored('1'), await stored('2')]).toEqual([true, false]);
    release();
    await second;
    expect(order).toEqual(['first', 'held', 'second']);
  });

  test('gives up where writes do not end in time, and nothing is held back then', async () => {
    const { adapter, begin } = await slowBackend();
    const fence = new WriteFence();
    const guarded = fence.guard(adapter, 1);
    const first = guarded.write(call, creating('1'));
    await expect(fence.hold(10)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const second = guarded.write(call, creating('2'));
    begin();
    await Promise.all([first, second]);
  });

  test('refuses what was made under schemas that went, also where it was held back', async () => {
    const { adapter, stored, begin } = await slowBackend();
    begin();
    const fence = new WriteFence();
    const [old, next] = [fence.guard(adapter, 1), fence.guard(adapter, 2)];
    const release = await fence.hold(1_000);
    const late = old.write(call, creating('1'));
    fence.retireBefore(2);
    release();
    await expect(late).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 1_000 });
    await expect(old.write(call, creating('1'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await next.write(call, creating('2'));
    expect([await stored('1'), await stored('2')]).toEqual([false, true]);
  });

  test('records what is written while it is asked to, failures included', async () => {
    const { adapter, begin } = await slowBackend();
    begin();
    const fence = new WriteFence();
    const guarded = fence.guard(adapter, 1);
    await guarded.write(call, creating('before'));
    const recorder = fence.record();
    await guarded.write(call, [...creating('1'), ...creating('1')]);
    await guarded.write(call, [{ kind: 'delete', type: 'User', id: 'none' as ResourceId }]);
    expect(recorder.written()).toEqual([
      { id: '1', type: 'User' },
      { id: 'none', type: 'User' },
    ]);
    recorder.close();
    await guarded.write(call, creating('after'));
    expect(recorder.written()).toHaveLength(2);
  });

  test('a recorder that cannot remember everything says so', async () => {
    const { adapter, begin } = await slowBackend();
    begin();
    const fence = new WriteFence();
    const recorder = fence.record();
    const many = Array.from({ length: 20_001 }, (_, number) => creating(`${number}`)[0] as Write);
    await fence.guard(adapter, 1).write(call, many);
    expect(recorder.written()).toBeUndefined();
  });
});
