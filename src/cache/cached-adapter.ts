import type {
  Capabilities,
  DirectoryAdapter,
  Inspection,
  LinkOptions,
  Page,
  Query,
  Write,
  Written,
} from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { DirectoryError } from '#model/errors.ts';
import type { EdgeName, Key, Linked, ResourceId, ResourceTypeName, StoredResource, TenantId } from '#model/resource.ts';
import type { CacheOptions } from './options.ts';
import type { CacheStore } from './protocol/cache-store.ts';
import { KeyReader } from './read/by-keys.ts';
import { EntryReader } from './read/entries.ts';
import { InwardReader } from './read/inward-links.ts';
import { ReadThrough } from './read/read-through.ts';
import { MarkedWriter } from './write/marked-writer.ts';

/**
 * The same adapter behind a cache that all gateways share (docs/caching.md): resources by id and by unique value, and who links to them,
 * directly or through others. What is acknowledged is never answered older, whichever gateway is asked.
 */
export function cached(adapter: DirectoryAdapter, store: CacheStore, options: CacheOptions): DirectoryAdapter {
  return new CachedAdapter(adapter, store, options);
}

class CachedAdapter implements DirectoryAdapter {
  readonly name: string;
  readonly #inner: DirectoryAdapter;
  readonly #entries: EntryReader;
  readonly #keys: KeyReader;
  readonly #inward: InwardReader;
  readonly #writer: MarkedWriter;

  constructor(inner: DirectoryAdapter, store: CacheStore, options: CacheOptions) {
    this.name = inner.name;
    this.#inner = inner;
    const through = new ReadThrough(store, options.observe);
    this.#entries = new EntryReader(inner, through);
    this.#keys = new KeyReader(inner, store, options);
    this.#inward = new InwardReader(inner, through, this.#entries);
    this.#writer = new MarkedWriter(inner, store, options);
  }

  capabilities(tenant: TenantId, type: ResourceTypeName): Capabilities {
    return this.#inner.capabilities(tenant, type);
  }

  getMany(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): ReturnType<DirectoryAdapter['getMany']> {
    return call.consistency === 'primary' ? this.#inner.getMany(call, type, ids) : this.#entries.read(call, type, ids);
  }

  byKeys(call: Call, type: ResourceTypeName, keys: readonly Key[]): ReturnType<DirectoryAdapter['byKeys']> {
    return call.consistency === 'primary' ? this.#inner.byKeys(call, type, keys) : this.#keys.read(call, type, keys);
  }

  find(call: Call, type: ResourceTypeName, query: Query): Promise<Page<StoredResource>> {
    return this.#inner.find(call, type, query);
  }

  linked(
    call: Call,
    edge: EdgeName,
    direction: 'out' | 'in',
    ids: readonly ResourceId[],
    options: LinkOptions,
  ): Promise<readonly Page<Linked>[]> {
    return call.consistency === 'primary' || direction === 'out'
      ? this.#inner.linked(call, edge, direction, ids, options)
      : this.#inward.read(call, edge, ids, options);
  }

  areLinked(
    call: Call,
    edge: EdgeName,
    pairs: Parameters<DirectoryAdapter['areLinked']>[2],
    options: { readonly transitive: boolean },
  ): ReturnType<DirectoryAdapter['areLinked']> {
    return this.#inner.areLinked(call, edge, pairs, options);
  }

  write(call: Call, operations: readonly Write[]): Promise<readonly (Written | DirectoryError)[]> {
    return this.#writer.write(call, operations);
  }

  secrets(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): ReturnType<DirectoryAdapter['secrets']> {
    return this.#inner.secrets(call, type, ids);
  }

  changes(call: Call, after: string | null, limit: number): ReturnType<DirectoryAdapter['changes']> {
    return this.#inner.changes(call, after, limit);
  }

  ping(call: Call): Promise<void> {
    return this.#inner.ping(call);
  }

  /** What has nothing to say of itself says whether it serves. */
  async inspect(call: Call): Promise<Inspection> {
    if (this.#inner.inspect !== undefined) return this.#inner.inspect(call);
    await this.#inner.ping(call);
    return { faults: [], notices: [] };
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
