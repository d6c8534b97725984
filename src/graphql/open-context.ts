import { asDirectoryError, retryAfterSeconds } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';
import type { Admitted, GraphqlContext } from './context.ts';
import type { GraphqlTenant } from './graphql-face.ts';
import { HttpRefusal } from './http/http-refusal.ts';

/**
 * What resolvers see of an admitted request.
 * @throws {HttpRefusal} 503 where the tenant cannot be served at the moment
 */
export function openContext(tenantNamed: (tenant: TenantId) => GraphqlTenant, admitted: Admitted): GraphqlContext {
  const { call, principal, outcome, baseUrl } = admitted;
  try {
    const { session, settings } = tenantNamed(principal.tenant);
    return { call, principal, outcome, baseUrl, session: session(call, principal), settings, roots: new Map() };
  } catch (error) {
    const known = asDirectoryError(error);
    if (known?.code !== 'UNAVAILABLE') throw error;
    throw new HttpRefusal(503, known.code, known.message, {
      headers: { 'Retry-After': String(retryAfterSeconds(known)) },
    });
  }
}
