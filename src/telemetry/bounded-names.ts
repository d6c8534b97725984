/** Past this many the label says `other`: names are a client's text, and each is kept for as long as the process lives. */
const MOST_NAMES = 200;
const LONGEST = 64;

/** Names that clients give, as values of a label. */
export class BoundedNames {
  readonly #reserved = new Set<string>();
  readonly #seen = new Set<string>();

  /** Names that an operator has chosen, which therefore always stand for themselves. */
  reserve(names: Iterable<string>): void {
    for (const name of names) this.#reserved.add(name);
  }

  /** `anonymous` where there is none. */
  labelOf(name: string | undefined): string {
    if (name === undefined) return 'anonymous';
    if (this.#reserved.has(name) || this.#seen.has(name)) return name;
    if (this.#seen.size >= MOST_NAMES || name.length > LONGEST || !/^[_A-Za-z]\w*$/.test(name)) return 'other';
    this.#seen.add(name);
    return name;
  }
}
