import type { ResourceId } from '#model/resource.ts';
import { resolveEntities } from '../federation/resolve-entities.ts';
import type { FieldMap } from '../fields/field.ts';
import { resolveSearch } from '../search/resolve-search.ts';
import type { Where } from '../where/where.ts';
import { resolveChanges } from './query/changes.ts';
import { resolveCheckMembership } from './query/check-membership.ts';
import { resolveMany } from './query/many.ts';
import { resolveNodes } from './query/nodes.ts';
import { resolveOne } from './query/one.ts';
import { once, type RootResolver } from './query/root-field.ts';
import { resolveSchema } from './query/schema.ts';
import { resolveViewer } from './query/viewer.ts';

/** The fields of Query. */
export function queryResolvers(fields: FieldMap): { readonly [field: string]: RootResolver } {
  const resolvers: { [field: string]: RootResolver } = {
    node: once(
      async ({ id }, context, info) => (await resolveNodes(fields, [id as ResourceId], context, info))[0] ?? null,
    ),
    changes: once((args, context, info) => resolveChanges(fields, args, context, info)),
    nodes: once(({ ids }, context, info) => resolveNodes(fields, ids as readonly ResourceId[], context, info)),
    schema: once(resolveSchema),
    search: once((args, context, info) => resolveSearch(fields, args, context, info)),
    viewer: once((_args, context, info) => resolveViewer(fields, context, info)),
    _entities: once(({ representations }, context, info) =>
      resolveEntities(fields, representations as readonly unknown[], context, info),
    ),
    _service: once(async () => ({})),
    checkMembership: once(resolveCheckMembership),
  };
  for (const type of fields.types) {
    resolvers[type.one] = once(({ by }, context, info) => resolveOne(fields, type, by as Where, context, info));
    resolvers[type.many] = once((args, context, info) => resolveMany(fields, type, args, context, info));
  }
  return resolvers;
}
