/** Where entries were last seen. */
import type { ResourceId } from '#model/resource.ts';

/**
 * The DN of an id, as far as it is remembered; the one that was seen longest ago is forgotten first. It may be old: only a write that
 * asserts the id may go by it.
 */
export class Names<Name> {
  readonly #limit: number;
  readonly #names = new Map<ResourceId, Name>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(id: ResourceId): Name | undefined {
    return this.#names.get(id);
  }

  set(id: ResourceId, name: Name): void {
    this.#names.delete(id);
    this.#names.set(id, name);
    const [oldest] = this.#names.keys();
    if (this.#names.size > this.#limit && oldest !== undefined) this.#names.delete(oldest);
  }

  forget(id: ResourceId): void {
    this.#names.delete(id);
  }
}
