import { DirectoryError } from '#model/errors.ts';
import { hasCode, LdapError } from '../connection/ldap-error.ts';
import { CODE, toDirectoryError } from '../result-error.ts';
import type { Container } from '../tenant-view.ts';
import { nameOf } from './keys.ts';

/** `title: value #0 invalid per syntax`, `object class 'inetOrgPerson' requires attribute 'sn'`: slapd's words name the attribute. */
const NAMED = [/^([A-Za-z][\w;-]*): /, /\battribute '([A-Za-z][\w;-]*)'/];

/** What a refused write means, with the attribute at fault where the server names it. Its own words stay in `cause`. */
export function explain(error: unknown, container: Container | undefined): unknown {
  const known = toDirectoryError(error);
  if (!(error instanceof LdapError) || !(known instanceof DirectoryError)) return known;
  if (known.code !== 'INVALID_VALUE' || container === undefined) return known;
  const attribute = NAMED.map((pattern) => pattern.exec(error.result.diagnostic)?.[1]).find(Boolean);
  if (attribute === undefined) return known;
  const path = nameOf(container, attribute);
  return new DirectoryError('INVALID_VALUE', `${known.message} (${attribute})`, {
    cause: error,
    faults: [{ path, expected: `what the directory accepts as ${attribute}` }],
  });
}

/** The same, where it was asked whether a value is taken and none is. */
export function explainUntaken(found: DirectoryError, error: unknown, container: Container): unknown {
  return found.code === 'INVALID_VALUE' ? explain(error, container) : found;
}

/** `Password fails quality checking policy`; what begins with a number is Active Directory's, which `result-error.ts` knows better. */
const POLICY = /^(?![0-9A-F]{8}:).*password/i;

/** @throws INVALID_VALUE where it was ppolicy that refused the password */
export function checkPassword(error: unknown): void {
  if (!hasCode(error, CODE.constraint) || !POLICY.test(error.result.diagnostic)) return;
  throw new DirectoryError('INVALID_VALUE', "the directory's password policy refuses the password", {
    cause: error,
    faults: [
      {
        path: 'password',
        expected: 'a password that the policy of the directory accepts: long and varied enough, and not used before',
        remedy:
          'where every password is refused, set users.password.scheme to clear, so that the policy can look at it',
      },
    ],
  });
}
