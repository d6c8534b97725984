import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Change, DirectoryAdapter } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { TenantId } from '#model/resource.ts';
import type { CacheStore } from './protocol/cache-store.ts';
import { entryName, inwardName, type Name } from './protocol/names.ts';

export interface FollowOptions {
  readonly adapter: DirectoryAdapter;
  readonly store: CacheStore;
  readonly tenant: TenantId;
  /** A call that ends with the signal. */
  readonly call: (signal: AbortSignal) => Call;
  /** Told why changes are not seen for now; it is tried again. */
  readonly report: (error: unknown) => void;
}

export interface Following {
  stop(): Promise<void>;
}

const LIMIT = 1_000;
const AGAIN_MS = 1_000;

/**
 * Drops from the cache what others change behind the gateways' back, as the backend tells it; what gateways write they clear
 * themselves. Whenever it begins, what may have changed unseen is dropped with the rest of the tenant.
 */
export function followChanges({ adapter, store, tenant, call, report }: FollowOptions): Following {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = follow();
  return {
    async stop() {
      controller.abort();
      await ended;
    },
  };

  async function follow(): Promise<void> {
    let after: string | null = null;
    while (!signal.aborted) {
      try {
        const { changes, next } = await adapter.changes(call(signal), after, LIMIT);
        if (after === null) await store.clear(tenant, randomUUID(), 'tenant', []);
        else await drop(changes.filter(({ actor }) => actor === undefined));
        after = next;
      } catch (error) {
        if (signal.aborted) return;
        report(error);
        after = null;
        await setTimeout(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async function drop(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const names = changes.flatMap(namesOf);
    await store.clear(tenant, randomUUID(), changes.every(namesLinks) ? 'names' : 'links', names);
  }
}

function namesOf({ id, type, members }: Change): readonly Name[] {
  const moved = members === undefined || members === 'many' ? [] : [...members.added, ...members.removed];
  return [entryName(type, id), inwardName('members', id), ...moved.map((ref) => inwardName('members', ref.id))];
}

/** A backend need not know what moved; and a manager is told by nobody. */
function namesLinks({ kind, members }: Change): boolean {
  return kind === 'created' ? false : members !== undefined && members !== 'many';
}
