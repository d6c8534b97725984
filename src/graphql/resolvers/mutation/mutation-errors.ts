import { faultToText } from '#core/validate/faults.ts';
import type { DirectoryError, ErrorCode, Fault } from '#model/errors.ts';
import { withoutSuggestion } from '../../suggestions.ts';

/**
 * The type that tells a client of each code, or null for those that are errors of the response: they are no matter of the input, and a
 * client meets them in queries as well. Exhaustive, as `GRAPHQL_ERRORS`.
 */
export const MUTATION_ERRORS = {
  NOT_FOUND: 'NotFound',
  UNIQUENESS: 'UniquenessConflict',
  VERSION_MISMATCH: 'VersionMismatch',
  MUTABILITY: 'InvalidInput',
  INVALID_VALUE: 'InvalidInput',
  INVALID_SYNTAX: 'InvalidInput',
  INVALID_PATH: 'InvalidInput',
  NO_TARGET: 'InvalidInput',
  INVALID_FILTER: 'InvalidInput',
  INVALID_CURSOR: null,
  EXPIRED_CURSOR: null,
  INVALID_COUNT: null,
  TOO_MANY: 'Refusal',
  TOO_LARGE: 'Refusal',
  SENSITIVE: 'Refusal',
  UNAUTHENTICATED: null,
  FORBIDDEN: 'Refusal',
  RATE_LIMITED: null,
  UNSUPPORTED: 'Refusal',
  READ_ONLY: 'Refusal',
  CYCLE: 'Refusal',
  UNAVAILABLE: null,
  TIMEOUT: null,
  OUTCOME_UNKNOWN: null,
} as const satisfies Readonly<Record<ErrorCode, string | null>>;

/** One entry of a payload's `errors`. */
export interface MutationError {
  readonly __typename: string;
  readonly message: string;
  readonly code: string;
  readonly path: readonly string[] | null;
  readonly [field: string]: unknown;
}

/** Where in the arguments things stand that an error can be about. */
export interface ArgumentPlaces {
  /** Of what an attribute's path in SCIM names. */
  attribute(path: string): readonly string[];
  /** What a message calls that, where the place in the arguments does not say it. */
  named?(path: string): string | undefined;
  /** Of an id that was given as a link; undefined where none was. */
  reference(id: string): readonly string[] | undefined;
  /** Of the id of what is to be changed, and that id; absent where something is created. */
  readonly target?: { readonly path: readonly string[]; readonly id: string };
  readonly ifVersion: readonly string[];
  /** Of all that an error can be about which names no attribute; absent where that may stand anywhere. */
  readonly unnamed?: readonly string[];
}

/** What the directory did not accept, all of it; undefined for what is an error of the response. */
export function mutationErrors(error: DirectoryError, places: ArgumentPlaces): readonly MutationError[] | undefined {
  const type = Object.hasOwn(MUTATION_ERRORS, error.code) ? MUTATION_ERRORS[error.code] : null;
  const { message, code } = error;
  const common = { message, code };
  switch (type) {
    case null:
      return undefined;
    case 'NotFound': {
      const { target } = places;
      return [target ? { __typename: type, ...common, ...target } : { __typename: 'Refusal', ...common, path: null }];
    }
    case 'VersionMismatch':
      return [{ __typename: type, ...common, path: places.ifVersion }];
    case 'UniquenessConflict':
      return [{ __typename: type, ...common, path: faultPath(error, places), holder: error.ids[0] ?? null }];
    case 'InvalidInput':
      return error.ids.length > 0 ? unknownReferences(error, places) : invalidInputs(error, places);
    case 'Refusal':
      return [{ __typename: type, ...common, path: faultPath(error, places) }];
  }
}

function faultPath({ faults: [fault] }: DirectoryError, places: ArgumentPlaces): readonly string[] | null {
  return fault === undefined ? null : places.attribute(fault.path);
}

function unknownReferences(error: DirectoryError, places: ArgumentPlaces): readonly MutationError[] {
  return error.ids.map((id) => ({
    __typename: 'UnknownReference',
    message: error.ids.length === 1 ? error.message : `${id}: ${error.message}`,
    code: error.code,
    path: places.reference(id) ?? faultPath(error, places),
    id,
  }));
}

function invalidInputs({ code, message, faults }: DirectoryError, places: ArgumentPlaces): readonly MutationError[] {
  if (faults.length === 0) return [{ __typename: 'InvalidInput', message, code, path: places.unnamed ?? null }];
  return faults.map((fault) => invalidInput(code, fault, places));
}

function invalidInput(code: string, fault: Fault, places: ArgumentPlaces): MutationError {
  const path = places.attribute(fault.path);
  const named = places.named?.(fault.path) ?? (path.slice(1).join('.') || path.join('.'));
  const message = faultToText({ ...fault, path: named });
  const { expected, got = null, remedy = null } = fault;
  return { __typename: 'InvalidInput', message, code, path, expected, got, remedy };
}

/** As a caller is told of them who may not read the schema. */
export function withoutSuggestedNames(errors: readonly MutationError[]): readonly MutationError[] {
  return errors.map(({ message, ...rest }) => {
    const { remedy } = rest;
    const suggests = typeof remedy === 'string' && remedy.startsWith('did you mean');
    return { ...rest, message: withoutSuggestion(message), ...(suggests && { remedy: null }) };
  });
}
