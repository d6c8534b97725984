import { faultToText } from '#core/validate/faults.ts';
import { asDirectoryError, type DirectoryError, type ErrorCode, retryAfterSeconds } from '#model/errors.ts';
import { Refusal } from './refusal.ts';

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** What a client is told: RFC 7644 §3.12, scimType from its table 9 and RFC 9865 §2.1. */
export interface ErrorAnswer {
  readonly status: number;
  readonly scimType?: string;
  readonly detail: string;
  readonly headers: { readonly [name: string]: string };
}

/** Exhaustive: a new code does not compile until it has a row; docs/errors.md is tested against it. */
export const SCIM_ERRORS: Readonly<Record<ErrorCode, { readonly status: number; readonly scimType?: string }>> = {
  NOT_FOUND: { status: 404 },
  UNIQUENESS: { status: 409, scimType: 'uniqueness' },
  VERSION_MISMATCH: { status: 412 },
  MUTABILITY: { status: 400, scimType: 'mutability' },
  INVALID_VALUE: { status: 400, scimType: 'invalidValue' },
  INVALID_SYNTAX: { status: 400, scimType: 'invalidSyntax' },
  INVALID_PATH: { status: 400, scimType: 'invalidPath' },
  NO_TARGET: { status: 400, scimType: 'noTarget' },
  INVALID_FILTER: { status: 400, scimType: 'invalidFilter' },
  INVALID_CURSOR: { status: 400, scimType: 'invalidCursor' },
  EXPIRED_CURSOR: { status: 400, scimType: 'expiredCursor' },
  INVALID_COUNT: { status: 400, scimType: 'invalidCount' },
  TOO_MANY: { status: 400, scimType: 'tooMany' },
  TOO_LARGE: { status: 413 },
  SENSITIVE: { status: 403, scimType: 'sensitive' },
  UNAUTHENTICATED: { status: 401 },
  FORBIDDEN: { status: 403 },
  RATE_LIMITED: { status: 429 },
  UNSUPPORTED: { status: 501 },
  READ_ONLY: { status: 403 },
  CYCLE: { status: 409 },
  UNAVAILABLE: { status: 503 },
  TIMEOUT: { status: 503 },
  OUTCOME_UNKNOWN: { status: 503 },
};

const SHOWN = 20;
/** A name that a client sends stands in messages, and may be as long as its body. */
const LONGEST_DETAIL = 4_000;

/** Anything that is neither a DirectoryError nor a Refusal is a bug, of which the client learns the request id alone. */
export function errorToAnswer(error: unknown, requestId: string): ErrorAnswer {
  if (error instanceof Refusal) {
    const { status, scimType, headers, message: detail } = error;
    return { status, detail, headers, ...(scimType === undefined ? {} : { scimType }) };
  }
  const known = asDirectoryError(error);
  if (known !== undefined && Object.hasOwn(SCIM_ERRORS, known.code))
    return { ...SCIM_ERRORS[known.code], detail: detailOf(known), headers: retryHeaders(known) };
  return { status: 500, detail: `internal error; the log has more under request id ${requestId}`, headers: {} };
}

export function errorBody({ status, scimType, detail }: Omit<ErrorAnswer, 'headers'>): string {
  return JSON.stringify({ schemas: [ERROR_SCHEMA], status: String(status), scimType, detail });
}

/** Core's message tells the first faults; the others and the ids at fault follow it. */
function detailOf({ code, message, faults = [], ids = [] }: DirectoryError): string {
  const untold = code === 'UNIQUENESS' ? [] : faults.map(faultToText).filter((text) => !message.includes(text));
  const unnamed = ids.filter((id) => !message.includes(id));
  const detail = [
    message,
    ...(untold.length === 0 ? [] : [`: ${firstOf(untold, '; ')}`]),
    ...(unnamed.length === 0 ? [] : [` (${unnamed.length === 1 ? 'id' : 'ids'} ${firstOf(unnamed, ', ')})`]),
  ].join('');
  return detail.length <= LONGEST_DETAIL ? detail : `${detail.slice(0, LONGEST_DETAIL)}...`;
}

function firstOf(texts: readonly string[], separator: string): string {
  const rest = texts.length - SHOWN;
  return [...texts.slice(0, SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])].join(separator);
}

function retryHeaders(error: DirectoryError): { readonly [name: string]: string } {
  const { status } = SCIM_ERRORS[error.code];
  return status === 503 || status === 429 ? { 'Retry-After': String(retryAfterSeconds(error)) } : {};
}
