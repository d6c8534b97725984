/** The demo organisation as an LDAP server takes it in, by the mapping that the adapter itself writes with. */
import { randomUUID } from 'node:crypto';
import type { ContainerOptions, LdapOptions } from '#adapters/ldap/options/options.ts';
import { type DemoOptions, demoOrganisation } from '#demo/organisation.ts';
import type { Attributes } from '#model/resource.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Filled {
  /** RFC 2849: people, then groups. */
  readonly ldif: string;
  /** By user name, in the order of the demo. */
  readonly users: readonly Named[];
  /** By display name, the demo's first. */
  readonly groups: readonly Named[];
}

export function organisationToLdif(
  { users: people, groups }: Pick<LdapOptions, 'users' | 'groups'>,
  options: DemoOptions,
): Filled {
  const organisation = demoOrganisation(options);
  const users: Named[] = [];
  const named: Named[] = [];
  const lines: string[] = [];
  for (const { body, manager } of organisation.people) {
    const links = manager === undefined ? [] : [nameOf(people, 'u', manager)];
    const dn = nameOf(people, 'u', users.length);
    users.push({ id: addEntry(lines, people, dn, body, links), name: String(body['userName']) });
  }
  for (const { body, users: own, groups: inner } of organisation.groups) {
    const members = [...own.map((at) => nameOf(people, 'u', at)), ...inner.map((at) => nameOf(groups, 'g', at))];
    const links = [groups.placeholder ?? '', ...members];
    const dn = nameOf(groups, 'g', named.length);
    named.push({ id: addEntry(lines, groups, dn, body, links), name: String(body['displayName']) });
  }
  return { ldif: lines.join('\n'), users, groups: named };
}

/** Of the person or group at a position of the demo. */
export function nameOf({ rdn, base }: ContainerOptions, letter: string, position: number): string {
  return `${rdn}=${letter}${position},${base}`;
}

/** The id that the server gives it. */
function addEntry(
  lines: string[],
  { objectClasses, map, rdn, link = 'member' }: ContainerOptions,
  dn: string,
  { schemas: _, ...attributes }: Attributes,
  links: readonly string[],
): string {
  const id = randomUUID();
  lines.push(`dn: ${dn}`, ...objectClasses.map((name) => `objectClass: ${name}`));
  lines.push(`entryUUID: ${id}`, `${rdn}: ${dn.slice(rdn.length + 1, dn.indexOf(','))}`);
  for (const [name, values] of map.toValues(attributes)) {
    for (const value of values) lines.push(`${name}:: ${Buffer.from(value as string).toString('base64')}`);
  }
  for (const name of links) lines.push(`${link}: ${name}`);
  lines.push('');
  return id;
}
