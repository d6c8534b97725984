import type { GraphQLResolveInfo } from 'graphql';
import { allOf } from '#core/filter/combine.ts';
import type { Filter, Sort } from '#model/filter.ts';
import { badUserInput } from '../../bad-user-input.ts';
import type { GraphqlContext } from '../../context.ts';
import { connectionSelection } from '../../expand/connection-selection.ts';
import { openWalk } from '../../expand/expand.ts';
import { oncePerPosition } from '../../expand/once-per-position.ts';
import { pageAsked } from '../../expand/paging.ts';
import type { Connection } from '../../expand/place.ts';
import type { FieldMap, TypeFields } from '../../fields/field.ts';
import { MAX_ORDERS } from '../../sdl/queries.ts';
import { whereToFilter } from '../../where/where-to-filter.ts';
import type { Args } from './root-field.ts';

interface OrderBy {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

/** A page of the resources of one type. */
export async function resolveMany(
  fields: FieldMap,
  type: TypeFields,
  args: Args,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<Connection> {
  const { session } = context;
  const walk = openWalk(fields, context, info);
  const selection = connectionSelection(walk, `${type.name}Connection`, info.fieldNodes);
  const { filter, name } = await filterOf(fields, type, args, context);
  const [sort, ...thenBy] = sortsOf(type, args['orderBy'], context);
  const { limit, backward, cursor } = pageAsked(args, type.many);
  const { items, hasNext, hasPrevious, cursorAfter, ...page } = await session.findByCursor(type.resourceType, {
    ...(filter && { filter }),
    ...(name && { name }),
    ...(sort && { sort, thenBy }),
    ...(cursor !== undefined && { cursor }),
    ...(backward && { backward }),
    limit: selection.onlyTotal ? 0 : limit,
    sameLimit: false,
    total: selection.total,
    positions: selection.positions,
    cursorsAround: false,
  });
  const places = await walk.expand(items, selection.nodes);
  return {
    ...page,
    places,
    hasNextPage: hasNext,
    hasPreviousPage: hasPrevious,
    cursorOf: oncePerPosition(cursorAfter),
  };
}

/** What is looked for, and where it may be other ids on the next page, the name that it has in cursors. */
async function filterOf(
  fields: FieldMap,
  type: TypeFields,
  { where, filter }: Args,
  { session }: GraphqlContext,
): Promise<{ readonly filter?: Filter; readonly name?: string }> {
  const text = typeof filter === 'string' ? session.filter(type.resourceType, filter) : undefined;
  const typed = where ? await whereToFilter(fields, session, type, where) : undefined;
  const parts = [typed?.filter, text].filter((part) => part !== undefined);
  return {
    ...(parts.length > 0 && { filter: allOf(parts) }),
    ...(typed?.searched && { name: `where ${JSON.stringify([where, filter])}` }),
  };
}

function sortsOf(type: TypeFields, orderBy: unknown, { session }: GraphqlContext): readonly Sort[] {
  if (!Array.isArray(orderBy)) return [];
  if (orderBy.length > MAX_ORDERS) {
    const figures = { limit: MAX_ORDERS, actual: orderBy.length };
    throw badUserInput(`orderBy: give at most ${MAX_ORDERS} entries, got ${orderBy.length}`, figures);
  }
  return (orderBy as readonly OrderBy[]).map(({ field, direction }) => {
    const path = type.orderBy.get(field);
    if (path === undefined) throw new Error(`the schema has ${type.name}OrderField.${field}, the field map has not`);
    return session.sort(type.resourceType, path, direction === 'ASC' ? 'ascending' : 'descending');
  });
}
