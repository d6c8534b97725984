/** What a directory of one kind has by custom; a configuration says what differs. */
import { activeDirectory as activeDirectoryDialect } from '../dialect/active-directory.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { openldap as openldapDialect } from '../dialect/openldap.ts';
import type { PasswordOptions } from '../write/password.ts';
import type { ConstantKey, PlaceKey } from './keys.ts';

export interface ContainerPreset {
  readonly objectClasses: readonly string[];
  readonly rdn: string;
  readonly attributes: Readonly<Record<string, PlaceKey | ConstantKey | readonly PlaceKey[]>>;
  readonly templates: Readonly<Record<string, string>>;
  readonly unique: readonly string[];
  /** See `ContainerOptions`. */
  readonly guard?: string;
}

export interface Preset {
  readonly dialect: Dialect;
  /** How the server tells what changes. */
  readonly changes: 'syncrepl' | 'none';
  readonly users: ContainerPreset & { readonly manager: string; readonly password: PasswordOptions };
  readonly groups: ContainerPreset & { readonly member: string; readonly placeholder?: string };
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** inetOrgPerson (RFC 2798) and groupOfNames (RFC 4519 §3.5), as OpenLDAP ships them. */
const openldap: Preset = {
  dialect: openldapDialect,
  changes: 'syncrepl',
  users: {
    objectClasses: ['inetOrgPerson'],
    rdn: 'uid',
    attributes: {
      userName: 'uid',
      displayName: 'displayName',
      'name.formatted': 'cn',
      'name.familyName': 'sn',
      'name.givenName': 'givenName',
      title: 'title',
      active: { constant: true },
      preferredLanguage: 'preferredLanguage',
      emails: ['mail'],
      phoneNumbers: [
        'telephoneNumber',
        { attribute: 'mobile', type: 'mobile' },
        { attribute: 'homePhone', type: 'home' },
        { attribute: 'pager', type: 'pager' },
      ],
      [`${ENTERPRISE}:employeeNumber`]: 'employeeNumber',
      [`${ENTERPRISE}:department`]: 'departmentNumber',
      [`${ENTERPRISE}:organization`]: 'o',
    },
    templates: { cn: '{name.formatted|displayName|userName}', sn: '{name.familyName|displayName|userName}' },
    unique: [],
    manager: 'manager',
    password: { attribute: 'userPassword', scheme: 'ssha' },
  },
  groups: {
    objectClasses: ['groupOfNames'],
    rdn: 'cn',
    attributes: { displayName: 'cn' },
    templates: {},
    unique: [],
    member: 'member',
    placeholder: 'cn=portico-placeholder',
  },
};

/** `user` and `group` of Active Directory, where most attributes have one value and people are known by userPrincipalName. */
const activeDirectory: Preset = {
  dialect: activeDirectoryDialect,
  changes: 'none',
  users: {
    objectClasses: ['user'],
    rdn: 'cn',
    attributes: {
      userName: 'userPrincipalName',
      displayName: 'displayName',
      'name.familyName': 'sn',
      'name.givenName': 'givenName',
      'name.middleName': 'middleName',
      title: 'title',
      active: { attribute: 'userAccountControl', as: 'account' },
      preferredLanguage: { attribute: 'preferredLanguage', as: 'text' },
      emails: [{ attribute: 'mail', as: 'text', single: true }, 'otherMailbox'],
      phoneNumbers: [
        { attribute: 'telephoneNumber', as: 'text', single: true },
        'otherTelephone',
        { attribute: 'mobile', as: 'text', type: 'mobile', single: true },
        { attribute: 'otherMobile', type: 'mobile' },
        { attribute: 'homePhone', as: 'text', type: 'home', single: true },
        { attribute: 'otherHomePhone', type: 'home' },
        { attribute: 'pager', as: 'text', type: 'pager', single: true },
        { attribute: 'otherPager', type: 'pager' },
        { attribute: 'facsimileTelephoneNumber', type: 'fax', single: true },
        { attribute: 'otherFacsimileTelephoneNumber', type: 'fax' },
      ],
      [`${ENTERPRISE}:employeeNumber`]: 'employeeNumber',
      [`${ENTERPRISE}:department`]: 'department',
      [`${ENTERPRISE}:division`]: 'division',
      [`${ENTERPRISE}:organization`]: 'company',
    },
    templates: { cn: '{userName}', sAMAccountName: '{account(userName)}', userAccountControl: '512' },
    unique: ['userPrincipalName', 'sAMAccountName'],
    guard: 'adminDisplayName',
    manager: 'manager',
    password: { attribute: 'unicodePwd', scheme: 'unicode' },
  },
  groups: {
    objectClasses: ['group'],
    rdn: 'cn',
    attributes: { displayName: 'cn' },
    // A security group of global scope, MS-ADTS §2.2.12.
    templates: { groupType: '-2147483646', sAMAccountName: '{displayName}' },
    unique: ['sAMAccountName'],
    guard: 'adminDisplayName',
    member: 'member',
  },
};

export const PRESETS: Readonly<Record<'openldap' | 'active-directory', Preset>> = {
  openldap,
  'active-directory': activeDirectory,
};
