import { type FieldMap, personTypeOf } from '../fields/field.ts';
import type { ViewerResolvers } from '../generated/resolvers.ts';
import type { ViewerSource } from './query/viewer.ts';

/** `user` exists where the registry has people. */
export function viewerResolvers(fields: FieldMap) {
  const own = {
    name: ({ principal }) => principal.name,
    tenant: ({ principal }) => principal.tenant,
    scopes: ({ principal }) => [...principal.scopes],
  } satisfies ViewerResolvers;
  return personTypeOf(fields) === undefined ? own : { ...own, user: ({ user }: ViewerSource) => user };
}
