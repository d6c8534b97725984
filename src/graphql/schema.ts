import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { Place } from './expand/place.ts';
import type { FieldMap } from './fields/field.ts';
import type { Naming } from './fields/naming.ts';
import { markHideable } from './policy/mark-hideable.ts';
import { attributeResolvers, type ResolverMap } from './resolvers/attribute-resolvers.ts';
import { changeResolvers } from './resolvers/change-resolvers.ts';
import {
  connectionResolvers,
  edgeResolvers,
  linkEdgeResolvers,
  pageInfoResolvers,
} from './resolvers/connection-resolvers.ts';
import { membershipCheckResolvers, membershipResultResolvers } from './resolvers/membership-resolvers.ts';
import { metaResolvers } from './resolvers/meta-resolvers.ts';
import type { MutationError } from './resolvers/mutation/mutation-errors.ts';
import { mutationResolvers } from './resolvers/mutation-resolvers.ts';
import { sourceResolvers } from './resolvers/provenance-resolvers.ts';
import { queryResolvers } from './resolvers/query-resolvers.ts';
import { scalarResolvers } from './resolvers/scalars.ts';
import { schemaResolvers } from './resolvers/schema-resolvers.ts';
import { resourceChanged } from './resolvers/subscription/resource-changed.ts';
import { viewerResolvers } from './resolvers/viewer-resolvers.ts';
import { type GeneratedSdl, generateSdl } from './sdl/generate-sdl.ts';
import { searchHitResolvers } from './search/resolve-search.ts';
import type { SchemaOptions } from './settings.ts';

/** The executable schema of a registry. */
export function openSchema(registry: SchemaRegistry, naming?: Naming, options: SchemaOptions = {}): GraphQLSchema {
  const generated = generateSdl(registry, naming, options);
  const { fields, document } = generated;
  const resolvers = { ...resolversOf(generated), ...(options.mutations !== false && writesOf(fields)) };
  const schema = buildSubgraphSchema([{ typeDefs: document, resolvers }]);
  markHideable(schema, fields);
  return schema;
}

/** The type is there only where there is a mutation to stand in it. */
function writesOf(fields: FieldMap) {
  const mutations = mutationResolvers(fields);
  const byTypeName = { __resolveType: ({ __typename }: MutationError) => __typename };
  return { MutationError: byTypeName, ...(Object.keys(mutations).length > 0 && { Mutation: mutations }) };
}

function resolversOf(generated: GeneratedSdl) {
  const { fields } = generated;
  const names = new Map(fields.types.map(({ name, resourceType }) => [resourceType.name, name]));
  const byResource = { __resolveType: ({ resource }: Place) => names.get(resource.type) };
  const ofTypes: readonly ResolverMap[] = fields.types.flatMap((type) => [
    attributeResolvers(type),
    { [`${type.name}Edge`]: edgeResolvers, [`${type.name}Connection`]: connectionResolvers },
    ...type.loaded.map((field) => field.resolvers?.(type.name) ?? {}),
  ]);
  const ofMembership = {
    Member: byResource,
    MemberEdge: linkEdgeResolvers,
    MemberConnection: connectionResolvers,
    MembershipEdge: linkEdgeResolvers,
    MembershipConnection: connectionResolvers,
  };
  return Object.assign(
    {
      ...scalarResolvers,
      ...changeResolvers,
      ...schemaResolvers,
      Node: byResource,
      Resource: byResource,
      _Entity: byResource,
      _Service: { sdl: () => generated.sdl },
      Meta: metaResolvers(fields),
      PageInfo: pageInfoResolvers,
      Source: sourceResolvers,
      SearchHit: searchHitResolvers,
      Viewer: viewerResolvers(fields),
      MembershipCheck: membershipCheckResolvers,
      MembershipResult: membershipResultResolvers,
      Query: queryResolvers(fields),
      Subscription: { resourceChanged: resourceChanged(fields) },
    },
    fields.membership && ofMembership,
    ...ofTypes,
  );
}
