import type {
  AdapterModule,
  Capabilities,
  Change,
  DirectoryAdapter,
  LinkOptions,
  Page,
  Query,
  Secrets,
  Write,
  Written,
} from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { EdgeName, Key, Linked, ResourceId, ResourceTypeName, StoredResource, TenantId } from '#model/resource.ts';
import { mapInTurns } from '#model/turns.ts';
import { find } from './find.ts';
import { checkInTime } from './in-time.ts';
import { isLinked, linkedPage } from './links/linked.ts';
import { type MemoryOptions, parseMemoryOptions } from './options.ts';
import { rowToResource } from './row.ts';
import { TenantStore } from './tenant-store.ts';
import { Compactor } from './values/compact.ts';
import { Writer } from './write.ts';

/** Everything in this process's memory: forgotten at exit, exact in everything, the measure for other backends. */
export const memory: AdapterModule<MemoryOptions> = {
  options: { parse: parseMemoryOptions },
  open: async (options) => new MemoryAdapter(options),
};

const CAPABILITIES: Capabilities = {
  filter: { '*': { operators: ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] } },
  logic: { not: true, element: true, linked: 'transitive' },
  sort: 'any',
  total: 'exact',
  atomic: ['version', 'uniqueness', 'existence', 'cycle'],
  nesting: 'backend',
  passwords: 'stores-hash',
  ids: 'given',
  stamps: true,
  retain: true,
  feed: true,
  writable: true,
};

class MemoryAdapter implements DirectoryAdapter {
  readonly name = 'memory';
  readonly #options: MemoryOptions;
  readonly #tenants = new Map<TenantId, TenantStore>();
  readonly #compactor = new Compactor();
  #closed = false;

  constructor(options: MemoryOptions) {
    this.#options = options;
  }

  capabilities(): Capabilities {
    return CAPABILITIES;
  }

  async getMany(
    call: Call,
    type: ResourceTypeName,
    ids: readonly ResourceId[],
  ): Promise<readonly (StoredResource | null)[]> {
    const store = this.#store(call);
    return ids.map((id) => {
      const row = store.find(type, id);
      return row === undefined ? null : rowToResource(row);
    });
  }

  async byKeys(
    call: Call,
    type: ResourceTypeName,
    keys: readonly Key[],
  ): Promise<readonly (readonly StoredResource[])[]> {
    const index = this.#store(call).type(type).keys;
    return keys.map((key) => index.rows(key).map(rowToResource));
  }

  async find(call: Call, type: ResourceTypeName, query: Query): Promise<Page<StoredResource>> {
    return find(this.#store(call), call, type, query);
  }

  async linked(
    call: Call,
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): Promise<readonly Page<Linked>[]> {
    const { live } = this.#store(call);
    const pageOf = (id: ResourceId) => {
      const row = live.get(id);
      return row === undefined ? emptyPage(options) : linkedPage(row, edge, direction, options);
    };
    return mapInTurns(ids, pageOf, () => checkInTime(call));
  }

  async areLinked(
    call: Call,
    edge: EdgeName,
    pairs: readonly { readonly from: ResourceId; readonly to: ResourceId }[],
    { transitive }: { readonly transitive: boolean },
  ): Promise<readonly boolean[]> {
    const { live } = this.#store(call);
    const answer = (pair: (typeof pairs)[number]) => {
      const from = live.get(pair.from);
      const to = live.get(pair.to);
      return from !== undefined && to !== undefined && isLinked(from, to, edge, transitive);
    };
    return mapInTurns(pairs, answer, () => checkInTime(call));
  }

  async write(call: Call, operations: readonly Write[]): Promise<readonly (Written | DirectoryError)[]> {
    const writer = new Writer(this.#store(call), this.#compactor, call);
    return operations.map((operation) => {
      try {
        return writer.apply(operation);
      } catch (error) {
        if (error instanceof DirectoryError) return error;
        throw error;
      }
    });
  }

  async secrets(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): Promise<readonly (Secrets | null)[]> {
    const store = this.#store(call);
    return ids.map((id) => {
      const row = store.find(type, id);
      if (row === undefined) return null;
      return row.secrets?.passwordHash == null ? {} : { passwordHash: row.secrets.passwordHash };
    });
  }

  async changes(
    call: Call,
    after: string | null,
    limit: number,
  ): Promise<{ readonly changes: readonly Change[]; readonly next: string }> {
    const { log } = this.#store(call);
    return after === null ? { changes: [], next: log.position } : log.read(call, after, limit);
  }

  async ping(call: Call): Promise<void> {
    this.#store(call);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { log } of this.#tenants.values()) log.close();
    this.#tenants.clear();
  }

  /** @throws UNAVAILABLE after close, TIMEOUT */
  #store(call: Call): TenantStore {
    if (this.#closed) throw new DirectoryError('UNAVAILABLE', 'the memory backend is closed');
    checkInTime(call);
    let store = this.#tenants.get(call.tenant);
    if (store === undefined) {
      store = new TenantStore(this.#options.changesKept);
      this.#tenants.set(call.tenant, store);
    }
    return store;
  }
}

function emptyPage({ page }: LinkOptions): Page<Linked> {
  return { items: [], ...(page.positions && { positions: [] }), ...(page.total && { total: 0 }) };
}
