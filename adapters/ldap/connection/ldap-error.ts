import type { LdapResult } from './operations.ts';

/** A result that is neither success nor accepted by who asked. The operation has had no effect: what may have had is thrown otherwise. */
export class LdapError extends Error {
  override readonly name = 'LdapError';
  readonly result: LdapResult;
  /** What was asked, such as `change mail, title of an entry`: names of attributes alone, neither entries nor values. */
  readonly deed: string | undefined;

  constructor(result: LdapResult, deed?: string) {
    super(`LDAP result ${result.code}: ${result.diagnostic}`);
    this.result = result;
    this.deed = deed;
  }

  /** RFC 4511 §4.1.9 and its registry: 19 constraintViolation, 68 entryAlreadyExists, 122 assertionFailed, ... */
  get code(): number {
    return this.result.code;
  }
}

export function hasCode(error: unknown, code: number): error is LdapError {
  return error instanceof LdapError && error.code === code;
}
