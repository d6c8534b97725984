import { randomUUID } from 'node:crypto';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { type Call, inTenant } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { fold } from '#model/fold.ts';
import type { Json, JsonObject, ResourceId, StoredResource, TenantId } from '#model/resource.ts';
import { isList, isObject, own } from '#model/values.ts';
import { openDirectory } from '../directory.ts';
import { draftOf } from '../keys.ts';
import type { Leniency } from '../leniency.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { openRegistry, type SchemaRegistry } from '../schema/registry.ts';
import type { Cursors } from '../search/cursor.ts';
import { perform } from '../write/perform.ts';

/** What Portico must remember for itself lives in this tenant, over the same contract as everything else. */
export const SYSTEM_TENANT = '_system' as TenantId;

export const TENANT_SCHEMAS = 'TenantSchemas';
const TENANT_SCHEMAS_URN = 'urn:portico:params:scim:schemas:system:1.0:TenantSchemas';

/** A schema or a resource type that was set at run time. */
export interface StoredDocument {
  readonly kind: 'schema' | 'resourceType';
  /** The URN, or the name, in its own spelling. */
  readonly name: string;
  readonly document: JsonObject;
  /** ISO 8601 */
  readonly changedAt: string;
}

/** All documents of one tenant. They are one resource, so that no reader meets half of a change. */
export interface StoredDocuments {
  readonly documents: readonly StoredDocument[];
  /** Absent where nothing was ever stored. */
  readonly resource?: StoredResource;
}

/** UTF-16 code units of all documents of a tenant as JSON. */
const LONGEST = 4_000_000;

/** The types of `_system`; `documents` is JSON text, which any backend can keep. */
export function openSystemRegistry(): SchemaRegistry {
  const attributes = [
    { name: 'tenant', type: 'string', required: true, caseExact: true, uniqueness: 'server' },
    { name: 'documents', type: 'string', required: true, caseExact: true },
  ];
  const type = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    name: TENANT_SCHEMAS,
    endpoint: `/${TENANT_SCHEMAS}`,
    schema: TENANT_SCHEMAS_URN,
  };
  const content: Json = [{ id: TENANT_SCHEMAS_URN, attributes }, type];
  return openRegistry({ sources: [{ name: SYSTEM_TENANT, content }] });
}

export interface SystemStore {
  /** In the order of the tenants. One adapter call. */
  read(call: Call, tenants: readonly TenantId[]): Promise<readonly StoredDocuments[]>;
  /** @throws {DirectoryError} VERSION_MISMATCH where somebody else has written since `before` was read; TOO_LARGE */
  write(
    call: Call,
    tenant: TenantId,
    before: StoredDocuments,
    documents: readonly StoredDocument[],
  ): Promise<StoredDocuments>;
}

export interface SystemStoreOptions {
  readonly adapter: DirectoryAdapter;
  readonly registry: SchemaRegistry;
  readonly cursors: Cursors;
  /** What a directory has to have; nothing that Portico stores for itself is read from a client. */
  readonly leniency: Leniency;
}

export function openSystemStore(options: SystemStoreOptions): SystemStore {
  const directory = openDirectory({ tenant: SYSTEM_TENANT, ...options });
  const type = typeOf(options.registry);
  const idsAreGiven = () => directory.capabilities(type).ids === 'given';
  return {
    async read(call, tenants) {
      const keys = tenants.map((tenant) => ({ attribute: 'tenant', value: String(fold('exact', tenant)) }));
      const found = await directory.adapter.byKeys(inTenant(call, SYSTEM_TENANT), type.name, keys);
      return found.map(([resource]) => (resource === undefined ? { documents: [] } : parseDocuments(resource)));
    },
    async write(call, tenant, { resource: before }, documents) {
      const text = JSON.stringify(documents);
      if (text.length > LONGEST) {
        throw new DirectoryError('TOO_LARGE', `the documents of a tenant may have ${LONGEST} characters together`);
      }
      const draft = draftOf(type, { tenant, documents: text }, {});
      const own = before?.id ?? (idsAreGiven() ? (randomUUID() as string as ResourceId) : undefined);
      const written = await perform(
        directory,
        inTenant(call, SYSTEM_TENANT),
        before === undefined
          ? { kind: 'create', type: type.name, ...(own !== undefined && { id: own }), draft }
          : { kind: 'update', type: type.name, id: before.id, content: { before, draft }, ifVersion: before.version },
      ).catch(asMismatch);
      if (written.resource === null) throw new TypeError(`${directory.adapter.name} answered no resource to a write`);
      return { documents, resource: written.resource };
    },
  };
}

/** Two that store a tenant's first document at the same time, and one that writes after the other's: both read again. */
function asMismatch(error: unknown): never {
  const moved = error instanceof DirectoryError && (error.code === 'UNIQUENESS' || error.code === 'NOT_FOUND');
  if (!moved) throw error;
  throw new DirectoryError('VERSION_MISMATCH', 'another gateway has changed the documents meanwhile', { cause: error });
}

function parseDocuments(resource: StoredResource): StoredDocuments {
  const text = own(resource.attributes, 'documents');
  const documents: Json = typeof text === 'string' ? (JSON.parse(text) as Json) : null;
  if (!isList(documents)) throw new TypeError(`${resource.type} ${resource.id} of ${SYSTEM_TENANT} holds no documents`);
  return { documents: documents.filter((document) => isObject(document)) as unknown as StoredDocument[], resource };
}

function typeOf(registry: SchemaRegistry): ResourceType {
  const type = registry.type(TENANT_SCHEMAS);
  if (type === undefined) throw new TypeError(`the registry of ${SYSTEM_TENANT} has no ${TENANT_SCHEMAS}`);
  return type;
}
