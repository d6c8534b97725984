import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { Key, ResourceTypeName, StoredResource } from '#model/resource.ts';
import type { CacheOptions } from '../options.ts';
import type { CacheStore, Entry, Reading } from '../protocol/cache-store.ts';
import { decodeEntry, encodeEntry, encodePointer } from '../protocol/encode.ts';
import { entryName, pointerName } from '../protocol/names.ts';
import { toBackend } from './to-backend.ts';

/** Resources by unique value. A pointer is true for ever of the version that it names, so it is never marked; entries are. */
export class KeyReader {
  readonly #inner: DirectoryAdapter;
  readonly #store: CacheStore;
  readonly #options: CacheOptions;

  constructor(inner: DirectoryAdapter, store: CacheStore, options: CacheOptions) {
    this.#inner = inner;
    this.#store = store;
    this.#options = options;
  }

  /** As the contract's `byKeys`. */
  async read(
    call: Call,
    type: ResourceTypeName,
    keys: readonly Key[],
  ): Promise<readonly (readonly StoredResource[])[]> {
    const { tenant, consistency } = call;
    const unique = keys.filter(({ attribute }) => this.#options.isUnique(tenant, type, attribute));
    const pointers = unique.map((key) => pointerName(type, key));
    const reading =
      unique.length === 0 ? undefined : await this.#store.read(tenant, [], pointers, consistency === 'cached');
    if (reading === undefined) return this.#inner.byKeys(toBackend(call), type, keys);
    const kept = new Map<Key, StoredResource>();
    unique.forEach((key, at) => {
      const text = reading.found[at];
      if (typeof text === 'string') kept.set(key, decodeEntry(text));
    });
    const missing = keys.filter((key) => !kept.has(key));
    this.#options.observe('hit', kept.size);
    this.#options.observe('miss', unique.length - kept.size);
    const read = missing.length === 0 ? [] : await this.#inner.byKeys(toBackend(call), type, missing);
    const loaded = new Map(missing.map((key, at) => [key, read[at] ?? []]));
    // Whoever asked has his answer.
    void this.#fill(call, type, reading, unique, loaded);
    return keys.map((key) => {
      const resource = kept.get(key);
      return resource === undefined ? (loaded.get(key) ?? []) : [resource];
    });
  }

  async #fill(
    { tenant }: Call,
    type: ResourceTypeName,
    reading: Reading,
    unique: readonly Key[],
    loaded: ReadonlyMap<Key, readonly StoredResource[]>,
  ): Promise<void> {
    const entries = unique.flatMap((key, at): readonly Entry[] => {
      const [resource, second] = loaded.get(key) ?? [];
      if (reading.found[at] !== true || resource === undefined || second !== undefined) return [];
      const name = entryName(type, resource.id);
      return [
        [name, encodeEntry(resource)],
        [pointerName(type, key), encodePointer(resource.version, name)],
      ];
    });
    if (entries.length === 0) return;
    const stored = await this.#store.fill(tenant, reading, [], entries);
    this.#options.observe('refusedFill', stored.filter((each) => !each).length);
  }
}
