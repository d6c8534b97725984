/** So many wait before whoever pushes is told to stop. */
const FULL = 5_000;

/** What is pushed on one side and awaited, in order, on the other; `end` comes after all of it. */
export class ChangeQueue<T> implements AsyncIterable<T> {
  readonly #whenEmptied: () => void;
  #items: T[] = [];
  #ended = false;
  #wake: () => void = () => undefined;

  /** `whenEmptied` is told each time that those who push may go on. */
  constructor(whenEmptied: () => void = () => undefined) {
    this.#whenEmptied = whenEmptied;
  }

  get isFull(): boolean {
    return this.#items.length >= FULL;
  }

  push(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const items = this.#items;
      this.#items = [];
      yield* items;
      if (items.length >= FULL) this.#whenEmptied();
      if (this.#items.length > 0) continue;
      if (this.#ended) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }
}
