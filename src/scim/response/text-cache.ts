import type { ResourceText } from './resource-text.ts';

/** What an entry costs beside its bytes. */
const ENTRY_BYTES = 250;

/**
 * Rendered texts within a bound of bytes, shared by all tenants and types. Two generations stand in for an order of use: what is
 * asked for moves to the young one, and when that is half of the bound the old one is dropped whole. A look-up is one or two in a
 * Map; keeping the exact order made a twelfth of a page.
 */
export class TextCache {
  readonly #maxBytes: number;
  #young = new Map<string, ResourceText>();
  #old = new Map<string, ResourceText>();
  #youngBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string): ResourceText | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, text: ResourceText): void {
    const before = this.#young.get(key);
    this.#youngBytes += sizeOf(text) - (before === undefined ? 0 : sizeOf(before));
    this.#young.set(key, text);
    if (this.#youngBytes <= this.#maxBytes / 2) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#youngBytes = 0;
  }
}

function sizeOf({ bytes }: ResourceText): number {
  return bytes.length + ENTRY_BYTES;
}
