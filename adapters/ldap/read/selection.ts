import type { SortEntry } from '#model/sort.ts';

/** How many places are kept at most while entries pass by: a megabyte or two. */
export const MOST_KEPT = 10_000;

/**
 * What an order has first among the entries that pass by, in memory that depends on `limit` alone: places that are too many are put in
 * order and cut.
 */
export class Selection {
  readonly #limit: number;
  readonly #compare: (a: SortEntry, b: SortEntry) => number;
  #kept: SortEntry[] = [];
  /** Nothing behind it is among the first. */
  #worst: SortEntry | undefined;

  constructor(limit: number, compare: (a: SortEntry, b: SortEntry) => number) {
    this.#limit = limit;
    this.#compare = compare;
  }

  add(entry: SortEntry): void {
    if (this.#limit === 0 || (this.#worst !== undefined && this.#compare(entry, this.#worst) > 0)) return;
    this.#kept.push(entry);
    if (this.#kept.length < 2 * this.#limit) return;
    this.#kept = this.first();
    this.#worst = this.#kept.at(-1);
  }

  /** In order, at most `limit`. */
  first(): SortEntry[] {
    return this.#kept.sort(this.#compare).slice(0, this.#limit);
  }
}

/** Every so manyth of what passes by, ever more rarely, so that it stays small; in whatever order it passes. */
export class Sample {
  readonly #compare: (a: SortEntry, b: SortEntry) => number;
  #taken: SortEntry[] = [];
  #stride = 1;
  #passed = 0;

  constructor(compare: (a: SortEntry, b: SortEntry) => number) {
    this.#compare = compare;
  }

  add(entry: SortEntry): void {
    const isTaken = this.#passed % this.#stride === 0;
    this.#passed += 1;
    if (!isTaken) return;
    this.#taken.push(entry);
    if (this.#taken.length < MOST_KEPT) return;
    this.#taken = this.#taken.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }

  /** What has about `rank` of all that passed before it; undefined where the sample is too coarse to tell. Nothing is added afterwards. */
  at(rank: number): SortEntry | undefined {
    const index = Math.floor(rank / this.#stride);
    return index < 1 ? undefined : this.#taken.sort(this.#compare)[index];
  }
}
