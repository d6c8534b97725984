/** What a directory of one kind has by custom; a configuration says what differs. */
import type { Dialect } from '../dialect/dialect.ts';
import { openldap as openldapDialect } from '../dialect/openldap.ts';
import type { PasswordOptions } from '../write/password.ts';
import type { ConstantKey, PlaceKey } from './keys.ts';

export interface ContainerPreset {
  readonly objectClasses: readonly string[];
  readonly rdn: string;
  readonly attributes: Readonly<Record<string, PlaceKey | ConstantKey | readonly PlaceKey[]>>;
  readonly templates: Readonly<Record<string, string>>;
}

export interface Preset {
  readonly dialect: Dialect;
  /** How the server tells what changes. */
  readonly changes: 'syncrepl' | 'none';
  readonly users: ContainerPreset & { readonly manager: string; readonly password: PasswordOptions };
  readonly groups: ContainerPreset & { readonly member: string; readonly placeholder: string };
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
    manager: 'manager',
    password: { attribute: 'userPassword', scheme: 'ssha' },
  },
  groups: {
    objectClasses: ['groupOfNames'],
    rdn: 'cn',
    attributes: { displayName: 'cn' },
    templates: {},
    member: 'member',
    placeholder: 'cn=portico-placeholder',
  },
};

export const PRESETS: Readonly<Record<'openldap', Preset>> = { openldap };
