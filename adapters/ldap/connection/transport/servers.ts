import { LdapError } from '../ldap-error.ts';
import type { Address } from './address.ts';
import type { Channel } from './channel.ts';
import { unavailable } from './failures.ts';

const FIRST_PAUSE_MS = 50;
/** Short enough that a server which is back is found within a second. */
const LONGEST_PAUSE_MS = 1_000;

interface Server {
  readonly address: Address;
  failures: number;
  /** By `performance.now()`: not tried before. */
  pausedUntil: number;
}

/**
 * Servers that hold the same directory. One is used at a time, so that what was written to it is read from it; the next takes its
 * place when it cannot be reached, and keeps it until it fails in turn.
 */
export class Servers {
  readonly #servers: readonly Server[];
  readonly #open: (address: Address) => Promise<Channel>;
  #active = 0;
  #lastFailure: unknown;

  /** At least one address. */
  constructor(addresses: readonly Address[], open: (address: Address) => Promise<Channel>) {
    this.#servers = addresses.map((address) => ({ address, failures: 0, pausedUntil: 0 }));
    this.#open = open;
  }

  get activeUrl(): string {
    return this.#servers[this.#active]?.address.url ?? '';
  }

  isActive(address: Address): boolean {
    return this.#servers[this.#active]?.address === address;
  }

  /** All have failed so lately that none is tried: why. */
  get paused(): Error | undefined {
    const now = performance.now();
    const wait = Math.min(...this.#servers.map(({ pausedUntil }) => pausedUntil - now));
    return wait <= 0 ? undefined : this.#unavailable(wait);
  }

  /**
   * `another`: there is a connection already, which one more to the same server shall relieve.
   * @throws {DirectoryError} UNAVAILABLE where none of them opens
   */
  async connect(another = false): Promise<{ readonly address: Address; readonly channel: Channel }> {
    const first = this.#active;
    const tries = another ? 1 : this.#servers.length;
    for (let tried = 0; tried < tries; tried += 1) {
      const index = (first + tried) % this.#servers.length;
      const server = this.#servers[index];
      if (server === undefined || server.pausedUntil > performance.now()) continue;
      try {
        const channel = await this.#open(server.address);
        server.failures = 0;
        this.#active = index;
        return { address: server.address, channel };
      } catch (error) {
        this.#lastFailure = error;
        pause(server);
      }
    }
    throw this.paused ?? this.#unavailable(FIRST_PAUSE_MS);
  }

  #unavailable(retryAfterMs: number): Error {
    return unavailable(reason(this.#lastFailure), this.#lastFailure, Math.ceil(retryAfterMs));
  }
}

/** Twice as long after each failure, and never the same for two gateways. */
function pause(server: Server): void {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** server.failures);
  server.failures += 1;
  server.pausedUntil = performance.now() + longest * (0.5 + Math.random() / 2);
}

/** Our own words, since clients read them; the failure itself is the cause. */
function reason(failure: unknown): string {
  if (failure instanceof LdapError) {
    return `the directory refuses to be bound to (result ${failure.code}); correct bindDn and bindPassword`;
  }
  const code = rootCode(failure);
  if (code === undefined) return 'the directory cannot be reached';
  return `the directory cannot be reached (${code})`;
}

/** Such as ECONNREFUSED or DEPTH_ZERO_SELF_SIGNED_CERT. */
function rootCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return rootCode(error.cause);
}
