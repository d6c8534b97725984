/** The only list of error codes; each face maps every code (exhaustive records), docs/errors.md is tested against it. */
export type ErrorCode =
  | 'NOT_FOUND'
  | 'UNIQUENESS'
  | 'VERSION_MISMATCH'
  | 'MUTABILITY'
  | 'INVALID_VALUE'
  | 'INVALID_SYNTAX'
  | 'INVALID_PATH'
  | 'NO_TARGET'
  | 'INVALID_FILTER'
  | 'INVALID_CURSOR'
  | 'EXPIRED_CURSOR'
  | 'INVALID_COUNT'
  | 'TOO_MANY'
  | 'TOO_LARGE'
  | 'SENSITIVE'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'UNSUPPORTED'
  | 'READ_ONLY'
  | 'CYCLE'
  /** Nothing was written; trying again may work. */
  | 'UNAVAILABLE'
  /** The deadline passed before anything was sent. */
  | 'TIMEOUT'
  /** The write may have happened; resolved by core (by the id it assigned) or by the adapter (where the backend assigns ids) before the client is answered. Every other code means that nothing is left behind. */
  | 'OUTCOME_UNKNOWN';

/** One fault of a body: where, what was expected, what came (never a secret), what to do. */
export interface Fault {
  readonly path: string;
  readonly expected: string;
  readonly got?: string;
  readonly remedy?: string;
}

/** The only error that crosses a layer; recognised by `code`, since a third-party adapter may load its own copy. Anything else is a bug: 500 without detail. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];
  /** Ids at fault: members that do not exist, the holder of a taken name. */
  readonly ids: readonly string[];
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    detail: string,
    options: ErrorOptions & { faults?: readonly Fault[]; ids?: readonly string[]; retryAfterMs?: number } = {},
  ) {
    super(detail, options);
    this.code = code;
    this.faults = options.faults ?? [];
    this.ids = options.ids ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Of an OUTCOME_UNKNOWN: its time ran out, so that the backend may be at it still, and not finding it proves nothing. */
export function mayYetHappen({ cause }: DirectoryError): boolean {
  return asDirectoryError(cause)?.code === 'TIMEOUT';
}

const RETRY_AFTER_SECONDS = 5;

/** How long a client is told to wait before it tries again, in whole seconds: what the backend asks for, at least one. */
export function retryAfterSeconds({ retryAfterMs }: DirectoryError): number {
  return retryAfterMs === undefined ? RETRY_AFTER_SECONDS : Math.max(1, Math.ceil(retryAfterMs / 1_000));
}

/**
 * The DirectoryError that an unknown value is, or undefined where it is a bug. One made by another copy of this module
 * (a third-party adapter's) is recognised by its `code` and rebuilt.
 */
export function asDirectoryError(error: unknown): DirectoryError | undefined {
  if (error instanceof DirectoryError) return error;
  if (!(error instanceof Error) || error.name !== 'DirectoryError' || !('code' in error)) return undefined;
  const { code, faults = [], ids = [], retryAfterMs } = error as Error & Partial<DirectoryError>;
  if (code === undefined) return undefined;
  return new DirectoryError(code, error.message, {
    faults,
    ids,
    cause: error,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
