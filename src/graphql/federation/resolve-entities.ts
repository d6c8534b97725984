import type { GraphQLResolveInfo } from 'graphql';
import type { Session } from '#core/session.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { GraphqlContext } from '../context.ts';
import { openWalk } from '../expand/expand.ts';
import { MAX_FIRST } from '../expand/paging.ts';
import type { Place } from '../expand/place.ts';
import { failureOf } from '../failure-of.ts';
import type { FieldMap } from '../fields/field.ts';
import { type Reference, readReference } from './read-reference.ts';

/**
 * What a router asks for: resources of any type by any key, in order; null where there is none, an error where an entry makes no
 * sense or could not be read. One adapter call per type and key, however many there are.
 * @throws {GraphQLError} BAD_USER_INPUT for more than 1,000
 */
export async function resolveEntities(
  fields: FieldMap,
  representations: readonly unknown[],
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<readonly (Place | Error | null)[]> {
  if (representations.length > MAX_FIRST) {
    const figures = { limit: MAX_FIRST, actual: representations.length };
    throw badUserInput(`_entities: ${figures.actual} representations; at most ${MAX_FIRST} at a time`, figures);
  }
  const read = representations.map((each, at) => readReference(fields, each, at));
  const found = await Promise.all(
    read.map((each) => (each instanceof Error ? each : load(context.session, each).catch(failureOf))),
  );
  const places = await openWalk(fields, context, info).expand(found.filter(isResource), info.fieldNodes);
  const rest = places.values();
  return found.map((each) => (isResource(each) ? (rest.next().value ?? null) : each));
}

async function load({ loaders }: Session, { type, key, value }: Reference): Promise<StoredResource | null> {
  const { resourceType } = type;
  if (key.attribute === 'id') return loaders.resource(resourceType).load(value as ResourceId);
  return loaders.byKey(resourceType, key.attribute).load(value);
}

function isResource(value: StoredResource | Error | null): value is StoredResource {
  return value !== null && !(value instanceof Error);
}
