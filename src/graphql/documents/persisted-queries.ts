import { LRUCache } from 'lru-cache';

/** Of one tenant, so that no tenant learns what another has asked or drives it out. */
const MOST_DOCUMENTS = 1_000;
const MOST_CHARACTERS = 2_000_000;

/** Documents that clients have sent with their hash, by that hash; the least recently used go first. */
export interface PersistedQueries {
  get(hash: string): string | undefined;
  set(hash: string, text: string): void;
}

export function openPersistedQueries(): PersistedQueries {
  const cache = new LRUCache<string, string>({
    max: MOST_DOCUMENTS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (text) => text.length,
  });
  return {
    get: (hash) => cache.get(hash),
    set: (hash, text) => {
      cache.set(hash, text);
    },
  };
}
