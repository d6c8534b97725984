import { storedOf } from '../expand/place.ts';
import type { SourceResolvers, UserResolvers } from '../generated/resolvers.ts';

/** What is known of a resource beside its attributes; every resource type has these fields, as User has them. */
export const provenanceResolvers = {
  etag: (place, _args, { settings }) => (settings.versions ? `W/"${storedOf(place).version}"` : null),
  created: (place) => storedOf(place).createdAt.toISOString(),
  lastModified: (place) => storedOf(place).modifiedAt.toISOString(),
  source: (_place, _args, { settings }) => settings,
} satisfies UserResolvers;

export const sourceResolvers: SourceResolvers = { backend: ({ backend }) => backend };
