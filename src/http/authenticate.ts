import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { bearerChallenge } from '#model/challenge.ts';
import type { Principal } from '#model/principal.ts';

/** A credential as configuration holds it: the token itself is nowhere. */
export interface TokenRecord {
  /** Lower-case hex SHA-256 of the token. */
  readonly sha256: string;
  readonly principal: Principal;
  readonly expires?: Date;
  /** The token may also be all that the header holds, as Okta's header authentication sends what was pasted into its field. */
  readonly raw?: boolean;
}

export interface Refused {
  readonly status: 400 | 401;
  readonly detail: string;
  /** The value of `WWW-Authenticate`, RFC 6750 §3. */
  readonly challenge: string;
}

/** Where a request has its credential. */
export type Credentials = Pick<IncomingMessage, 'headers' | 'rawHeaders'>;

export type Authenticate = (request: Credentials) => Principal | Refused;

const FORM = 'the Authorization header is not of the form "Bearer <token>"';

/** Reads the `Authorization` header. A token is looked up by its hash, so that the time it takes tells nothing about any token. */
export function openAuthenticator(records: readonly TokenRecord[], now: () => number = Date.now): Authenticate {
  const byHash = new Map(records.map((record) => [record.sha256, withExpiry(record)]));
  return ({ headers: { authorization }, rawHeaders }) => {
    if (authorization === undefined) return uncredited('send the token as "Authorization: Bearer <token>"');
    if (isSentTwice(rawHeaders)) return repeated();
    const bearer = bearerToken(authorization);
    const token = bearer ?? authorization.trim();
    if (bearer === undefined && /\s/.test(token)) return uncredited(FORM);
    const record = byHash.get(hash('sha256', token));
    if (record === undefined) {
      return invalid(bearer === undefined ? FORM : 'the token is not known here: check that it was pasted whole');
    }
    const { principal, expires, raw } = record;
    if (bearer === undefined && !raw) {
      return invalid(`${FORM}; tenants.${principal.tenant}.rawTokens would admit the token without "Bearer"`);
    }
    if (expires !== undefined && expires.getTime() <= now()) {
      return invalid(`the token "${principal.name}" expired on ${expires.toISOString()}: issue a new one`);
    }
    return principal;
  };
}

/** Answers that last longer than the look-up end with the credential. */
function withExpiry(record: TokenRecord): TokenRecord {
  const { principal, expires } = record;
  return expires === undefined ? record : { ...record, principal: { ...principal, expires } };
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

/** Node keeps the first of several and says nothing; which one a proxy in front has looked at nobody knows. */
function isSentTwice(rawHeaders: readonly string[]): boolean {
  let seen = false;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length !== 13 || name.toLowerCase() !== 'authorization') continue;
    if (seen) return true;
    seen = true;
  }
  return false;
}

/** No bearer credential at all: none, or one of another scheme. */
function uncredited(detail: string): Refused {
  return { status: 401, detail, challenge: bearerChallenge() };
}

function repeated(): Refused {
  const detail = 'the request has more than one Authorization header; send one';
  return { status: 400, detail, challenge: bearerChallenge('invalid_request', { description: detail }) };
}

function invalid(detail: string): Refused {
  return { status: 401, detail, challenge: bearerChallenge('invalid_token', { description: detail }) };
}
