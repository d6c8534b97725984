import type { StoredResource } from '#model/resource.ts';
import type { FieldMap } from '../fields/field.ts';
import type { MetaResolvers } from '../generated/resolvers.ts';

export type MetaSource = StoredResource;

/** The same values as SCIM's `meta`, RFC 7643 §3.1. */
export function metaResolvers({ types }: FieldMap): MetaResolvers {
  const endpoints = new Map(types.map(({ resourceType }) => [resourceType.name, resourceType.endpoint]));
  return {
    resourceType: ({ type }) => type,
    created: ({ createdAt }) => createdAt.toISOString(),
    lastModified: ({ modifiedAt }) => modifiedAt.toISOString(),
    location: ({ type, id }, _args, { baseUrl }) =>
      `${baseUrl}/scim/v2${endpoints.get(type)}/${encodeURIComponent(id)}`,
    version: ({ version }) => `W/"${version}"`,
  };
}
