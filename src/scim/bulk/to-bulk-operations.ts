import type { BulkOperation, BulkRequest, IdOf } from '#core/bulk/operation.ts';
import { parseOperations } from '#core/patch/parse.ts';
import type { Target } from '#core/write/plan.ts';
import { DirectoryError } from '#model/errors.ts';
import type { JsonObject } from '#model/resource.ts';
import type { ScimTenant } from '../exchange.ts';
import { Refusal } from '../refusal.ts';
import { parseTags } from '../request/preconditions.ts';
import { resourcePath } from '../response/resource-text.ts';
import { bulkIdOf, type Resolve, type Resolved, withoutBulkIds } from './references.ts';
import { type Addressed, type Requested, requestedData } from './requested.ts';

/** The operations of a request for core, in order: bulkIds have become the positions of what creates their resources. */
export function toBulkOperations(tenant: ScimTenant, requested: readonly Requested[]): readonly BulkOperation[] {
  const creations = creationsByBulkId(requested);
  return requested.map((each, position) => {
    const known = each.names.flatMap((bulkId) => {
      const creation = creations.get(bulkId);
      return creation === undefined ? [] : [{ position: creation, name: `bulkId:${bulkId}` }];
    });
    return {
      needs: known,
      request(idOf) {
        checkPossible(each, position, creations);
        return toRequest(tenant, each, (bulkId) => resolvedBy(requested, creations.get(bulkId), idOf));
      },
    };
  });
}

/** Of two with the same bulkId it is the first one's. */
function creationsByBulkId(requested: readonly Requested[]): ReadonlyMap<string, number> {
  const creations = new Map<string, number>();
  for (const [position, { method, bulkId }] of requested.entries()) {
    if (method === 'POST' && bulkId && !creations.has(bulkId)) creations.set(bulkId, position);
  }
  return creations;
}

function checkPossible(
  { fault, method, bulkId = '', names }: Requested,
  position: number,
  creations: ReadonlyMap<string, number>,
): void {
  if (fault !== undefined) throw fault;
  if (method === 'POST' && creations.get(bulkId) !== position) {
    throw new DirectoryError('INVALID_VALUE', 'another operation has the same bulkId; each names one resource');
  }
  const unknown = names.find((name) => !creations.has(name));
  if (unknown !== undefined) {
    throw new DirectoryError('INVALID_VALUE', `no POST of this request has the bulkId ${JSON.stringify(unknown)}`);
  }
}

function toRequest(tenant: ScimTenant, requested: Requested, resolve: Resolve): BulkRequest {
  const { method, addressed } = requested;
  if (addressed === undefined) throw new TypeError('an operation without an address has no fault');
  if (method === 'POST') {
    return { verb: 'create', type: addressed.type, body: dataOf(requested, addressed, resolve) };
  }
  const target = targetOf(tenant, requested, addressed, resolve);
  if (method === 'DELETE') return { verb: 'delete', target };
  const body = dataOf(requested, addressed, resolve);
  if (method === 'PUT') return { verb: 'replace', target, body };
  return { verb: 'patch', target, operations: parseOperations(body, tenant.profile) };
}

function dataOf(requested: Requested, { type }: Addressed, resolve: Resolve): JsonObject {
  const data = requestedData(requested);
  return requested.names.length === 0 ? data : withoutBulkIds(type, data, resolve);
}

/** `version` stands for If-Match, RFC 7644 §3.7. */
function targetOf(
  tenant: ScimTenant,
  { version }: Requested,
  { type, id: given }: Addressed,
  resolve: Resolve,
): Target {
  const bulkId = bulkIdOf(given);
  const id = bulkId === undefined ? given : resolve(bulkId)?.id;
  if (id === undefined) throw new TypeError('what is to be changed has no id yet');
  const tags = parseTags(version);
  if (tags === undefined) return { type, id };
  if (!tenant.supports.etag) {
    throw new Refusal(501, 'this backend cannot compare versions as it writes, so a version is not offered');
  }
  if (tags === '*') return { type, id };
  const [ifVersion, ...more] = tags;
  if (ifVersion === undefined || more.length > 0)
    throw new DirectoryError('INVALID_VALUE', 'version is one entity tag');
  return { type, id, ifVersion };
}

function resolvedBy(requested: readonly Requested[], creation: number | undefined, idOf: IdOf): Resolved | undefined {
  const type = creation === undefined ? undefined : requested[creation]?.addressed?.type;
  const id = creation === undefined ? undefined : idOf(creation);
  return type === undefined || id === undefined ? undefined : { id, path: resourcePath(type, id) };
}
