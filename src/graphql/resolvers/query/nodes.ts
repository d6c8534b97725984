import type { GraphQLResolveInfo } from 'graphql';
import type { ResourceId } from '#model/resource.ts';
import { badUserInput } from '../../bad-user-input.ts';
import type { GraphqlContext } from '../../context.ts';
import { MAX_FIRST } from '../../expand/paging.ts';
import type { Place } from '../../expand/place.ts';
import type { FieldMap } from '../../fields/field.ts';
import { expandSome } from './root-field.ts';

/** Ids are unique within a tenant, so every type is asked for all of them: one backend call per type. */
export async function resolveNodes(
  fields: FieldMap,
  ids: readonly ResourceId[],
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<readonly (Place | null)[]> {
  if (ids.length > MAX_FIRST) {
    const figures = { limit: MAX_FIRST, actual: ids.length };
    throw badUserInput(`nodes: at most ${MAX_FIRST} ids at a time, got ${ids.length}; ask in several queries`, figures);
  }
  const { loaders } = context.session;
  const answers = await Promise.all(
    fields.types.map(({ resourceType }) => Promise.all(ids.map((id) => loaders.resource(resourceType).load(id)))),
  );
  const found = ids.map((_, index) => answers.map((answer) => answer[index]).find((resource) => resource) ?? null);
  return expandSome(fields, found, context, info);
}
