import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import type { ResourceId, ResourceTypeName, StoredResource } from '#model/resource.ts';
import { decodeEntry, encodeEntry } from '../protocol/encode.ts';
import { entryName } from '../protocol/names.ts';
import type { ReadThrough } from './read-through.ts';
import { toBackend } from './to-backend.ts';

/** Resources by id. That there is none is not kept: whoever creates one then has nobody to tell. */
export class EntryReader {
  readonly #inner: DirectoryAdapter;
  readonly #through: ReadThrough;

  constructor(inner: DirectoryAdapter, through: ReadThrough) {
    this.#inner = inner;
    this.#through = through;
  }

  /** As the contract's `getMany`. */
  read(call: Call, type: ResourceTypeName, ids: readonly ResourceId[]): Promise<readonly (StoredResource | null)[]> {
    const names = ids.map((id) => entryName(type, id));
    return this.#through.read<StoredResource | null>(call, names, {
      decode: decodeEntry,
      encode: (resource) => (resource === null ? undefined : encodeEntry(resource)),
      load: (places) =>
        this.#inner.getMany(
          toBackend(call),
          type,
          places.map((place) => ids[place] as ResourceId),
        ),
    });
  }
}
