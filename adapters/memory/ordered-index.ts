/** Chunks split at this length: long enough that a million items need few chunks, short enough that moving one item is a small copy. */
const CHUNK_LENGTH = 256;

interface Chunk<Item> {
  items: Item[];
  /** A snapshot reads these items too: the next change works on a copy. */
  shared: boolean;
}

/** Items in the order that an index had when the snapshot was taken. */
export type Snapshot<Item> = readonly (readonly Item[])[];

/**
 * Items in a total order, counted: insert, delete, rank and select in O(log n). No two items may compare as equal.
 * `Probe` is what the order looks at, so that a place can be sought without an item.
 */
export class OrderedIndex<Probe, Item extends Probe = Probe> {
  readonly #compare: (a: Probe, b: Probe) => number;
  #chunks: Chunk<Item>[] = [];
  /** Fenwick tree over the chunks' lengths; rebuilt when a chunk comes or goes. */
  #lengths = new Int32Array(1);
  #size = 0;

  constructor(compare: (a: Probe, b: Probe) => number, sorted: readonly Item[] = []) {
    this.#compare = compare;
    const fill = CHUNK_LENGTH * 0.75;
    for (let start = 0; start < sorted.length; start += fill) {
      this.#chunks.push({ items: sorted.slice(start, start + fill), shared: false });
    }
    this.#size = sorted.length;
    this.#countChunks();
  }

  get size(): number {
    return this.#size;
  }

  has(probe: Probe): boolean {
    const items = this.#chunks[this.#chunkOf(probe)]?.items ?? [];
    const found = items[lowerBound(items, probe, this.#compare)];
    return found !== undefined && this.#compare(found, probe) === 0;
  }

  /** How many items come before `probe`. */
  rank(probe: Probe): number {
    const chunk = this.#chunkOf(probe);
    const items = this.#chunks[chunk]?.items ?? [];
    return this.#itemsBefore(chunk) + lowerBound(items, probe, this.#compare);
  }

  /** False where the item stands already. */
  insert(item: Item): boolean {
    if (this.#chunks.length === 0) this.#addChunk(0, []);
    const index = this.#chunkOf(item);
    const items = this.#writable(index);
    const place = lowerBound(items, item, this.#compare);
    const present = items[place];
    if (present !== undefined && this.#compare(present, item) === 0) return false;
    items.splice(place, 0, item);
    this.#count(index, 1);
    if (items.length > CHUNK_LENGTH) this.#addChunk(index + 1, items.splice(CHUNK_LENGTH / 2));
    return true;
  }

  /** False where no such item stands. */
  delete(probe: Probe): boolean {
    if (!this.has(probe)) return false;
    const index = this.#chunkOf(probe);
    const items = this.#writable(index);
    items.splice(lowerBound(items, probe, this.#compare), 1);
    this.#count(index, -1);
    if (items.length === 0) this.#dropChunk(index);
    return true;
  }

  /** At most `count` items, beginning with the one at `start`. */
  slice(start: number, count: number): Item[] {
    const found: Item[] = [];
    let [chunk, place] = this.#locate(start);
    while (found.length < count) {
      const items = this.#chunks[chunk]?.items;
      if (items === undefined) break;
      for (const end = Math.min(items.length, place + count - found.length); place < end; place++) {
        found.push(items[place] as Item);
      }
      chunk++;
      place = 0;
    }
    return found;
  }

  /** Holds still whatever changes later; costs one step per chunk, and a copy of each chunk that changes afterwards. */
  snapshot(): Snapshot<Item> {
    return this.#chunks.map((chunk) => {
      chunk.shared = true;
      return chunk.items;
    });
  }

  *[Symbol.iterator](): Generator<Item> {
    for (const chunk of this.#chunks) yield* chunk.items;
  }

  /** The last chunk that begins at or before `probe`, else the first. */
  #chunkOf(probe: Probe): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const first = this.#chunks[middle]?.items[0];
      if (first !== undefined && this.#compare(first, probe) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #writable(index: number): Item[] {
    const chunk = this.#chunks[index] as Chunk<Item>;
    if (chunk.shared) {
      chunk.items = chunk.items.slice();
      chunk.shared = false;
    }
    return chunk.items;
  }

  #addChunk(index: number, items: Item[]): void {
    this.#chunks.splice(index, 0, { items, shared: false });
    this.#countChunks();
  }

  #dropChunk(index: number): void {
    this.#chunks.splice(index, 1);
    this.#countChunks();
  }

  #countChunks(): void {
    const lengths = new Int32Array(this.#chunks.length + 1);
    this.#chunks.forEach((chunk, index) => {
      addToTree(lengths, index, chunk.items.length);
    });
    this.#lengths = lengths;
  }

  #count(chunk: number, delta: number): void {
    addToTree(this.#lengths, chunk, delta);
    this.#size += delta;
  }

  #itemsBefore(chunk: number): number {
    let sum = 0;
    for (let node = chunk; node > 0; node -= node & -node) sum += this.#lengths[node] ?? 0;
    return sum;
  }

  /** The chunk that holds the item at `rank`, and the place in it. */
  #locate(rank: number): [chunk: number, place: number] {
    let node = 0;
    let rest = rank;
    for (let step = highestPower(this.#chunks.length); step > 0; step >>= 1) {
      const length = this.#lengths[node + step];
      if (length === undefined || length > rest) continue;
      node += step;
      rest -= length;
    }
    return [node, rest];
  }
}

/** Where `probe` stands or would stand in `items`. */
export function lowerBound<Probe>(
  items: readonly Probe[],
  probe: Probe,
  compare: (a: Probe, b: Probe) => number,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(items[middle] as Probe, probe) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function addToTree(tree: Int32Array, index: number, delta: number): void {
  for (let node = index + 1; node < tree.length; node += node & -node) tree[node] = (tree[node] ?? 0) + delta;
}

function highestPower(limit: number): number {
  return limit === 0 ? 0 : 2 ** Math.floor(Math.log2(limit));
}
