import type { AdapterModule, DirectoryAdapter } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { DirectoryError } from '#model/errors.ts';

interface Options {
  /** Backends of one name are one. */
  readonly name: string;
  readonly feed: boolean;
  /** How many calls are answered as if the server could not be reached, before it can. */
  readonly down: number;
}

const shared = new Map<string, Promise<DirectoryAdapter>>();
const failing = new Map<string, number>();

/** A memory backend that several gateways of one process share, as they would share a server. */
export const adapter: AdapterModule<Options> = {
  options: { parse: (value) => ({ feed: true, down: 0, ...(value as Pick<Options, 'name'>) }) },
  async open({ name, feed, down }) {
    const opening = shared.get(name) ?? memory.open(memory.options.parse(undefined), () => []);
    shared.set(name, opening);
    failing.set(name, down);
    return sharing(await opening, name, feed);
  },
};

function sharing(inner: DirectoryAdapter, name: string, feed: boolean): DirectoryAdapter {
  return new Proxy(inner, {
    get(target, method) {
      if (method === 'capabilities') return () => ({ ...target.capabilities('' as never, ''), feed });
      if (method === 'close') return async () => undefined;
      const member: unknown = Reflect.get(target, method);
      if (typeof member !== 'function') return member;
      return async (...args: readonly unknown[]) => {
        const left = failing.get(name) ?? 0;
        failing.set(name, left - 1);
        if (left > 0) throw new DirectoryError('UNAVAILABLE', 'the server cannot be reached');
        return member.apply(target, args);
      };
    },
  });
}
