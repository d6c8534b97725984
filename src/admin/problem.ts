import { STATUS_CODES } from 'node:http';
import { asDirectoryError, type ErrorCode, type Fault, retryAfterSeconds } from '#model/errors.ts';
import type { JsonObject } from '#model/resource.ts';

/** What an administrator is told of a refusal, RFC 9457: what is wrong in `detail`, each fault with its remedy, and what `more` adds. */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: JsonObject;
}

export const PROBLEM_JSON = 'application/problem+json';

export interface ProblemOptions {
  readonly faults?: readonly Fault[];
  /** Members of the body beside those of every problem. */
  readonly more?: JsonObject;
  readonly headers?: { readonly [name: string]: string };
  readonly cause?: unknown;
}

/** A refusal that only administrative endpoints know: HTTP's own, and changes that stored data stands against. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly options: ProblemOptions;

  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.status = status;
    this.code = code;
    this.options = options;
  }
}

/** Exhaustive: a new code does not compile until it has a row; docs/administration.md is tested against it. */
export const ADMIN_STATUS: Readonly<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  UNIQUENESS: 409,
  VERSION_MISMATCH: 412,
  MUTABILITY: 400,
  INVALID_VALUE: 400,
  INVALID_SYNTAX: 400,
  INVALID_PATH: 400,
  NO_TARGET: 400,
  INVALID_FILTER: 400,
  INVALID_CURSOR: 400,
  EXPIRED_CURSOR: 400,
  INVALID_COUNT: 400,
  TOO_MANY: 400,
  TOO_LARGE: 413,
  SENSITIVE: 403,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  UNSUPPORTED: 501,
  READ_ONLY: 403,
  CYCLE: 409,
  UNAVAILABLE: 503,
  TIMEOUT: 503,
  OUTCOME_UNKNOWN: 503,
};

/** Anything that is neither a DirectoryError nor a Problem is a bug, of which the client learns the request id alone. */
export function errorToProblem(error: unknown, requestId: string): ProblemAnswer {
  if (error instanceof Problem) {
    const { status, code, message, options } = error;
    const body = problemBody(status, code, message, options.faults);
    return { status, headers: options.headers ?? {}, body: { ...body, ...options.more } };
  }
  const known = asDirectoryError(error);
  if (known === undefined) {
    const detail = `internal error; the log has more under request id ${requestId}`;
    return { status: 500, headers: {}, body: problemBody(500, 'INTERNAL_SERVER_ERROR', detail) };
  }
  const status = ADMIN_STATUS[known.code];
  const body = problemBody(status, known.code, known.message, known.faults);
  const again = status === 503 || status === 429 ? { 'retry-after': String(retryAfterSeconds(known)) } : {};
  return { status, headers: again, body: { ...body, ...(known.ids.length > 0 && { ids: known.ids }) } };
}

export function problemBody(status: number, code: string, detail: string, faults: readonly Fault[] = []): JsonObject {
  const told = faults.map(({ path, expected, got, remedy }) => ({
    path,
    expected,
    ...(got !== undefined && { got }),
    ...(remedy !== undefined && { remedy }),
  }));
  return { title: STATUS_CODES[status] ?? 'Error', status, code, detail, ...(told.length > 0 && { faults: told }) };
}
