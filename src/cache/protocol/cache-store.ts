import { randomUUID } from 'node:crypto';
import CircuitBreaker from 'opossum';
import type { TenantId } from '#model/resource.ts';
import { FORM } from './encode.ts';
import type { Name } from './names.ts';
import { CLEAR, FILL, MARK, READ, type Script } from './scripts.ts';

/** Runs a script on the primary that serves the key. @throws whatever went wrong; the script may have run all the same */
export type RunScript = (script: Script, key: string, args: readonly string[], timeoutMs: number) => Promise<unknown>;

export interface StoreOptions {
  /** All keys begin with it. */
  readonly prefix: string;
  /** How old an answer may be. */
  readonly lifetimeMs: number;
  /** Longer than any write that a gateway may have under way, and than any read. */
  readonly markMs: number;
  readonly timeoutMs: number;
  /** Told of each script that failed, and why. */
  readonly failed: (error: unknown) => void;
}

/** What was found, and what filling it in takes. */
export interface Reading {
  /** A value, `true` where one may be filled in, `false` where not. */
  readonly found: readonly (string | boolean)[];
  readonly token: string;
  readonly epoch: string;
  readonly writes: string;
  readonly startedAt: number;
}

export type Entry = readonly [name: Name, value: string];
/** What is dropped beside the names: everything of the tenant, or all that is known of who links to whom. */
export type Extent = 'names' | 'tenant' | 'links';

const EXTENTS = { names: '0', tenant: '1', links: '2' } as const;
/** Half of at least ten failed within ten seconds: for a second nobody asks. */
const BREAKER = { errorThresholdPercentage: 50, volumeThreshold: 10, resetTimeout: 1_000 };

/** The steps of the cache protocol on one Redis: a reader's, `read` and `fill`, and a writer's, `mark` and `clear`. */
export class CacheStore {
  readonly #run: RunScript;
  readonly #options: StoreOptions;
  readonly #breaker: CircuitBreaker<Parameters<RunScript>, unknown>;

  constructor(run: RunScript, options: StoreOptions) {
    this.#run = run;
    this.#options = options;
    this.#breaker = new CircuitBreaker(run, { ...BREAKER, timeout: false });
  }

  /**
   * One trip for all. `leases` says whether what is missing may be filled in. Undefined where Redis does not answer in time.
   * @param pointers follow the names in `found`
   */
  async read(
    tenant: TenantId,
    names: readonly Name[],
    pointers: readonly Name[],
    leases: boolean,
  ): Promise<Reading | undefined> {
    const { markMs, timeoutMs } = this.#options;
    const token = randomUUID();
    const startedAt = performance.now();
    const args = [token, String(markMs), leases ? String(markMs) : '0', String(names.length), ...names, ...pointers];
    const answer = await this.#ask(READ, tenant, args, timeoutMs);
    if (answer === undefined) return undefined;
    const [epoch, writes, ...values] = answer as [string, string, ...(string | number)[]];
    return {
      found: values.map((value) => (typeof value === 'string' ? value : value === 1)),
      token,
      epoch,
      writes,
      startedAt,
    };
  }

  /**
   * Whether each was stored. An answer's age counts from the reading, so that it is never older than the lifetime.
   * @param leased what `found` allowed by name; an empty value gives the lease back
   * @param others what was found by a pointer that was missing, and the pointer
   */
  async fill(
    tenant: TenantId,
    { token, epoch, writes, startedAt }: Reading,
    leased: readonly Entry[],
    others: readonly Entry[],
  ): Promise<readonly boolean[]> {
    const entries = [...leased, ...others];
    const { markMs, lifetimeMs, timeoutMs } = this.#options;
    const left = Math.floor(lifetimeMs - (performance.now() - startedAt));
    if (left <= 0) return entries.map(() => false);
    const args = [token, String(markMs), epoch, writes, String(left), String(leased.length), ...entries.flat()];
    const answer = await this.#ask(FILL, tenant, args, timeoutMs);
    return answer === undefined ? entries.map(() => false) : (answer as number[]).map((stored) => stored === 1);
  }

  /** Until `clear` with the same token nobody fills these in, and nobody finds them. @throws where Redis cannot be told for certain */
  async mark(tenant: TenantId, token: string, extent: 'names' | 'tenant', names: Iterable<Name>): Promise<void> {
    const { markMs, timeoutMs } = this.#options;
    const args = [token, String(markMs), EXTENTS[extent], ...names];
    await this.#breaker.fire(MARK, this.#key(tenant), args, timeoutMs * MARK_PATIENCE);
  }

  /** Takes the writer's own mark away, and drops. @throws where Redis cannot be told; marks then stand until they expire */
  async clear(tenant: TenantId, token: string, extent: Extent, names: Iterable<Name>): Promise<void> {
    const { markMs, timeoutMs } = this.#options;
    const args = [token, String(markMs), EXTENTS[extent], ...names];
    await this.#run(CLEAR, this.#key(tenant), args, timeoutMs * MARK_PATIENCE);
  }

  close(): void {
    this.#breaker.shutdown();
  }

  async #ask(...asked: [Script, TenantId, readonly string[], number]): Promise<unknown> {
    const [script, tenant, args, timeoutMs] = asked;
    try {
      return await this.#breaker.fire(script, this.#key(tenant), args, timeoutMs);
    } catch (error) {
      this.#options.failed(error);
      return undefined;
    }
  }

  #key(tenant: TenantId): string {
    return `${this.#options.prefix}:${FORM}:{${encodeURIComponent(tenant)}}`;
  }
}

/** A write waits longer for Redis than a read, which has the backend to go to. */
const MARK_PATIENCE = 10;
