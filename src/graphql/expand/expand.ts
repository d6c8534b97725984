import type { FieldNode } from 'graphql';
import type { FieldMap, Relation, TypeFields } from '../fields/field.ts';
import { named } from './connection-selection.ts';
import { loadManagers } from './load-by-id.ts';
import { loadLinks } from './load-links.ts';
import type { KnownResource, Place, Related } from './place.ts';
import { requestsOf, type SelectedRequest, selectedFields } from './selection.ts';
import type { Walk } from './walk.ts';

/**
 * Loads what a selection asks of other resources, level by level and for all resources of a list at once, so that the number of
 * backend calls follows from the query alone. A failed load rejects nothing: its error stands where the field's value would.
 */
export function openWalk(fields: FieldMap, context: Walk['context'], info: Walk['info']): Walk {
  const walk: Walk = {
    info,
    context,
    fields,
    types: new Map(fields.types.map((type) => [type.resourceType.name, type])),
    expand: (resources, parents) => expand(walk, resources, parents),
  };
  return walk;
}

async function expand(
  walk: Walk,
  resources: readonly KnownResource[],
  parents: readonly FieldNode[],
): Promise<readonly Place[]> {
  const places = new Array<Place>(resources.length);
  const expandType = async (typeName: string, indexes: readonly number[]) => {
    const ofType = indexes.map((index) => resources[index] as KnownResource);
    const related = await loadRelated(walk, walk.types.get(typeName), ofType, parents);
    ofType.forEach((resource, index) => {
      places[indexes[index] as number] = { resource, related, index };
    });
  };
  await Promise.all([...indexesByType(resources)].map(([typeName, indexes]) => expandType(typeName, indexes)));
  return places;
}

function indexesByType(resources: readonly KnownResource[]): ReadonlyMap<string, readonly number[]> {
  const byType = new Map<string, number[]>();
  resources.forEach(({ type }, index) => {
    const indexes = byType.get(type);
    if (indexes === undefined) byType.set(type, [index]);
    else indexes.push(index);
  });
  return byType;
}

async function loadRelated(
  walk: Walk,
  type: TypeFields | undefined,
  resources: readonly KnownResource[],
  parents: readonly FieldNode[],
): Promise<Place['related']> {
  const related = new Map<FieldNode, readonly Related[]>();
  if (type === undefined || parents.length === 0) return related;
  const fields = selectedFields(walk, type.name, parents);
  const loads = type.relations.flatMap((relation) =>
    requestsOf(walk, type.name, named(fields, relation.name)).map(async (request) => {
      const values = await loadRelation(walk, type, relation, request, resources);
      for (const node of request.nodes) related.set(node, values);
    }),
  );
  await Promise.all(loads);
  return related;
}

async function loadRelation(
  walk: Walk,
  type: TypeFields,
  { kind }: Relation,
  request: SelectedRequest,
  resources: readonly KnownResource[],
): Promise<readonly Related[]> {
  try {
    if (kind === 'manager') return await loadManagers(walk, type, resources, request.nodes);
    return await loadLinks(walk, type, kind, request, resources);
  } catch (error) {
    const failure =
      error instanceof Error ? error : new Error('something was thrown that is no Error', { cause: error });
    return resources.map(() => failure);
  }
}
