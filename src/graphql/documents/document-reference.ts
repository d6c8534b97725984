import { HttpRefusal } from '../http/http-refusal.ts';
import type { Parameters } from './documents.ts';

/** A document that is named rather than sent. */
export interface DocumentReference {
  readonly id: string;
  /** Present where the id is a SHA-256, in lower-case hex. */
  readonly hash?: string;
}

const PREFIX = 'sha256:';
const LONGEST = 500;

/**
 * How a request names its document: `documentId` (GraphQL over HTTP, "Persisted Documents"), or Apollo's `extensions.persistedQuery`;
 * undefined where it names none. @throws {HttpRefusal} BAD_REQUEST
 */
export function documentReference({ documentId, extensions }: Parameters): DocumentReference | undefined {
  if (documentId !== undefined && documentId !== null) return referenceOf(documentId, 'documentId');
  if (typeof extensions !== 'object' || extensions === null || !Object.hasOwn(extensions, 'persistedQuery'))
    return undefined;
  const { persistedQuery } = extensions as Parameters;
  if (typeof persistedQuery !== 'object' || persistedQuery === null) throw malformed('persistedQuery', 'an object');
  const { version, sha256Hash } = persistedQuery as Parameters;
  if (version !== 1) throw malformed('persistedQuery.version', '1');
  return referenceOf(sha256Hash, 'persistedQuery.sha256Hash');
}

function referenceOf(value: unknown, name: string): DocumentReference {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST) {
    throw malformed(name, `text of at most ${LONGEST} characters`);
  }
  const hash = value.startsWith(PREFIX) ? value.slice(PREFIX.length) : value;
  return /^[0-9a-f]{64}$/.test(hash) ? { id: value, hash } : { id: value };
}

function malformed(name: string, expected: string): HttpRefusal {
  return new HttpRefusal(400, 'BAD_REQUEST', `${name} must be ${expected}`);
}
