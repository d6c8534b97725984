import type { Principal } from '#model/principal.ts';
import type { GraphqlSettings } from './settings.ts';

/** What everyone is told who asks for the schema, in whichever form, and may not read it. */
export const SCHEMA_IS_HIDDEN =
  'this credential may not read the schema; ask the operator for graphql.introspection or for a token with the scope that it names';

/** Whether a caller may read the schema: introspection, its SDL, whatever tells more of it than his own queries do. */
export function mayReadSchema(
  { introspection }: Pick<GraphqlSettings, 'introspection'>,
  { scopes }: Pick<Principal, 'scopes'>,
): boolean {
  return typeof introspection === 'boolean' ? introspection : scopes.has(introspection);
}
