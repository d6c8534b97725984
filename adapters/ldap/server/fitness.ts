import type { Inspection } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Limits } from '../connection/pool.ts';
import { inTime } from '../in-time.ts';

/** Soon enough that whoever mends the server need not start Portico again. */
const AGAIN_AFTER_MS = 5_000;
const INSPECTION_MS = 10_000;

/** Whether a server can do what one tenant's options ask of it: asked once of each server, and again where it could not. */
export class Fitness {
  readonly #inspect: (limits: Limits) => Promise<Inspection>;
  /** Servers that are fit, by their URLs. */
  readonly #fit = new Set<string>();
  readonly #refusals = new Map<string, { readonly error: DirectoryError; readonly until: number }>();
  readonly #asking = new Map<string, Promise<void>>();

  constructor(inspect: (limits: Limits) => Promise<Inspection>) {
    this.#inspect = inspect;
  }

  isKnown(server: string): boolean {
    return this.#fit.has(server);
  }

  /** @throws UNAVAILABLE with what the server lacks, or where it cannot be asked; TIMEOUT */
  async check(server: string, limits: Limits): Promise<void> {
    if (this.#fit.has(server)) return;
    const refusal = this.#refusals.get(server);
    if (refusal !== undefined && performance.now() < refusal.until) throw refusal.error;
    let asking = this.#asking.get(server);
    if (asking === undefined) {
      asking = this.#ask(server).finally(() => this.#asking.delete(server));
      this.#asking.set(server, asking);
    }
    await inTime(asking, limits, 'the directory did not say in time what it is able to do');
  }

  async #ask(server: string): Promise<void> {
    const signal = AbortSignal.timeout(INSPECTION_MS);
    const { faults } = await this.#inspect({ deadline: Date.now() + INSPECTION_MS, signal, consistency: 'primary' });
    if (faults.length === 0) {
      this.#fit.add(server);
      return;
    }
    const error = unfit(faults);
    this.#refusals.set(server, { error, until: performance.now() + AGAIN_AFTER_MS });
    throw error;
  }
}

function unfit(faults: Inspection['faults']): DirectoryError {
  // What came and what to do may hold names of the directory, which are not for clients.
  const detail = faults.map(({ path, expected }) => `${path}: expected ${expected}`).join('; ');
  return new DirectoryError('UNAVAILABLE', `the directory lacks what the configuration needs: ${detail}`, {
    retryAfterMs: AGAIN_AFTER_MS,
  });
}
