import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { bearerChallenge } from '#model/challenge.ts';
import type { Principal } from '#model/principal.ts';

const SCOPE = 'graphql:write';

/** @throws {GraphQLError} FORBIDDEN with HTTP status 403 and a challenge (RFC 6750 §3.1) where the credential lacks the scope */
export function checkMutation({ name, scopes }: Pick<Principal, 'name' | 'scopes'>): void {
  if (scopes.has(SCOPE)) return;
  const message = `the token "${name}" lacks the scope ${SCOPE}`;
  const challenge = bearerChallenge('insufficient_scope', { scope: SCOPE, description: message });
  const http = { status: 403, headers: new HeaderMap([['www-authenticate', challenge]]) };
  throw new GraphQLError(message, { extensions: { code: 'FORBIDDEN', http } });
}
