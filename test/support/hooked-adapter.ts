import type { DirectoryAdapter } from '#adapters/adapter.ts';

/** Told of each call before it is made; what it throws is what the call throws. */
export type Hook = (method: string, args: readonly unknown[]) => void;

/** The same adapter, for tests that count its calls or make one of them fail. */
export function hooked(adapter: DirectoryAdapter, hook: Hook): DirectoryAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'capabilities') return member.bind(target);
      return async (...args: readonly unknown[]) => {
        hook(String(name), args);
        return member.apply(target, args);
      };
    },
  });
}
