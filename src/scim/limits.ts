/** What a tenant's clients may ask for at once; ServiceProviderConfig announces what is enforced. */
export interface Limits {
  /** Resources on a page where a client names no `count`. */
  readonly defaultPageSize: number;
  /** A larger `count` is cut down to it, RFC 7644 §3.4.2.4. */
  readonly maxPageSize: number;
  /** Members of all groups of a page together; past it the page is refused with `tooMany`. */
  readonly maxMembers: number;
  /** How long a cursor opens, RFC 9865 §4. */
  readonly cursorTimeoutSeconds: number;
  /** Of one bulk request, RFC 7644 §3.7.4; none at all switches bulk off. */
  readonly bulkMaxOperations: number;
  readonly bulkMaxPayloadBytes: number;
}

/** Okta asks for 100 resources at a time, and the interoperability profile wants as many by default. */
export const DEFAULT_LIMITS: Limits = {
  defaultPageSize: 100,
  maxPageSize: 200,
  maxMembers: 200_000,
  cursorTimeoutSeconds: 3_600,
  bulkMaxOperations: 1_000,
  bulkMaxPayloadBytes: 4 * 1_048_576,
};

export interface BulkLimits {
  readonly maxOperations: number;
  readonly maxPayloadBytes: number;
}

/** What a bulk request may have; undefined where bulk is off. No body is longer than the server takes. */
export function bulkLimitsOf(
  { bulkMaxOperations, bulkMaxPayloadBytes }: Limits,
  bodyLimitBytes: number,
): BulkLimits | undefined {
  if (bulkMaxOperations === 0) return undefined;
  return { maxOperations: bulkMaxOperations, maxPayloadBytes: Math.min(bulkMaxPayloadBytes, bodyLimitBytes) };
}
