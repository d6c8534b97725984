import { randomUUID } from 'node:crypto';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { type Call, inTenant } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import { fold } from '#model/fold.ts';
import type { Json, ResourceId, StoredResource, TenantId } from '#model/resource.ts';
import { isList, own } from '#model/values.ts';
import { openDirectory } from '../directory.ts';
import { draftOf } from '../keys.ts';
import type { Leniency } from '../leniency.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { SchemaRegistry } from '../schema/registry.ts';
import type { Cursors } from '../search/cursor.ts';
import { perform } from '../write/perform.ts';
import type { SystemType } from './system-registry.ts';
import { SYSTEM_TENANT } from './system-tenant.ts';

export interface SystemOptions {
  readonly adapter: DirectoryAdapter;
  readonly registry: SchemaRegistry;
  readonly cursors: Cursors;
  /** What a directory has to have; nothing that Portico stores for itself is read from a client. */
  readonly leniency: Leniency;
}

/** A list that is kept for a tenant, as one resource, so that no reader meets half of a change. */
export interface KeptList {
  readonly list: readonly Json[];
  /** Absent where nothing was ever stored. */
  readonly resource?: StoredResource;
}

/** Lists of one kind, one per tenant. */
export interface SystemLists {
  /** In the order of the tenants. One adapter call. */
  read(call: Call, tenants: readonly TenantId[]): Promise<readonly KeptList[]>;
  /** @throws {DirectoryError} VERSION_MISMATCH where somebody else has written since `before` was read; TOO_LARGE */
  write(call: Call, tenant: TenantId, before: Pick<KeptList, 'resource'>, list: readonly Json[]): Promise<KeptList>;
}

/** UTF-16 code units of a list as JSON. */
const LONGEST = 4_000_000;

export function openSystemLists(options: SystemOptions, { name, text: attribute }: SystemType): SystemLists {
  const directory = openDirectory({ tenant: SYSTEM_TENANT, ...options });
  const type = typeOf(options.registry, name);
  const idsAreGiven = () => directory.capabilities(type).ids === 'given';
  return {
    async read(call, tenants) {
      const keys = tenants.map((tenant) => ({ attribute: 'tenant', value: String(fold('exact', tenant)) }));
      const found = await directory.adapter.byKeys(inTenant(call, SYSTEM_TENANT), type.name, keys);
      return found.map(([resource]) => (resource === undefined ? { list: [] } : parseList(resource, attribute)));
    },
    async write(call, tenant, { resource: before }, list) {
      const text = JSON.stringify(list);
      if (text.length > LONGEST) {
        throw new DirectoryError('TOO_LARGE', `the ${attribute} of a tenant may have ${LONGEST} characters together`);
      }
      const draft = draftOf(type, { tenant, [attribute]: text }, {});
      const own = before?.id ?? (idsAreGiven() ? (randomUUID() as string as ResourceId) : undefined);
      const written = await perform(
        directory,
        inTenant(call, SYSTEM_TENANT),
        before === undefined
          ? { kind: 'create', type: type.name, ...(own !== undefined && { id: own }), draft }
          : { kind: 'update', type: type.name, id: before.id, content: { before, draft }, ifVersion: before.version },
      ).catch((error: unknown) => asMismatch(error, attribute));
      if (written.resource === null) throw new TypeError(`${directory.adapter.name} answered no resource to a write`);
      return { list, resource: written.resource };
    },
  };
}

/** Two that store a tenant's first list at the same time, and one that writes after the other's: both read again. */
function asMismatch(error: unknown, attribute: string): never {
  const moved = error instanceof DirectoryError && (error.code === 'UNIQUENESS' || error.code === 'NOT_FOUND');
  if (!moved) throw error;
  const message = `another gateway has changed the ${attribute} meanwhile`;
  throw new DirectoryError('VERSION_MISMATCH', message, { cause: error });
}

function parseList(resource: StoredResource, attribute: string): KeptList {
  const text = own(resource.attributes, attribute);
  const list: Json = typeof text === 'string' ? (JSON.parse(text) as Json) : null;
  if (isList(list)) return { list, resource };
  throw new TypeError(`${resource.type} ${resource.id} of ${SYSTEM_TENANT} holds no ${attribute}`);
}

function typeOf(registry: SchemaRegistry, name: string): ResourceType {
  const type = registry.type(name);
  if (type === undefined) throw new TypeError(`the registry of ${SYSTEM_TENANT} has no ${name}`);
  return type;
}
