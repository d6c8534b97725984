import { hash } from 'node:crypto';
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse, specifiedRules, validate } from 'graphql';
import { DirectoryError, type Fault } from '#model/errors.ts';
import { isRecord } from '../is-record.ts';
import { documentRules } from '../limits/document-rules.ts';
import type { QueryLimits } from '../limits/query-limits.ts';

/** One document of a list of trusted ones. */
export interface TrustedDocument {
  /** What clients call it by. */
  readonly id: string;
  /** Where it stands in the list, for whoever wrote it. */
  readonly place: string;
  readonly text: string;
  readonly operations: readonly string[];
}

/** The documents that alone are carried out, where a tenant has such a list. */
export interface TrustedDocuments {
  readonly all: readonly TrustedDocument[];
  readonly byId: ReadonlyMap<string, TrustedDocument>;
  /** By the SHA-256 of their text, in lower-case hex. */
  readonly byHash: ReadonlyMap<string, TrustedDocument>;
}

export function hashOf(text: string): string {
  return hash('sha256', text);
}

/**
 * Reads a list: Apollo's manifest (`apollo-persisted-query-manifest`, version 1), or an object of documents by id, as Relay's compiler
 * writes it. @throws {DirectoryError} INVALID_VALUE with a fault for each document that is none
 */
export function parseTrustedDocuments(manifest: unknown): TrustedDocuments {
  const faults: Fault[] = [];
  const all = entriesOf(manifest, faults).flatMap(({ id, text, place }) => readDocument(id, text, place, faults) ?? []);
  const byId = new Map(all.map((document) => [document.id, document]));
  if (byId.size < all.length) faults.push({ path: 'the list', expected: 'each id once' });
  if (faults.length > 0)
    throw new DirectoryError('INVALID_VALUE', 'the list of trusted documents has faults', { faults });
  return { all, byId, byHash: new Map(all.map((document) => [hashOf(document.text), document])) };
}

interface Entry {
  readonly id: unknown;
  readonly text: unknown;
  readonly place: string;
}

function entriesOf(manifest: unknown, faults: Fault[]): readonly Entry[] {
  if (isRecord(manifest) && typeof manifest['format'] === 'string') return entriesOfApollo(manifest, faults);
  if (isRecord(manifest))
    return Object.entries(manifest).map(([id, text]) => ({ id, text, place: JSON.stringify(id) }));
  faults.push({ path: 'the list', expected: 'an object: the manifest of Apollo, or documents by their ids' });
  return [];
}

function entriesOfApollo(
  { format, version, operations }: { readonly [key: string]: unknown },
  faults: Fault[],
): readonly Entry[] {
  if (format !== 'apollo-persisted-query-manifest' || version !== 1 || !Array.isArray(operations)) {
    const expected = '"format": "apollo-persisted-query-manifest", "version": 1 and a list of operations';
    faults.push({ path: 'the list', expected });
    return [];
  }
  return operations.map((operation: unknown, index) => {
    const { id, body, name } = isRecord(operation) ? operation : {};
    return { id, text: body, place: `operations[${index}]${typeof name === 'string' ? ` ${name}` : ''}` };
  });
}

function readDocument(id: unknown, text: unknown, place: string, faults: Fault[]): TrustedDocument | undefined {
  if (typeof id !== 'string' || id === '' || typeof text !== 'string') {
    faults.push({ path: place, expected: 'an id and the text of a document' });
    return undefined;
  }
  try {
    const operations = operationsOf(parse(text));
    return { id, text, operations, place };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    faults.push({ path: place, expected: 'a GraphQL document', got: error.message });
    return undefined;
  }
}

function operationsOf({ definitions }: DocumentNode): readonly string[] {
  return definitions.flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION && each.name ? [each.name.value] : []));
}

/** What keeps trusted documents from being carried out under a schema and limits. */
export function unfitDocuments(
  { all }: TrustedDocuments,
  schema: GraphQLSchema,
  limits: QueryLimits,
): readonly Fault[] {
  return all.flatMap(({ place, text }): readonly Fault[] => {
    const [error] = faultsUnder(schema, text, limits);
    return error === undefined
      ? []
      : [{ path: place, expected: 'what the schema has and the limits allow', got: error.message }];
  });
}

function faultsUnder(schema: GraphQLSchema, text: string, limits: QueryLimits): readonly GraphQLError[] {
  try {
    return validate(schema, parse(text, { maxTokens: limits.tokens }), [...specifiedRules, ...documentRules(limits)]);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
