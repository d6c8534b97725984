import type { Call } from '#model/call.ts';
import type { Json, JsonObject, StoredResource, TenantId } from '#model/resource.ts';
import { isObject } from '#model/values.ts';
import { openSystemLists, type SystemOptions } from './system-lists.ts';
import { TENANT_SCHEMAS } from './system-registry.ts';

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

export function openSystemStore(options: SystemOptions): SystemStore {
  const lists = openSystemLists(options, TENANT_SCHEMAS);
  return {
    async read(call, tenants) {
      const kept = await lists.read(call, tenants);
      return kept.map(({ list, ...rest }) => ({
        documents: list.filter(isObject) as unknown as StoredDocument[],
        ...rest,
      }));
    },
    async write(call, tenant, before, documents) {
      const { list: _list, ...rest } = await lists.write(call, tenant, before, documents as unknown as readonly Json[]);
      return { documents, ...rest };
    },
  };
}
