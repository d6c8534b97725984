import { GraphQLError } from 'graphql';
import { HttpRefusal } from '../http/http-refusal.ts';
import type { GraphqlSettings } from '../settings.ts';
import { documentReference } from './document-reference.ts';
import { openPersistedQueries, type PersistedQueries } from './persisted-queries.ts';
import { hashOf, type TrustedDocuments } from './trusted-documents.ts';

/** Parameters of a request, as they came. */
export type Parameters = { readonly [name: string]: unknown };

const NOT_TRUSTED =
  'only trusted documents are carried out, and this is none; ask the operator to add it to the list in graphql.trustedDocuments';

export interface Documents {
  /**
   * The same parameters with the text of the document that they name. @throws {HttpRefusal} DOCUMENT_NOT_TRUSTED,
   * PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_NOT_SUPPORTED, BAD_REQUEST
   */
  resolve(parameters: Parameters): Parameters;
}

/** Documents by their names: trusted ones alone where the tenant has a list, else those that clients have sent before. */
export function openDocuments({
  trustedDocuments,
  persistedQueries,
}: Pick<GraphqlSettings, 'trustedDocuments' | 'persistedQueries'>): Documents {
  if (trustedDocuments !== undefined) return { resolve: (parameters) => resolveTrusted(trustedDocuments, parameters) };
  const known = persistedQueries ? openPersistedQueries() : undefined;
  return { resolve: (parameters) => resolvePersisted(known, parameters) };
}

/** Whatever way a document came. @throws {GraphQLError} DOCUMENT_NOT_TRUSTED with HTTP status 400 */
export function checkTrusted({ trustedDocuments }: Pick<GraphqlSettings, 'trustedDocuments'>, text: string): void {
  if (trustedDocuments === undefined || trustedDocuments.byHash.has(hashOf(text))) return;
  throw new GraphQLError(NOT_TRUSTED, { extensions: { code: 'DOCUMENT_NOT_TRUSTED', http: { status: 400 } } });
}

function resolveTrusted(trusted: TrustedDocuments, parameters: Parameters): Parameters {
  const { query } = parameters;
  if (typeof query === 'string') {
    if (!trusted.byHash.has(hashOf(query))) throw notTrusted();
    return withText(parameters, query);
  }
  const reference = documentReference(parameters);
  if (reference === undefined) return parameters;
  const { id, hash } = reference;
  const document = trusted.byId.get(id) ?? (hash === undefined ? undefined : trusted.byHash.get(hash));
  if (document === undefined) throw notTrusted();
  return withText(parameters, document.text);
}

/** Apollo's protocol: a client sends the hash alone, and the text as well once it is told that nobody knows the hash. */
function resolvePersisted(known: PersistedQueries | undefined, parameters: Parameters): Parameters {
  const reference = documentReference(parameters);
  if (reference === undefined) return parameters;
  if (known === undefined) throw requestError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
  const { hash } = reference;
  const { query } = parameters;
  if (hash === undefined)
    throw requestError('BAD_REQUEST', 'documents are known by their SHA-256: "sha256:" and 64 hex digits');
  if (typeof query === 'string') {
    if (hashOf(query) !== hash) throw requestError('BAD_REQUEST', 'the SHA-256 that was sent is not that of the query');
    known.set(hash, query);
    return withText(parameters, query);
  }
  const text = known.get(hash);
  if (text === undefined) throw requestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
  return withText(parameters, text);
}

function withText({ documentId: _, extensions, ...parameters }: Parameters, query: string): Parameters {
  if (typeof extensions !== 'object' || extensions === null) return { ...parameters, query };
  const { persistedQuery: __, ...others } = extensions as Parameters;
  return { ...parameters, query, extensions: others };
}

function notTrusted(): HttpRefusal {
  return requestError('DOCUMENT_NOT_TRUSTED', NOT_TRUSTED);
}

function requestError(code: string, message: string): HttpRefusal {
  return new HttpRefusal(400, code, message, { isWellFormed: code !== 'BAD_REQUEST' });
}
