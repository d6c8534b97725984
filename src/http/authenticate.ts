import { hash } from 'node:crypto';
import type { Principal } from '#model/principal.ts';

/** A credential as configuration holds it: the token itself is nowhere. */
export interface TokenRecord {
  /** Lower-case hex SHA-256 of the token. */
  readonly sha256: string;
  readonly principal: Principal;
  readonly expires?: Date;
}

export interface Refused {
  readonly detail: string;
  /** The value of `WWW-Authenticate`, RFC 6750 §3. */
  readonly challenge: string;
}

const REALM = 'Bearer realm="portico"';

/** Reads an `Authorization` header. A token is looked up by its hash, so that the time it takes tells nothing about any token. */
export function openAuthenticator(
  records: readonly TokenRecord[],
  now: () => number = Date.now,
): (authorization: string | undefined) => Principal | Refused {
  const byHash = new Map(records.map((record) => [record.sha256, record]));
  return (authorization) => {
    if (authorization === undefined) {
      return { detail: 'send the token as "Authorization: Bearer <token>"', challenge: REALM };
    }
    const token = bearerToken(authorization);
    if (token === undefined) {
      return invalid('the Authorization header is not of the form "Bearer <token>"');
    }
    const record = byHash.get(hash('sha256', token));
    if (record === undefined) return invalid('the token is not known here: check that it was pasted whole');
    if (record.expires !== undefined && record.expires.getTime() <= now()) {
      return invalid(
        `the token "${record.principal.name}" expired on ${record.expires.toISOString()}: issue a new one`,
      );
    }
    return record.principal;
  };
}

export function isRefused(result: Principal | Refused): result is Refused {
  return 'challenge' in result;
}

function bearerToken(authorization: string): string | undefined {
  const scheme = authorization.slice(0, 7);
  if (scheme !== 'Bearer ' && scheme.toLowerCase() !== 'bearer ') return undefined;
  const token = authorization.slice(7).trim();
  return token.length > 0 ? token : undefined;
}

/** A token's name may hold what RFC 6750 §3 keeps out of the description, and Node out of every header. */
function invalid(detail: string): Refused {
  const description = detail.replaceAll('"', "'").replace(/[^\x20-\x5b\x5d-\x7e]/g, '?');
  return { detail, challenge: `${REALM}, error="invalid_token", error_description="${description}"` };
}
