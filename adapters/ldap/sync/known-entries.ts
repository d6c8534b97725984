/** Entries that are known to exist, each with its entryCSN: what a refresh does not mention is gone, what has the same CSN has not changed. */
export class KnownEntries {
  readonly #csns = new Map<string, string>();
  #mentioned = new Set<string>();
  #isComplete = false;

  /** Every entry of the directory is among them, so that one that is not is new. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  beginRefresh(): void {
    this.#mentioned = new Set();
  }

  mention(id: string): void {
    this.#mentioned.add(id);
  }

  /** What the entry is to those who know the others; `same` where nothing happened to it. */
  put(id: string, csn: string): 'new' | 'changed' | 'same' {
    this.#mentioned.add(id);
    const before = this.#csns.get(id);
    this.#csns.set(id, csn);
    if (before === undefined) return 'new';
    return csn !== '' && before === csn ? 'same' : 'changed';
  }

  /** Whether it was known. */
  drop(id: string): boolean {
    return this.#csns.delete(id);
  }

  /** Drops and answers all that the refresh did not mention. */
  sweep(): readonly string[] {
    const gone = [...this.#csns.keys()].filter((id) => !this.#mentioned.has(id));
    for (const id of gone) this.#csns.delete(id);
    return gone;
  }

  endFullRefresh(): void {
    this.#isComplete = true;
    this.#mentioned = new Set();
  }
}
