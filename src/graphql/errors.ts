import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { asDirectoryError, type DirectoryError, type ErrorCode, retryAfterSeconds } from '#model/errors.ts';
import { inPlainWords } from './gave-up.ts';
import { excessOf } from './limits/limit-exceeded.ts';
import { isNoMutations } from './limits/no-mutations.ts';
import { withoutValues } from './without-values.ts';

/** `extensions.code` of each error. Exhaustive: a new code does not compile until it has a row; docs/errors.md is tested against it. */
export const GRAPHQL_ERRORS: Readonly<Record<ErrorCode, string>> = {
  NOT_FOUND: 'NOT_FOUND',
  UNIQUENESS: 'UNIQUENESS',
  VERSION_MISMATCH: 'VERSION_MISMATCH',
  MUTABILITY: 'MUTABILITY',
  INVALID_VALUE: 'BAD_USER_INPUT',
  INVALID_SYNTAX: 'BAD_USER_INPUT',
  INVALID_PATH: 'BAD_USER_INPUT',
  NO_TARGET: 'BAD_USER_INPUT',
  INVALID_FILTER: 'INVALID_FILTER',
  INVALID_CURSOR: 'INVALID_CURSOR',
  EXPIRED_CURSOR: 'EXPIRED_CURSOR',
  INVALID_COUNT: 'BAD_USER_INPUT',
  TOO_MANY: 'TOO_MANY',
  TOO_LARGE: 'TOO_LARGE',
  SENSITIVE: 'FORBIDDEN',
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  RATE_LIMITED: 'RATE_LIMITED',
  UNSUPPORTED: 'UNSUPPORTED',
  READ_ONLY: 'READ_ONLY',
  CYCLE: 'CYCLE',
  UNAVAILABLE: 'UNAVAILABLE',
  TIMEOUT: 'TIMEOUT',
  OUTCOME_UNKNOWN: 'OUTCOME_UNKNOWN',
};

const INTERNAL = 'INTERNAL_SERVER_ERROR';
const RETRIABLE: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED']);

/** The DirectoryError behind an error of an answer; undefined for GraphQL's own errors and for bugs, such as a code that nobody knows. */
function directoryErrorOf(error: unknown): DirectoryError | undefined {
  const known = asDirectoryError(error instanceof GraphQLError ? (error.originalError ?? error) : error);
  return known !== undefined && Object.hasOwn(GRAPHQL_ERRORS, known.code) ? known : undefined;
}

/**
 * Whether graphql-js could not use an argument while it answered, as `node(id: $id)` where a variable with a default was sent as null.
 * Validation lets it pass, and the error has no code.
 */
function isArgumentError(error: unknown): boolean {
  const own = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  return own instanceof GraphQLError && own.extensions['code'] === undefined && own.message.startsWith('Argument "');
}

/** Whether an error is neither the directory's nor GraphQL's word to the client. */
export function isBug(error: unknown): boolean {
  if (directoryErrorOf(error) !== undefined || isArgumentError(error)) return false;
  const code = error instanceof GraphQLError ? error.extensions['code'] : INTERNAL;
  return code === INTERNAL || (code === undefined && (error as GraphQLError).originalError !== undefined);
}

/** What a client is told. Of a bug it learns nothing but that there is one; the request id is added with the answer. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { path, locations } = formatted;
  const where = { ...(locations && { locations }), ...(path && { path }) };
  const excess = excessOf(error);
  if (excess !== undefined) return { message: (error as GraphQLError).message, ...where, extensions: excess };
  if (isNoMutations(error)) return { message: formatted.message, ...where, extensions: { code: 'READ_ONLY' } };
  const directoryError = directoryErrorOf(error);
  if (directoryError !== undefined) {
    return { message: directoryError.message, ...where, extensions: extensionsOf(directoryError) };
  }
  const code = isArgumentError(error) ? 'BAD_USER_INPUT' : formatted.extensions?.['code'];
  if (code === INTERNAL) return { message: 'internal error', ...where, extensions: { code } };
  const extensions = { code, ...figuresOf(formatted) };
  return { message: inPlainWords(withoutValues(formatted.message)), ...where, extensions };
}

/** What `badUserInput` says of an argument that is too large. */
function figuresOf({ extensions: { limit, actual } = {} }: GraphQLFormattedError) {
  return typeof limit === 'number' && typeof actual === 'number' ? { limit, actual } : {};
}

function extensionsOf(error: DirectoryError): { readonly [name: string]: unknown } {
  const code = GRAPHQL_ERRORS[error.code];
  return RETRIABLE.has(error.code) ? { code, retryAfter: retryAfterSeconds(error) } : { code };
}
