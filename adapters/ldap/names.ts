/** Where entries were last seen. */
import { LRUCache } from 'lru-cache';
import type { ResourceId } from '#model/resource.ts';

interface Named {
  /** Of the entry as it was seen, in the order of text; empty where it was not asked for. */
  readonly version: string;
}

/** Who is told of every change in the directory, and so knows which version of an entry is its last. */
export interface Witness {
  /** Nothing happens now that is not told within moments. */
  readonly isLive: boolean;
  /** Undefined where there is no such entry; empty where it cannot be told. */
  versionOf(id: ResourceId): string | undefined;
}

const NOBODY: Witness = { isLive: false, versionOf: () => undefined };

/**
 * The DN of an id, as far as it is remembered; the one that was seen longest ago is forgotten first. It may be old: only a write that
 * asserts the id may go by what `get` answers.
 */
export class Names<Name extends Named> {
  readonly #witness: Witness;
  readonly #names: LRUCache<ResourceId, Name>;

  constructor(limit: number, witness: Witness = NOBODY) {
    this.#witness = witness;
    this.#names = new LRUCache({ max: limit });
  }

  get(id: ResourceId): Name | undefined {
    return this.#names.peek(id);
  }

  /**
   * The DN that the entry has now, since nothing has happened to it since it was seen; undefined where nobody can tell, and it has to
   * be looked up.
   */
  live(id: ResourceId): Name | undefined {
    if (!this.#witness.isLive) return undefined;
    const name = this.#names.peek(id);
    const version = this.#witness.versionOf(id);
    // What was read or written just now may be told later.
    return name === undefined || !version || name.version < version ? undefined : name;
  }

  set(id: ResourceId, name: Name): void {
    this.#names.set(id, name);
  }

  /** As `set`, for names that nobody has asked for: where it is full, no other one has to go. */
  learn(id: ResourceId, name: Name): void {
    if (this.#names.size < this.#names.max || this.#names.has(id)) this.#names.set(id, name);
  }

  forget(id: ResourceId): void {
    this.#names.delete(id);
  }
}
