import type { FieldNode } from 'graphql';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import type { TypeFields } from '../fields/field.ts';
import type { Related } from './place.ts';
import type { Walk } from './walk.ts';

/** Resources of one type by id, each read and expanded once; null where there is none, an error where it could not be read. */
export async function loadById(
  walk: Walk,
  type: TypeFields,
  ids: readonly (ResourceId | undefined)[],
  nodes: readonly FieldNode[],
): Promise<ReadonlyMap<ResourceId, Related>> {
  const read = await readById(walk, type, new Set(ids.filter((id) => id !== undefined)));
  const found = [...read.values()].filter(isResource);
  const byId = new Map<ResourceId, Related>();
  for (const [id, resource] of read) if (!isResource(resource)) byId.set(id, resource);
  for (const place of await walk.expand(found, nodes)) byId.set(place.resource.id, place);
  return byId;
}

export async function readById(
  walk: Walk,
  type: TypeFields,
  ids: ReadonlySet<ResourceId>,
): Promise<ReadonlyMap<ResourceId, StoredResource | Error | null>> {
  const distinct = [...ids];
  const read = await walk.context.session.loaders.resource(type.resourceType).loadMany(distinct);
  return new Map(distinct.map((id, index) => [id, read[index] ?? null]));
}

function isResource(value: StoredResource | Error | null): value is StoredResource {
  return value !== null && !(value instanceof Error);
}
