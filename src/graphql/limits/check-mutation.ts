import { HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { bearerChallenge } from '#model/challenge.ts';
import type { Principal } from '#model/principal.ts';

const SCOPE = 'graphql:write';

/**
 * Whether mutations may be asked for at all.
 * @throws {GraphQLError} READ_ONLY with HTTP status 400 where the tenant's schema has none, FORBIDDEN with 403 and a challenge
 *   (RFC 6750 §3.1) where the credential lacks the scope
 */
export function checkMutation(schema: GraphQLSchema, { name, scopes }: Pick<Principal, 'name' | 'scopes'>): void {
  if (!schema.getMutationType()) {
    throw refusal('READ_ONLY', 400, "the tenant's data is not changed over GraphQL; change it at its source");
  }
  if (scopes.has(SCOPE)) return;
  const message = `the token "${name}" lacks the scope ${SCOPE}`;
  const challenge = bearerChallenge('insufficient_scope', { scope: SCOPE, description: message });
  throw refusal('FORBIDDEN', 403, message, new HeaderMap([['www-authenticate', challenge]]));
}

function refusal(code: string, status: number, message: string, headers = new HeaderMap()): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, headers } } });
}
