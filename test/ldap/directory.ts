import { fileURLToPath } from 'node:url';
import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { callOf } from '#test/contract/subject.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { SUFFIX } from '#test/support/slapd-configuration.ts';

/** What the guide has operators load, for what an entry has no other place for. */
export const SCHEMA = fileURLToPath(new URL('../../docs/guides/ldap/portico.schema', import.meta.url));

/** A directory with a part for each tenant, and user names that slapd itself keeps unique. */
export function startTenants(tenants: readonly string[]): Promise<Slapd> {
  const unique = tenants.map((tenant) => `unique_uri "serialize ldap:///ou=people,ou=${tenant},${SUFFIX}?uid?sub"`);
  return startSlapd({
    ppolicy: true,
    indexes: ['manager eq', 'porticoId eq,pres'],
    global: `include ${SCHEMA}\nmoduleload unique`,
    database: ['overlay unique', ...unique].join('\n'),
    ldif: tenants
      .flatMap((tenant) => [
        unit(`ou=${tenant}`, tenant),
        unit(`ou=people,ou=${tenant}`, 'people'),
        unit(`ou=groups,ou=${tenant}`, 'groups'),
      ])
      .join('\n'),
  });
}

/** Settings of a connection that no test meets by accident: a busy machine may take seconds until a slapd answers. */
export const PATIENT = { connectTimeoutMs: 30_000, timeoutMs: 30_000 };

function unit(name: string, ou: string): string {
  return `dn: ${name},${SUFFIX}\nobjectClass: organizationalUnit\nou: ${ou}\n`;
}

/** Options that keep every attribute of the contract suite: names of entries never change, and what has no place is kept. */
export function tenantOptions({
  url,
  adminDn,
  adminPassword,
  suffix,
}: Pick<Slapd, 'url' | 'adminDn' | 'adminPassword' | 'suffix'>) {
  return {
    url,
    bindDn: adminDn,
    bindPassword: adminPassword,
    users: {
      base: `ou=people,ou={tenant},${suffix}`,
      objectClasses: ['inetOrgPerson', 'porticoResource'],
      rdn: 'porticoName',
      overflow: 'porticoOverflow',
      unique: ['uid'],
    },
    groups: {
      base: `ou=groups,ou={tenant},${suffix}`,
      objectClasses: ['groupOfNames', 'porticoResource'],
      rdn: 'cn',
      attributes: { displayName: 'displayName' },
      overflow: 'porticoOverflow',
    },
  };
}

/** The same, with people named by what changes: their `uid`. */
export function renamingOptions(slapd: Slapd) {
  const { users, ...options } = tenantOptions(slapd);
  return { ...options, users: { ...users, rdn: 'uid' } };
}

/** The same, with ids that are given: those that a tenant had elsewhere. */
export function givenIdOptions(slapd: Slapd) {
  const { users, groups, ...options } = renamingOptions(slapd);
  return { ...options, users: { ...users, id: 'porticoId' }, groups: { ...groups, id: 'porticoId' } };
}

export function openAdminPool({ url, adminDn, adminPassword }: Slapd): LdapPool {
  return openPool({ urls: [url], bind: { method: 'simple', dn: adminDn, password: adminPassword } });
}

/** Every person and group is dropped; the units stay. */
export async function empty(pool: LdapPool): Promise<void> {
  const filter = '(|(objectClass=inetOrgPerson)(objectClass=groupOfNames))';
  const call = callOf();
  const { entries } = await pool.search(call, { base: SUFFIX, scope: 'sub', filter, attributes: ['1.1'] });
  await Promise.all(entries.map(({ dn }) => pool.delete(call, { dn })));
}

/** What slapd logs while the work is done, but for what connecting takes. */
export async function operationsOf(slapd: Slapd, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const { BIND: _, EXT: __, ...counts } = await slapd.countOperations(work);
  return counts;
}
