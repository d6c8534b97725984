import { hash } from 'node:crypto';
import { DirectoryError } from '#model/errors.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import { isObject } from '#model/values.ts';
import { openRegistry, type RegistryOptions, type SchemaRegistry, type SchemaSource } from '../schema/registry.ts';
import { RESOURCE_TYPE_URN } from '../schema/resource-type-document.ts';
import { resourceTypeToDocument, schemaToDocument } from '../schema/to-document.ts';
import type { StoredDocument } from '../system/system-store.ts';
import { shown } from '../validate/faults.ts';

export type DocumentKind = StoredDocument['kind'];

/** `standard` is RFC 7643's, `file` comes from the configuration, `runtime` was set here and can be changed here. */
export type Origin = 'standard' | 'file' | 'runtime';

/** A schema or resource type in force, as its document. */
export interface DocumentInForce {
  readonly document: JsonObject;
  readonly origin: Origin;
  /** Changes exactly when the document does. */
  readonly version: string;
  /** When it was set at run time, ISO 8601. */
  readonly changedAt?: string;
}

/** Schemas and resource types of one tenant together. */
export const MOST_DOCUMENTS = 200;

/** The registry of what the configuration gives and what is stored. Faults of `fresh` stand without a source. */
export function openWithStored(
  options: RegistryOptions,
  stored: readonly StoredDocument[],
  fresh?: StoredDocument,
): SchemaRegistry {
  if (stored.length > MOST_DOCUMENTS) {
    throw new DirectoryError('TOO_LARGE', `a tenant may have ${MOST_DOCUMENTS} schemas and resource types of its own`);
  }
  const sources = stored.map(
    (each): SchemaSource => ({
      name: each === fresh ? '' : each.name,
      content: each.document,
      inParts: true,
    }),
  );
  return openRegistry({ ...options, sources: [...(options.sources ?? []), ...sources] });
}

export function documentIn(registry: SchemaRegistry, kind: DocumentKind, name: string): JsonObject | undefined {
  if (kind === 'schema') {
    const schema = registry.schema(name);
    return schema && schemaToDocument(schema);
  }
  const type = registry.type(name);
  return type && resourceTypeToDocument(type);
}

export function versionOf(document: JsonObject): string {
  return hash('sha256', JSON.stringify(document), 'base64url').slice(0, 22);
}

/** Where a document's own name stands. */
export function nameKey(kind: DocumentKind): 'id' | 'name' {
  return kind === 'schema' ? 'id' : 'name';
}

/**
 * The document as it is to be stored; of a resource type `schemas` may be left out, since the address says what it is.
 * @throws {DirectoryError} INVALID_VALUE where it is another's, INVALID_SYNTAX where it is no object
 */
export function readDocument(kind: DocumentKind, name: string, body: Json): StoredDocument {
  if (!isObject(body)) throw new DirectoryError('INVALID_SYNTAX', 'the body must be a JSON object');
  const key = nameKey(kind);
  const own = Object.hasOwn(body, key) ? body[key] : name;
  if (typeof own !== 'string' || own.toLowerCase() !== name.toLowerCase()) {
    const fault = { path: key, expected: `"${name}", as in the URL`, got: shown(own ?? null) };
    throw new DirectoryError('INVALID_VALUE', 'the document is that of another address', { faults: [fault] });
  }
  const { meta: _, ...document } = { ...body, [key]: own };
  const schemas = kind === 'resourceType' && !Object.hasOwn(body, 'schemas') ? { schemas: [RESOURCE_TYPE_URN] } : {};
  return { kind, name: own, document: { ...schemas, ...document }, changedAt: new Date().toISOString() };
}

export function isNamed(kind: DocumentKind, name: string): (document: StoredDocument) => boolean {
  return (document) => document.kind === kind && document.name.toLowerCase() === name.toLowerCase();
}
