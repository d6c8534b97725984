import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

const DOCUMENTS = 1_000;
/** Of text; a parsed document takes some hundred times the memory of its text at worst. */
const CHARACTERS = 500_000;

/** What Apollo asks for documents that were parsed and validated. */
interface DocumentStore {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/**
 * The documents that were asked last, with all that is remembered with each: plans, costs. Bounded by their number and by the length of
 * their texts, since a client can make up any number. Apollo's own measures each by writing the whole of it as JSON.
 */
export function openDocumentStore(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    max: DOCUMENTS,
    maxSize: CHARACTERS,
    sizeCalculation: ({ loc }) => loc?.source.body.length ?? CHARACTERS,
  });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => void documents.set(key, document),
    delete: async (key) => documents.delete(key),
  };
}
