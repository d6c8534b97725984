import { DirectoryError } from '#model/errors.ts';

/** A connection ended with operations in flight, or could not be made. Never leaves this folder. */
export class ConnectionBroken extends Error {
  override readonly name = 'ConnectionBroken';
  /** False: the operation never left, whatever kind it is. */
  readonly sent: boolean;

  constructor(message: string, options: ErrorOptions & { readonly sent?: boolean } = {}) {
    super(message, options);
    this.sent = options.sent ?? true;
  }
}

/** Nothing was done; `retryAfterMs` from now on it may work. */
export function unavailable(detail: string, cause: unknown, retryAfterMs: number): DirectoryError {
  return new DirectoryError('UNAVAILABLE', detail, { cause, retryAfterMs });
}

export function timedOut(): DirectoryError {
  return new DirectoryError('TIMEOUT', 'the directory did not answer in time');
}

export function givenUp(): DirectoryError {
  return new DirectoryError('TIMEOUT', 'the request was given up before the directory answered');
}

export function outcomeUnknown(cause: unknown): DirectoryError {
  return new DirectoryError('OUTCOME_UNKNOWN', 'the directory did not say whether a write has happened', { cause });
}
