import { setTimeout as pause } from 'node:timers/promises';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { asDirectoryError, DirectoryError, type Fault } from '#model/errors.ts';
import type { TenantSchemas } from '../schema-change/tenant-schemas.ts';
import { TENANT_SCHEMAS } from './system-registry.ts';
import type { SystemStore } from './system-store.ts';
import { SYSTEM_TENANT } from './system-tenant.ts';

const CHANGES_READ = 1_000;

export interface FollowOptions {
  readonly store: SystemStore;
  readonly adapter: DirectoryAdapter;
  readonly tenants: readonly TenantSchemas[];
  /** How often what is stored is read where the backend has no feed, and how long to wait after a failure. */
  readonly refreshMs: number;
  /** A call of Portico's own in `_system`, which ends with the signal. */
  call(signal: AbortSignal): Call;
  /** Told of failures, which are tried again. */
  report(error: unknown): void;
}

export interface Following {
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/**
 * Reads what is stored for all tenants in one call, and puts it in force; a tenant whose documents have faults keeps no other from its own.
 * @throws {DirectoryError} as the store; INVALID_VALUE with the faults of all tenants, where what is stored does not go with the files
 */
export async function readSystem({ store, tenants }: Pick<FollowOptions, 'store' | 'tenants'>, call: Call) {
  const stored = await store.read(
    call,
    tenants.map(({ tenant }) => tenant),
  );
  const adopting = tenants.map((schemas, index) => schemas.adopt(stored[index] ?? { documents: [] }));
  const faults = (await Promise.allSettled(adopting)).flatMap((outcome, index): Fault[] => {
    if (outcome.status === 'fulfilled') return [];
    const error = asDirectoryError(outcome.reason);
    if (error?.code !== 'INVALID_VALUE') throw outcome.reason;
    const place = `${SYSTEM_TENANT}: ${tenants[index]?.tenant}`;
    return error.faults.map((fault) => ({ ...fault, path: `${place}: ${fault.path}` }));
  });
  if (faults.length === 0) return;
  throw new DirectoryError('INVALID_VALUE', 'what was set at run time does not go with the configuration', { faults });
}

/**
 * Follows what other gateways store: by the backend's feed where it has one, else by reading on a cadence. What could not be read
 * at the start is read as soon as it can be.
 */
export function followSystem(options: FollowOptions): Following {
  const stop = new AbortController();
  const following = follow(options, stop.signal);
  return {
    async stop() {
      stop.abort();
      await following;
    },
  };
}

async function follow(options: FollowOptions, signal: AbortSignal): Promise<void> {
  const { adapter, refreshMs, report } = options;
  const { feed } = adapter.capabilities(SYSTEM_TENANT, TENANT_SCHEMAS.name);
  while (!signal.aborted) {
    try {
      if (feed) await followFeed(options, signal);
      else await readSystem(options, options.call(signal));
    } catch (error) {
      // A feed that forgot the position is read from its end again, after everything else.
      if (!signal.aborted && asDirectoryError(error)?.code !== 'EXPIRED_CURSOR') report(error);
    }
    await pause(refreshMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Until the signal aborts. The position is taken before everything is read, so that nothing falls between the two. */
async function followFeed(options: FollowOptions, signal: AbortSignal): Promise<void> {
  const { adapter } = options;
  let { next } = await adapter.changes(options.call(signal), null, CHANGES_READ);
  await readSystem(options, options.call(signal));
  while (!signal.aborted) {
    const read = await adapter.changes(options.call(signal), next, CHANGES_READ);
    if (read.changes.some(({ type }) => type === TENANT_SCHEMAS.name)) await readSystem(options, options.call(signal));
    next = read.next;
  }
}
