import type { FieldNode } from 'graphql';
import { failureOf } from '../failure-of.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import { named } from './connection-selection.ts';
import type { LoadedField, LoadRequest } from './loaded-field.ts';
import type { KnownResource, Place } from './place.ts';
import { requestsOf, selectedFields } from './selection.ts';
import type { Walk } from './walk.ts';

/**
 * Loads what a selection asks of other resources, level by level and for all resources of a list at once, so that the number of
 * backend calls follows from the query alone. A failed load rejects nothing: its error stands where the field's value would. Past the limit
 * of resources everything is rejected, so that no more is loaded.
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
  walk.context.budget.takeEdges(resources.length);
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
  const related = new Map<FieldNode, readonly unknown[]>();
  if (type === undefined || parents.length === 0) return related;
  const fields = selectedFields(walk, type.name, parents);
  const loads = type.loaded.flatMap((field) =>
    requestsOf(walk, type.name, named(fields, field.name)).map(async ({ nodes, args }) => {
      const values = await loadField(field, { walk, type, resources, nodes, args });
      for (const node of nodes) related.set(node, values);
    }),
  );
  await Promise.all(loads);
  return related;
}

async function loadField(field: LoadedField, request: LoadRequest): Promise<readonly unknown[]> {
  const { visibility } = request.walk.context.session;
  if (field.edge !== undefined && visibility?.hidesEdge(field.edge)) return request.resources.map(() => null);
  try {
    return await field.load(request);
  } catch (error) {
    const failure = failureOf(error);
    return request.resources.map(() => failure);
  }
}
