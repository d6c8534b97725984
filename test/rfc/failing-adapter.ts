import type { AdapterModule } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import { hooked } from '#test/support/hooked-adapter.ts';

/** Ids that cannot be looked up: of a backend that is away, and of one with a bug. */
export const AWAY = 'the-backend-is-away';
export const BUG = 'the-backend-has-a-bug';
/** What neither failure may show to a client. */
export const INSIDE = 'SELECT secret FROM cn=admin,dc=inside';

/** The memory backend, failing for these ids; a configuration names this file. */
export const adapter: AdapterModule<unknown> = {
  options: { parse: () => undefined },
  open: async (_options, shape) => hooked(await memory.open(memory.options.parse(undefined), shape), fail),
};

function fail(_method: string, [, ...args]: readonly unknown[]): void {
  const asked = JSON.stringify(args);
  const cause = new Error(INSIDE);
  if (asked.includes(AWAY)) {
    throw new DirectoryError('UNAVAILABLE', 'the directory does not answer', { retryAfterMs: 7_000, cause });
  }
  if (asked.includes(BUG)) throw new TypeError(INSIDE);
}
