import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';

const READS: ReadonlySet<string | symbol> = new Set(['getMany', 'byKeys', 'linked']);

/** The contract suite asks the primary; here what it reads may come from the cache, as what clients read does. */
export function asClientsAsk(adapter: DirectoryAdapter): DirectoryAdapter {
  return new Proxy(adapter, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (!READS.has(name)) return member.bind(target);
      return (call: Call, ...rest: readonly unknown[]) => {
        const { tenant, actor, requestId, deadline, signal } = call;
        return member.call(target, { tenant, actor, requestId, deadline, signal, consistency: 'cached' }, ...rest);
      };
    },
  });
}
