import { setTimeout } from 'node:timers/promises';
import type { DirectoryAdapter } from '#adapters/adapter.ts';

/** The same adapter as one behind a network: every answer takes a while, `find` longest. */
export function slow(adapter: DirectoryAdapter): DirectoryAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'capabilities') return member.bind(target);
      return async (...args: readonly unknown[]) => {
        await setTimeout(name === 'find' ? 8 : 2);
        return member.apply(target, args);
      };
    },
  });
}
