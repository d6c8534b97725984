import { setTimeout } from 'node:timers/promises';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { cached } from '#src/cache/cached-adapter.ts';
import type { CacheOptions } from '#src/cache/options.ts';
import { CacheStore, type RunScript } from '#src/cache/protocol/cache-store.ts';
import type { Random } from '#test/support/random.ts';

export interface GatewayOptions {
  readonly backend: DirectoryAdapter;
  readonly run: RunScript;
  readonly onMarkFailure: CacheOptions['onMarkFailure'];
  readonly lifetimeMs: number;
  readonly markMs: number;
  readonly random: Random;
  readonly observe: CacheOptions['observe'];
  /** How probable it is, each time it is about to clear a mark, that the gateway is killed instead. */
  readonly dies: number;
}

/** One gateway's cache over the backend that all share, which stops for a moment at any step, and may be killed. */
export interface CheckedGateway {
  readonly adapter: DirectoryAdapter;
  /** Rejects when the gateway is killed; its calls then never answer. */
  readonly killed: Promise<never>;
  close(): void;
}

const READ_MS = 150;

export function openGateway(options: GatewayOptions): CheckedGateway {
  const { backend, random, onMarkFailure, lifetimeMs, markMs, observe, dies } = options;
  const killed = Promise.withResolvers<never>();
  killed.promise.catch(() => undefined);
  let isDead = false;
  const run: RunScript = async (script, ...rest) => {
    await pause(random);
    if (script.name.startsWith('porticoCacheClear') && random.chance(dies)) {
      isDead = true;
      killed.reject(new Error('killed'));
    }
    if (isDead) return new Promise(() => undefined);
    const answer = await options.run(script, ...rest);
    await pause(random);
    return answer;
  };
  const store = new CacheStore(run, {
    prefix: 'check',
    lifetimeMs,
    markMs,
    timeoutMs: READ_MS,
    failed: () => observe('failure', 1),
  });
  const isUnique = (_tenant: string, _type: string, attribute: string) => attribute === 'userName';
  return {
    adapter: cached(pausing(backend, random), store, { onMarkFailure, isUnique, observe }),
    killed: killed.promise,
    close: () => store.close(),
  };
}

/** Before it is asked, and before it is heard. */
function pausing(adapter: DirectoryAdapter, random: Random): DirectoryAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: readonly unknown[]) => {
        await pause(random);
        const answer = await member.apply(target, args);
        // What is done and not yet acknowledged is what is seen by some and not by others.
        await (name === 'write' ? setTimeout(random.upTo(30)) : longPause(random));
        return answer;
      };
    },
  });
}

/** What was read long ago is what must not be kept. */
async function longPause(random: Random): Promise<void> {
  if (random.chance(0.1)) await setTimeout(random.upTo(200));
}

/** Mostly not at all, else mostly short, sometimes long. */
async function pause(random: Random): Promise<void> {
  if (random.chance(0.75)) return;
  await setTimeout(random.chance(0.75) ? random.upTo(3) : random.upTo(50));
}
