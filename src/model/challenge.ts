const REALM = 'Bearer realm="portico"';

export interface ChallengeFacts {
  /** What a developer of the client reads; whatever RFC 6750 §3 keeps out of a description is replaced. */
  readonly description?: string;
  /** The scope that is missing. */
  readonly scope?: string;
}

/**
 * The value of a `WWW-Authenticate` header, RFC 6750 §3. A request without any bearer credential is told no error (§3.1).
 */
export function bearerChallenge(
  error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope',
  { description, scope }: ChallengeFacts = {},
): string {
  if (error === undefined) return REALM;
  const scoped = scope === undefined ? '' : `, scope="${scope}"`;
  const described = description === undefined ? '' : `, error_description="${printable(description)}"`;
  return `${REALM}, error="${error}"${scoped}${described}`;
}

/** A token's name may hold what RFC 6750 §3 keeps out of the description, and Node out of every header. */
function printable(text: string): string {
  return text.replaceAll('"', "'").replace(/[^\x20-\x5b\x5d-\x7e]/g, '?');
}
