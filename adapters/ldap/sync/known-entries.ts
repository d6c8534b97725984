/** Entries that are known to exist, each with its entryCSN: what a look at the whole does not show is gone, what has the same CSN has not changed. */
export class KnownEntries {
  readonly #csns = new Map<string, string>();
  #mentioned = new Set<string>();
  #refreshes = false;
  #isComplete = false;

  /** Every entry of the directory is among them, so that one that is not is new. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  beginRefresh(): void {
    this.#mentioned = new Set();
    this.#refreshes = true;
  }

  /** What the entry is to those who know the others; `same` where nothing happened to it. */
  put(id: string, csn: string): 'new' | 'changed' | 'same' {
    if (this.#refreshes) this.#mentioned.add(id);
    const before = this.#csns.get(id);
    this.#csns.set(id, csn);
    if (before === undefined) return 'new';
    return csn !== '' && before === csn ? 'same' : 'changed';
  }

  /** Whether it was known. */
  drop(id: string): boolean {
    return this.#csns.delete(id);
  }

  /** All entries were put: drops and answers those that were not. */
  endFullRefresh(): readonly string[] {
    const gone = [...this.#csns.keys()].filter((id) => !this.#mentioned.has(id));
    for (const id of gone) this.#csns.delete(id);
    this.#mentioned = new Set();
    this.#refreshes = false;
    this.#isComplete = true;
    return gone;
  }
}
