import { SCOPES } from '#model/principal.ts';
import type { Mapping } from './mapping.ts';
import type { Environment } from './secret.ts';
import { mintToken, tokenSha256 } from './token.ts';

/** What Portico runs with when nobody has configured it: one tenant in memory and one token that may do everything. */
export function developmentConfig(env: Environment): { readonly raw: Mapping; readonly token: string } {
  const token = env['PORTICO_TOKEN'] || mintToken();
  const entry = { name: 'development', tenant: 'default', scopes: SCOPES, sha256: tokenSha256(token) };
  return { raw: { auth: { tokens: [entry] } }, token };
}
