import type { ResourceText } from './resource-text.ts';

/** Rendered texts of one tenant's resources of one type, by id. */
export interface TextShelf {
  get(id: string): ResourceText | undefined;
  set(id: string, text: ResourceText): void;
}

interface Generations {
  young: Map<string, ResourceText>;
  old: Map<string, ResourceText>;
}

/** What an entry costs beside its bytes. */
const ENTRY_BYTES = 250;

/**
 * Rendered texts within one bound of bytes, on a shelf for each type of each tenant. Two generations stand in for an order of use:
 * what is asked for moves to the young one, and when that is half of the bound the old one is dropped whole. A look-up is one or
 * two in a Map; keeping the exact order made a twelfth of a page.
 */
export class TextCache {
  readonly #maxBytes: number;
  /** Weakly, since a shelf goes with the schemas that its texts were made under. */
  readonly #shelves = new Set<WeakRef<Generations>>();
  #youngBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  openShelf(): TextShelf {
    const shelf: Generations = { young: new Map(), old: new Map() };
    this.#shelves.add(new WeakRef(shelf));
    return {
      get: (id) => {
        const young = shelf.young.get(id);
        if (young !== undefined) return young;
        const old = shelf.old.get(id);
        if (old !== undefined) this.#set(shelf, id, old);
        return old;
      },
      set: (id, text) => this.#set(shelf, id, text),
    };
  }

  #set({ young }: Generations, id: string, text: ResourceText): void {
    const before = young.get(id);
    this.#youngBytes += sizeOf(text) - (before === undefined ? 0 : sizeOf(before));
    young.set(id, text);
    if (this.#youngBytes > this.#maxBytes / 2) this.#age();
  }

  #age(): void {
    for (const kept of this.#shelves) {
      const shelf = kept.deref();
      if (shelf === undefined) {
        this.#shelves.delete(kept);
        continue;
      }
      shelf.old = shelf.young;
      shelf.young = new Map();
    }
    this.#youngBytes = 0;
  }
}

function sizeOf({ bytes }: ResourceText): number {
  return bytes.length + ENTRY_BYTES;
}
