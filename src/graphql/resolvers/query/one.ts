import type { GraphQLResolveInfo } from 'graphql';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { badUserInput } from '../../bad-user-input.ts';
import type { GraphqlContext } from '../../context.ts';
import type { Place } from '../../expand/place.ts';
import type { FieldMap, TypeFields } from '../../fields/field.ts';
import type { Where } from '../../where/where.ts';
import { expandSome } from './root-field.ts';

/** The resource that `by` names; null where there is none. */
export async function resolveOne(
  fields: FieldMap,
  type: TypeFields,
  by: Where,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<Place | null> {
  const [place = null] = await expandSome(fields, [await lookUp(type, by, context)], context, info);
  return place;
}

async function lookUp(type: TypeFields, by: Where, { session }: GraphqlContext): Promise<StoredResource | null> {
  const [[name, value] = ['id', '']] = Object.entries(by);
  const text = String(value);
  if (name === 'id') return session.loaders.resource(type.resourceType).load(text as ResourceId);
  const lookup = type.lookups.find((each) => each.name === name);
  if (lookup === undefined) throw new Error(`the schema has ${type.name}By.${name}, the field map has not`);
  if (lookup.unique) return session.loaders.byKey(type.resourceType, lookup.attribute).load(text);
  const [found = []] = await session.byKeys(type.resourceType, lookup.attribute, [text]);
  if (found.length > 1) {
    throw badUserInput(`${type.one}: ${found.length} have this ${name}; ask ${type.many} for all of them`);
  }
  return found[0] ?? null;
}
