import type { GraphQLResolveInfo } from 'graphql';
import { allOf } from '#core/filter/combine.ts';
import type { Filter, Sort } from '#model/filter.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { GraphqlContext } from '../context.ts';
import { connectionSelection } from '../expand/connection-selection.ts';
import { openWalk } from '../expand/expand.ts';
import { checkFirst, MAX_FIRST } from '../expand/paging.ts';
import type { Connection, Place } from '../expand/place.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import type { Where } from '../where/where.ts';
import { whereToFilter } from '../where/where-to-filter.ts';

type Args = { readonly [name: string]: unknown };
type Resolve = (args: Args, context: GraphqlContext, info: GraphQLResolveInfo) => Promise<unknown>;
type RootResolver = (root: unknown, ...rest: Parameters<Resolve>) => Promise<unknown>;

/** The fields of Query: the only ones that wait; what lies below them is loaded before they answer. */
export function queryResolvers(fields: FieldMap): { readonly [field: string]: RootResolver } {
  const resolvers: { [field: string]: RootResolver } = {
    node: once(async ({ id }, context, info) => (await nodes(fields, [id as ResourceId], context, info))[0] ?? null),
    nodes: once(({ ids }, context, info) => nodes(fields, ids as readonly ResourceId[], context, info)),
  };
  for (const type of fields.types) {
    resolvers[type.one] = once(({ by }, context, info) => one(fields, type, by as Where, context, info));
    resolvers[type.many] = once((args, context, info) => many(fields, type, args, context, info));
  }
  return resolvers;
}

/** An answer that cannot be given plainly is begun again by graphql-js, which then finds what is already there. */
function once(resolve: Resolve): RootResolver {
  return (_root, args, context, info) => {
    const { key } = info.path;
    const known = context.roots.get(key);
    if (known !== undefined) return known;
    const value = resolve(args, context, info);
    context.roots.set(key, value);
    return value;
  };
}

/** Ids are unique within a tenant, so every type is asked for all of them: one backend call per type. */
async function nodes(
  fields: FieldMap,
  ids: readonly ResourceId[],
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<readonly (Place | null)[]> {
  if (ids.length > MAX_FIRST) throw badUserInput(`nodes: at most ${MAX_FIRST} ids at a time`);
  const { loaders } = context.session;
  const answers = await Promise.all(
    fields.types.map(({ resourceType }) => Promise.all(ids.map((id) => loaders.resource(resourceType).load(id)))),
  );
  const found = ids.map((_, index) => answers.map((answer) => answer[index]).find((resource) => resource) ?? null);
  return expandSome(fields, found, context, info);
}

async function expandSome(
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

async function one(
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

async function many(
  fields: FieldMap,
  type: TypeFields,
  args: Args,
  context: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<Connection> {
  const { session } = context;
  const walk = openWalk(fields, context, info);
  const selection = connectionSelection(walk, `${type.name}Connection`, info.fieldNodes);
  const filter = filterOf(type, args, context);
  const sort = sortOf(type, args['orderBy'], context);
  const first = checkFirst(args['first'], type.many);
  const { after } = args;
  const { items, nextCursor, hasPrevious, cursorAfter, ...page } = await session.findByCursor(type.resourceType, {
    ...(filter && { filter }),
    ...(sort && { sort }),
    ...(typeof after === 'string' && { cursor: after }),
    limit: selection.onlyTotal ? 0 : first,
    sameLimit: false,
    total: selection.total,
    positions: selection.positions,
  });
  const places = await walk.expand(items, selection.nodes);
  return {
    ...page,
    places,
    hasNextPage: nextCursor !== undefined,
    hasPreviousPage: hasPrevious,
    cursorOf: cursorAfter,
  };
}

function filterOf(type: TypeFields, { where, filter }: Args, { session }: GraphqlContext): Filter | undefined {
  const parts = [
    where ? whereToFilter(type, where as Where) : undefined,
    typeof filter === 'string' ? session.filter(type.resourceType, filter) : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : allOf(parts);
}

function sortOf(type: TypeFields, orderBy: unknown, { session }: GraphqlContext): Sort | undefined {
  if (!Array.isArray(orderBy) || orderBy.length === 0) return undefined;
  if (orderBy.length > 1) throw badUserInput('orderBy: resources are ordered by one field; give one entry');
  const { field, direction } = orderBy[0] as { readonly field: string; readonly direction: 'ASC' | 'DESC' };
  const path = type.orderBy.get(field);
  if (path === undefined) throw new Error(`the schema has ${type.name}OrderField.${field}, the field map has not`);
  return session.sort(type.resourceType, path, direction === 'ASC' ? 'ascending' : 'descending');
}
