/** What a directory's refusals mean in the model's terms. The server's own words stay in `cause`. */
import { DirectoryError, type ErrorCode } from '#model/errors.ts';
import { LdapError } from './connection/ldap-error.ts';

export const CODE = {
  timeLimit: 3,
  sizeLimit: 4,
  adminLimit: 11,
  unavailableCriticalExtension: 12,
  noSuchAttribute: 16,
  undefinedAttribute: 17,
  inappropriateMatching: 18,
  constraint: 19,
  valueExists: 20,
  invalidSyntax: 21,
  noSuchObject: 32,
  invalidDn: 34,
  insufficientAccess: 50,
  busy: 51,
  unavailable: 52,
  unwilling: 53,
  naming: 64,
  objectClass: 65,
  notOnNonLeaf: 66,
  entryExists: 68,
  other: 80,
  assertionFailed: 122,
} as const;

// biome-ignore format: a table reads by column
const MEANINGS: ReadonlyMap<number, readonly [ErrorCode, string]> = new Map<number, readonly [ErrorCode, string]>([
  [CODE.timeLimit,          ['UNAVAILABLE', 'the directory gave up after its time limit; raise the limit of the account that Portico binds with']],
  [CODE.sizeLimit,          ['UNAVAILABLE', 'the directory stopped at its size limit; raise the limit of the account that Portico binds with']],
  [CODE.adminLimit,         ['UNAVAILABLE', 'the directory stopped at a limit of its administrator']],
  [10,                      ['READ_ONLY', 'the directory refers writes to another server; configure that one as url']],
  [12,                      ['UNAVAILABLE', 'the directory does not know a control that Portico needs; `portico check --connect` names it']],
  [CODE.undefinedAttribute, ['INVALID_VALUE', 'the directory does not know an attribute that the configuration maps']],
  [CODE.constraint,         ['INVALID_VALUE', 'the directory refuses a value by a constraint of its own']],
  [CODE.invalidSyntax,      ['INVALID_VALUE', 'the directory refuses a value that does not fit its attribute']],
  [CODE.noSuchObject,       ['UNAVAILABLE', 'the directory has no entry at users.base or groups.base, or does not let the account that Portico binds with see it']],
  [CODE.invalidDn,          ['INVALID_VALUE', 'the directory refuses a distinguished name']],
  [CODE.unwilling,          ['READ_ONLY', 'the directory is unwilling to do this; it may be read-only']],
  [CODE.naming,             ['INVALID_VALUE', 'the directory refuses the name of the entry; see `rdn` and `objectClasses`']],
  [CODE.objectClass,        ['INVALID_VALUE', 'the object classes of the entry do not allow this; see `objectClasses` and `templates`']],
  [CODE.other,              ['UNAVAILABLE', 'the directory failed within itself, as where its database or disk is full; its own log says why']],
  [CODE.notOnNonLeaf,       ['UNSUPPORTED', 'there are entries below this one; delete them in the directory first']],
]);

/** What Active Directory says first in its own words, which is more exact than the result code: MS-ERREF §2.2. */
const WINDOWS_MEANINGS: readonly (readonly [words: RegExp, code: ErrorCode, detail: string])[] = [
  [
    /^0000052D:/,
    'INVALID_VALUE',
    'the password does not meet the password policy of the domain (length, complexity, history, age), or an account without one was to be enabled',
  ],
  [
    /^0000001F:/,
    'INVALID_VALUE',
    'the directory takes passwords over encrypted connections alone; use ldaps or tls.startTls',
  ],
];

/** @returns the error itself where it is no result of a directory */
export function toDirectoryError(error: unknown): unknown {
  if (!(error instanceof LdapError)) return error;
  const [code, detail] = meaningOf(error);
  return new DirectoryError(code, detail, { cause: error });
}

function meaningOf({ code, deed, result: { diagnostic } }: LdapError): readonly [ErrorCode, string] {
  const exact = WINDOWS_MEANINGS.find(([words]) => words.test(diagnostic));
  if (exact !== undefined) return [exact[1], exact[2]];
  if (code === CODE.insufficientAccess) return noRight(deed);
  return MEANINGS.get(code) ?? ['UNAVAILABLE', `the directory answered ${code}`];
}

function noRight(deed = 'do this'): readonly [ErrorCode, string] {
  const detail = `the account that Portico binds with has no right to ${deed}; grant it in the access rules of the directory (manage, where the server keeps an attribute to itself)`;
  return ['FORBIDDEN', detail];
}
