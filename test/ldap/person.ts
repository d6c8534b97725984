import type { Add } from '#adapters/ldap/connection/operations.ts';

export function person(uid: string): Add {
  return {
    dn: `uid=${uid},ou=people,dc=example,dc=com`,
    attributes: { objectClass: ['inetOrgPerson'], uid: [uid], cn: [uid], sn: [uid] },
  };
}
