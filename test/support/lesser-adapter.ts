import type { Capabilities, DirectoryAdapter } from '#adapters/adapter.ts';

/** The same adapter with fewer abilities, for tests of what core then does by itself. */
export function lesser(adapter: DirectoryAdapter, without: Partial<Capabilities>): DirectoryAdapter {
  const capabilities: DirectoryAdapter['capabilities'] = (...args) => ({
    ...adapter.capabilities(...args),
    ...without,
  });
  return new Proxy(adapter, {
    get(target, name) {
      if (name === 'capabilities') return capabilities;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
