import type { AdapterModule, DirectoryAdapter } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';

/** A memory backend whose lists of people take as long as the call allows; it says on stderr when it is told to stop. */
export const adapter: AdapterModule<object> = {
  options: { parse: (value) => Object(value) },
  async open() {
    return endless(await memory.open(memory.options.parse(undefined), () => []));
  },
};

function endless(inner: DirectoryAdapter): DirectoryAdapter {
  const find: DirectoryAdapter['find'] = (call, type, query) =>
    type === 'User' ? untilToldToStop(call) : inner.find(call, type, query);
  return new Proxy(inner, {
    get(target, method) {
      if (method === 'find') return find;
      const member: unknown = Reflect.get(target, method);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

function untilToldToStop({ tenant, signal }: Call): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      process.stderr.write(`find in ${tenant} was told to stop\n`);
      reject(new DirectoryError('TIMEOUT', 'the driver gave up'));
    });
  });
}
