/** Loads values by key; what is asked for before the running promises have had their turn is asked for together. */
export interface Loader<Key, Value> {
  /** @throws {Error} what the value of the key could not be loaded for */
  load(key: Key): Promise<Value>;
  /** In the order of the keys; an error stands where its value would. */
  loadMany(keys: readonly Key[]): Promise<readonly (Value | Error)[]>;
}

export interface BatchLoaderOptions<Key, Value> {
  /** One value per key, in their order. */
  readonly loadBatch: (keys: readonly Key[]) => Promise<readonly Value[]>;
  readonly keysPerBatch: number;
  /** Keys of the same identity are one; by itself each key is its own. */
  readonly identityOf?: (key: Key) => unknown;
}

interface Batch<Key, Value> {
  readonly keys: Key[];
  readonly entries: Entry<Key, Value>[];
  readonly done: Promise<void>;
}

interface Entry<Key, Value> {
  readonly batch: Batch<Key, Value>;
  result: Value | Error | undefined;
}

/**
 * DataLoader's rules with one promise for each batch instead of one for each key, which took more of the time of a page than reading it
 * did. Lives as long as one request: nothing is ever forgotten, errors included.
 */
export class BatchLoader<Key, Value> implements Loader<Key, Value> {
  readonly #options: BatchLoaderOptions<Key, Value>;
  readonly #known = new Map<unknown, Entry<Key, Value>>();
  #waiting: Batch<Key, Value> | undefined;

  constructor(options: BatchLoaderOptions<Key, Value>) {
    this.#options = options;
  }

  async load(key: Key): Promise<Value> {
    const entry = this.#entry(key);
    await entry.batch.done;
    if (entry.result instanceof Error) throw entry.result;
    return entry.result as Value;
  }

  async loadMany(keys: readonly Key[]): Promise<readonly (Value | Error)[]> {
    const entries = keys.map((key) => this.#entry(key));
    for (const batch of new Set(entries.map((entry) => entry.batch))) await batch.done;
    return entries.map(({ result }) => result as Value | Error);
  }

  #entry(key: Key): Entry<Key, Value> {
    const { identityOf } = this.#options;
    const identity = identityOf === undefined ? key : identityOf(key);
    let entry = this.#known.get(identity);
    if (entry === undefined) {
      this.#waiting ??= this.#openBatch();
      entry = { batch: this.#waiting, result: undefined };
      this.#waiting.keys.push(key);
      this.#waiting.entries.push(entry);
      this.#known.set(identity, entry);
    }
    return entry;
  }

  #openBatch(): Batch<Key, Value> {
    const keys: Key[] = [];
    const entries: Entry<Key, Value>[] = [];
    const done = promiseJobsDone().then(() => {
      this.#waiting = undefined;
      return this.#loadAll(keys, entries);
    });
    return { keys, entries, done };
  }

  async #loadAll(keys: readonly Key[], entries: readonly Entry<Key, Value>[]): Promise<void> {
    const { keysPerBatch } = this.#options;
    if (keys.length <= keysPerBatch) return this.#loadSome(keys, entries);
    const parts: Promise<void>[] = [];
    for (let from = 0; from < keys.length; from += keysPerBatch) {
      const to = from + keysPerBatch;
      parts.push(this.#loadSome(keys.slice(from, to), entries.slice(from, to)));
    }
    await Promise.all(parts);
  }

  /** Never rejects: what went wrong is the result of each. */
  async #loadSome(keys: readonly Key[], entries: readonly Entry<Key, Value>[]): Promise<void> {
    try {
      const values = await this.#options.loadBatch(keys);
      if (values.length !== keys.length) throw new TypeError(`${keys.length} keys were answered by ${values.length}`);
      for (let index = 0; index < entries.length; index += 1)
        (entries[index] as Entry<Key, Value>).result = values[index];
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('what was thrown is no Error', { cause: error });
      for (const entry of entries) entry.result = failure;
    }
  }
}

/** A tick comes after all promise jobs that are due, those that they bring about included. */
function promiseJobsDone(): Promise<void> {
  return new Promise((resolve) => {
    void Promise.resolve().then(() => process.nextTick(resolve));
  });
}
