import type { Version } from '#model/resource.ts';
import { printTime } from '../mapping/converters.ts';
import { CODE } from '../result-error.ts';
import type { Dialect } from './dialect.ts';
import { objectGuid } from './object-guid.ts';

/** ERROR_MEMBER_NOT_IN_ALIAS, ERROR_MEMBER_NOT_IN_GROUP (MS-ERREF §2.2), and Samba's own words. */
const NOT_A_MEMBER = /^(?:00000561|00000529):|doesn't exist for target GUID/;

/** ERROR_DS_UPN_VALUE_NOT_UNIQUE_IN_FOREST; ERROR_USER_EXISTS, ERROR_GROUP_EXISTS, ERROR_ALIAS_EXISTS; and Samba's own words. */
const TAKEN: readonly (readonly [words: RegExp, attribute: string])[] = [
  [/^000021C8:|userPrincipalName '.*' is already in use/i, 'userPrincipalName'],
  [/^(?:00000524|00000526|00000563):|samAccountName '.*' already in use/i, 'sAMAccountName'],
];

/** Active Directory Domain Services; the sections are those of MS-ADTS. */
export const activeDirectory: Dialect = {
  id: objectGuid,
  version: 'uSNChanged',
  // Each domain controller counts for itself (§3.1.1.1.9): the same number with the same second is not another one's by chance.
  versionOf: (entry) => `${entry.string('uSNChanged') ?? ''}-${entry.string('whenChanged') ?? ''}` as Version,
  versionAttributes: ['uSNChanged', 'whenChanged'],
  created: 'whenCreated',
  modified: 'whenChanged',
  // Times without a fraction are refused (§3.1.1.2.2.2.13).
  printTime: (instant) => printTime(instant).replace(/(?<!\.\d+)Z$/, '.0Z'),
  name: 'distinguishedName',
  asserts: false,
  // By value: one that was to be replaced is not there, or one is there where none was.
  conflicts: [CODE.noSuchAttribute, CODE.valueExists, CODE.noSuchObject],
  isKnownLink: ({ code, result }) =>
    code === CODE.entryExists || (code === CODE.unwilling && NOT_A_MEMBER.test(result.diagnostic)),
  takenAttribute: (diagnostic) => TAKEN.find(([words]) => words.test(diagnostic))?.[1],
  // A computer is a user by its class.
  strangers: 'computer',
  backLinks: { member: 'memberOf', manager: 'directReports' },
  // LDAP_MATCHING_RULE_TRANSITIVE_EVAL and LDAP_MATCHING_RULE_BIT_AND, §3.1.1.3.4.4.
  rules: { inChain: '1.2.840.113556.1.4.1941', bitAnd: '1.2.840.113556.1.4.803' },
  // MaxPageSize and MaxValRange of the default policy, §3.1.1.3.4.6.
  pieces: { entries: 1_000, values: 1_500, attributes: ['member', 'memberOf', 'directReports'] },
};
