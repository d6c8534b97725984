import { openPool } from '#adapters/ldap/connection/open-pool.ts';
import type { LdapPool } from '#adapters/ldap/connection/pool.ts';
import { callOf } from '#test/contract/subject.ts';
import type { Samba } from '#test/support/samba.ts';

/** Samba takes one operation at a time, and a busy machine takes its time. */
const PATIENCE = { timeoutMs: 60_000, connectTimeoutMs: 30_000 };

/** Options that keep every attribute of the contract suite, with the preset for the rest. */
export function domainOptions({
  url,
  ca,
  adminDn,
  adminPassword,
  suffix,
}: Pick<Samba, 'url' | 'ca' | 'adminDn' | 'adminPassword' | 'suffix'>) {
  return {
    ...PATIENCE,
    preset: 'active-directory',
    url,
    tls: { ca },
    bindDn: adminDn,
    bindPassword: adminPassword,
    users: { base: `OU=people,OU={tenant},${suffix}`, overflow: 'msDS-cloudExtensionAttribute1' },
    groups: { base: `OU=groups,OU={tenant},${suffix}`, overflow: 'info' },
  };
}

export function openDomainPool({ url, ca, adminDn, adminPassword }: Samba): LdapPool {
  return openPool({
    ...PATIENCE,
    urls: [url],
    tls: { ca },
    bind: { method: 'simple', dn: adminDn, password: adminPassword },
  });
}

/** A part of the tree for each tenant. */
export async function addTenants(
  pool: LdapPool,
  { suffix }: Pick<Samba, 'suffix'>,
  tenants: readonly string[],
): Promise<void> {
  const objectClass = ['organizationalUnit'];
  for (const tenant of tenants) {
    for (const dn of [`OU=${tenant}`, `OU=people,OU=${tenant}`, `OU=groups,OU=${tenant}`]) {
      await pool.add(callOf(), { dn: `${dn},${suffix}`, attributes: { objectClass }, accept: [68] });
    }
  }
}

/** A new domain takes complex passwords alone. */
export async function allowSimplePasswords(pool: LdapPool, { suffix }: Samba): Promise<void> {
  const simple = { operation: 'replace', attribute: 'pwdProperties', values: ['0'] } as const;
  await pool.modify(callOf(), { dn: suffix, changes: [simple] });
}

/** Every person and group of the tenants is dropped; the units stay. */
export async function emptyDomain(
  pool: LdapPool,
  { suffix }: Pick<Samba, 'suffix'>,
  tenants: readonly string[],
): Promise<void> {
  const filter = '(|(objectClass=user)(objectClass=group))';
  for (const tenant of tenants) {
    const base = `OU=${tenant},${suffix}`;
    const { entries } = await pool.search(callOf(), { base, scope: 'sub', filter, attributes: ['1.1'] });
    for (const { dn } of entries) await pool.delete(callOf(), { dn });
  }
}
