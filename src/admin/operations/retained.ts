import { projectionOf } from '#core/project.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { Session } from '#core/session.ts';
import { DirectoryError } from '#model/errors.ts';
import type { JsonObject, ResourceId, StoredResource } from '#model/resource.ts';
import type { AdminAnswer, AdminRequest } from '../route.ts';

const USUAL_LIMIT = 100;
const LARGEST_LIMIT = 1_000;

/** What DELETE has retained of a type, a page at a time: `next`, where there is more, is the `after` of the page that follows. */
export async function listRetained(request: AdminRequest): Promise<AdminAnswer> {
  const session = sessionOf(request);
  const type = typeOf(session, request);
  const cursors = session.cursorsOf(`retained ${type.name}`);
  const after = request.query('after');
  const { items, next, total } = await session.retained(type, {
    limit: limitOf(request),
    total: true,
    ...(after !== undefined && { after: cursors.open(after) }),
  });
  return {
    status: 200,
    body: {
      total,
      resources: items.map((resource) => toJson(type, resource)),
      ...(next !== undefined && { next: cursors.seal(next) }),
    },
  };
}

/** Brings one back, with its id, its attributes and its password, without its memberships, members, manager and reports. */
export async function restore(request: AdminRequest): Promise<AdminAnswer> {
  const session = sessionOf(request);
  const type = typeOf(session, request);
  return { status: 200, body: toJson(type, await session.restore(type, request.param('id') as ResourceId)) };
}

function sessionOf({ tenant, call, principal }: AdminRequest): Session {
  return tenant.schemas.directory.session(call, principal);
}

function typeOf({ registry }: Session, request: AdminRequest): ResourceType {
  const type = registry.type(request.param('type'));
  if (type !== undefined) return type;
  const known = registry.types.map(({ name }) => name).join(', ');
  throw new DirectoryError('NOT_FOUND', `no resource type has this name; there are ${known}`);
}

function limitOf(request: AdminRequest): number {
  const text = request.query('limit') ?? String(USUAL_LIMIT);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= LARGEST_LIMIT) return limit;
  throw new DirectoryError('INVALID_COUNT', `limit: expected a number from 1 to ${LARGEST_LIMIT}`);
}

/** What SCIM shows by default of what a resource itself holds. */
function toJson(type: ResourceType, { id, attributes, createdAt, modifiedAt }: StoredResource): JsonObject {
  return {
    id,
    resourceType: type.name,
    created: createdAt.toISOString(),
    lastModified: modifiedAt.toISOString(),
    attributes: projectionOf(type).apply(attributes),
  };
}
