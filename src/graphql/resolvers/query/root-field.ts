import type { GraphQLResolveInfo } from 'graphql';
import type { StoredResource } from '#model/resource.ts';
import type { GraphqlContext } from '../../context.ts';
import { openWalk } from '../../expand/expand.ts';
import type { Place } from '../../expand/place.ts';
import type { FieldMap } from '../../fields/field.ts';
import { withinDeadline } from '../../limits/deadline.ts';

export type Args = { readonly [name: string]: unknown };

/** A field of Query: the only fields that wait; what lies below them is loaded before they answer. */
export type RootField = (args: Args, context: GraphqlContext, info: GraphQLResolveInfo) => Promise<unknown>;

export type RootResolver = (root: unknown, ...rest: Parameters<RootField>) => Promise<unknown>;

/** An answer that cannot be given plainly is begun again by graphql-js, which then finds what is already there. */
export function once(resolve: RootField): RootResolver {
  return (_root, args, context, info) => {
    const { key } = info.path;
    const known = context.roots.get(key);
    if (known !== undefined) return known;
    const value = withinDeadline(context, resolve(args, asFreshAs(args['consistency'], context), info));
    context.roots.set(key, value);
    return value;
  };
}

/** What is loaded on the primary is never shared with what a cache may answer. */
function asFreshAs(consistency: unknown, context: GraphqlContext): GraphqlContext {
  return consistency === 'PRIMARY' ? { ...context, session: context.session.onPrimary } : context;
}

/** Resources, in order, with what the selection asks of them; null stays null. */
export async function expandSome(
  fields: FieldMap,
  found: readonly (StoredResource | null)[],
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<readonly (Place | null)[]> {
  const walk = openWalk(fields, context, info);
  const places = [
    ...(await walk.expand(
      found.filter((resource) => resource !== null),
      info.fieldNodes,
    )),
  ];
  return found.map((resource) => (resource === null ? null : (places.shift() ?? null)));
}
