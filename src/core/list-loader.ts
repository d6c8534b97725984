import DataLoader from 'dataloader';

export interface ListLoader<Key, Value> {
  /** @throws {Error} what the value of the key could not be loaded for */
  load(key: Key): Promise<Value>;
  /** In the order of the keys; an error stands where its value would. */
  loadMany(keys: readonly Key[]): Promise<readonly (Value | Error)[]>;
}

export interface ListLoaderOptions<Key, Value> {
  /** One value per key, in their order. */
  readonly loadBatch: (keys: readonly Key[]) => Promise<readonly Value[]>;
  readonly keysPerBatch: number;
  /** Keys of the same identity are one; by itself each key is its own. */
  readonly identityOf?: (key: Key) => unknown;
}

interface Entry<Key, Value> {
  readonly key: Key;
  result?: Value | Error;
}

/**
 * A DataLoader of whole lists: one promise for each list that is asked for, where one for each key took more of the time of a page
 * than reading it did. Each key is loaded once for as long as the loader lives, errors included.
 */
export function openListLoader<Key, Value>(options: ListLoaderOptions<Key, Value>): ListLoader<Key, Value> {
  const { keysPerBatch, identityOf = (key: Key): unknown => key } = options;
  const known = new Map<unknown, Entry<Key, Value>>();
  let loaded: Promise<unknown> = Promise.resolve();
  const lists = new DataLoader<readonly Key[], readonly (Value | Error)[]>(
    async (asked) => {
      const fresh: Entry<Key, Value>[] = [];
      const entryOf = (key: Key) => {
        const identity = identityOf(key);
        let entry = known.get(identity);
        if (entry === undefined) {
          entry = { key };
          known.set(identity, entry);
          fresh.push(entry);
        }
        return entry;
      };
      const found = asked.map((keys) => keys.map(entryOf));
      loaded = Promise.all([loaded, ...partsOf(fresh, keysPerBatch).map((part) => loadPart(options, part))]);
      await loaded;
      return found.map((entries) => entries.map(({ result }) => result as Value | Error));
    },
    { cache: false },
  );
  return {
    async load(key) {
      const [value] = await lists.load([key]);
      if (value instanceof Error) throw value;
      return value as Value;
    },
    loadMany: (keys) => lists.load(keys),
  };
}

function partsOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}

/** Never rejects: what went wrong is the result of each. */
async function loadPart<Key, Value>(
  { loadBatch }: ListLoaderOptions<Key, Value>,
  part: readonly Entry<Key, Value>[],
): Promise<void> {
  try {
    const values = await loadBatch(part.map(({ key }) => key));
    if (values.length !== part.length) throw new TypeError(`${part.length} keys were answered by ${values.length}`);
    part.forEach((entry, index) => {
      entry.result = values[index] as Value;
    });
  } catch (error) {
    const failure = error instanceof Error ? error : new Error('what was thrown is no Error', { cause: error });
    for (const entry of part) entry.result = failure;
  }
}
