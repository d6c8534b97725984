import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { DirectoryAdapter, Write, Written } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';
import { type Affected, affectedBy, reachedBy } from '../affected.ts';
import type { CacheOptions } from '../options.ts';
import type { CacheStore } from '../protocol/cache-store.ts';
import type { Name } from '../protocol/names.ts';

type Answer = Written | DirectoryError;

const REFUSED = 'the cache cannot be told of this write, so it was not made';
const RETRY_AFTER_MS = 1_000;
/** How long, and how often, a Redis that is away is tried again to be told of what nobody had marked. */
const CLEAR_MS = 2_000;
const CLEAR_EVERY_MS = 50;

/** Marks what a write can change before it is made, and clears it when it is known what became of it. */
export class MarkedWriter {
  readonly #inner: DirectoryAdapter;
  readonly #store: CacheStore;
  readonly #options: CacheOptions;

  constructor(inner: DirectoryAdapter, store: CacheStore, options: CacheOptions) {
    this.#inner = inner;
    this.#store = store;
    this.#options = options;
  }

  /** As the contract's `write`. @throws UNAVAILABLE where nothing was marked, and so nothing written */
  async write(call: Call, writes: readonly Write[]): Promise<readonly Answer[]> {
    const affected = await affectedBy(this.#inner, call, writes);
    const token = randomUUID();
    const isMarked = await this.#mark(call.tenant, token, affected);
    const answers = await this.#make(call, writes, token, affected);
    const reached = answers.map((answer) => (answer instanceof Error ? NOTHING : reachedBy(answer)));
    const must = isMarked && beyondMarks(affected, reached);
    const told = await this.#clear(call.tenant, token, [...decided(affected, answers), ...reached], must);
    return told || this.#options.onMarkFailure === 'accept' ? answers : answers.map(asUnknown);
  }

  /** False where Redis is away and the write is made all the same. */
  async #mark(tenant: TenantId, token: string, affected: readonly Affected[]): Promise<boolean> {
    const { extent, names } = union(affected);
    if (extent === 'names' && names.size === 0) return true;
    try {
      await this.#store.mark(tenant, token, extent, names);
      this.#options.observe('mark', 1);
      return true;
    } catch (cause) {
      this.#options.observe('failure', 1);
      if (this.#options.onMarkFailure === 'accept') return false;
      throw new DirectoryError('UNAVAILABLE', REFUSED, { cause, retryAfterMs: RETRY_AFTER_MS });
    }
  }

  /** What threw without having been sent has changed nothing. */
  async #make(
    call: Call,
    writes: readonly Write[],
    token: string,
    affected: readonly Affected[],
  ): Promise<readonly Answer[]> {
    try {
      return await this.#inner.write(call, writes);
    } catch (error) {
      const code = asDirectoryError(error)?.code;
      if (code !== undefined && code !== 'OUTCOME_UNKNOWN') await this.#clear(call.tenant, token, affected, false);
      throw error;
    }
  }

  /** Where it has to be told, Redis is tried again until it answers or it takes too long; marks expire by themselves. */
  async #clear(tenant: TenantId, token: string, affected: readonly Affected[], must: boolean): Promise<boolean> {
    const { extent, names } = union(affected);
    if (extent === 'names' && names.size === 0) return true;
    const until = performance.now() + CLEAR_MS;
    for (;;) {
      try {
        await this.#store.clear(tenant, token, extent, names);
        return true;
      } catch {
        this.#options.observe('failure', 1);
      }
      if (!must) return true;
      if (performance.now() > until) return false;
      await setTimeout(CLEAR_EVERY_MS);
    }
  }
}

const NOTHING: ReadonlySet<Name> = new Set();

function isUnknown(answer: Answer | undefined): boolean {
  return asDirectoryError(answer)?.code === 'OUTCOME_UNKNOWN';
}

/** What is certain again. What a write with an unknown outcome shares with the others stays marked, too. */
function decided(affected: readonly Affected[], answers: readonly Answer[]): readonly Affected[] {
  const unknown = union(affected.filter((_, at) => isUnknown(answers[at])));
  if (unknown.extent === 'tenant') return [];
  const known = affected.filter((_, at) => !isUnknown(answers[at]));
  return known.map((each) => (each === 'all' ? each : new Set([...each].filter((name) => !unknown.names.has(name)))));
}

function union(all: readonly Affected[]): { readonly extent: 'names' | 'tenant'; readonly names: ReadonlySet<Name> } {
  const names = new Set(all.flatMap((each) => (each === 'all' ? [] : [...each])));
  return { extent: all.includes('all') ? 'tenant' : 'names', names };
}

/** Whether a write reached what nobody had marked. */
function beyondMarks(affected: readonly Affected[], reached: readonly Affected[]): boolean {
  const marked = union(affected);
  if (marked.extent === 'tenant') return false;
  return reached.some((each) => each === 'all' || [...each].some((name) => !marked.names.has(name)));
}

/** It was done, and the cache may answer what was before: nobody may be told that all is well. */
function asUnknown(answer: Answer): Answer {
  if (answer instanceof Error) return answer;
  return new DirectoryError('OUTCOME_UNKNOWN', 'the write was made, but the cache could not be told of it');
}
