import type { GraphQLResolveInfo } from 'graphql';
import type { Principal } from '#model/principal.ts';
import type { GraphqlContext } from '../../context.ts';
import { named } from '../../expand/connection-selection.ts';
import { openWalk } from '../../expand/expand.ts';
import type { Place } from '../../expand/place.ts';
import { selectedFields } from '../../expand/selection.ts';
import { failureOf } from '../../failure-of.ts';
import { type FieldMap, personTypeOf } from '../../fields/field.ts';

/** The credential with the person behind it; an error stands for the person alone. */
export interface ViewerSource {
  readonly principal: Principal;
  readonly user: Place | Error | null;
}

/** One look-up where the person is asked for, and nothing otherwise. */
export async function resolveViewer(
  fields: FieldMap,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<ViewerSource> {
  const user = await loadUser(fields, context, info).catch(failureOf);
  return { principal: context.principal, user };
}

async function loadUser(fields: FieldMap, context: GraphqlContext, info: GraphQLResolveInfo): Promise<Place | null> {
  const { session, principal } = context;
  const walk = openWalk(fields, context, info);
  const nodes = named(selectedFields(walk, 'Viewer', info.fieldNodes), 'user');
  const type = personTypeOf(fields);
  if (nodes.length === 0 || type === undefined || principal.user === undefined) return null;
  const found = await session.self();
  const [place = null] = found === null ? [] : await walk.expand([found], nodes);
  return place;
}
