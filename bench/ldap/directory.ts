import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { SUFFIX } from '#test/support/slapd-configuration.ts';
import { type Filled, nameOf, organisationToLdif } from './ldif.ts';

export interface DirectoryOptions {
  readonly people: number;
  readonly seed: number;
  /** Where the server runs. Absent: wherever the machine likes. */
  readonly core?: number;
  /** With what it logs, which costs it time. */
  readonly logs?: boolean;
}

/** A slapd with the demo organisation in it, as docs/guides/ldap.md recommends to map it. */
export interface Directory extends Omit<Filled, 'ldif'> {
  readonly slapd: Slapd;
  /** Options of the backend. */
  readonly backend: object;
  /** Of the first people, beside the demo's own, made once for all who ask. Its id. */
  addGroup(size: number): Promise<string>;
  stop(): Promise<void>;
}

/** Of a user, what its own entry says: no names of groups, nor that of the manager. */
export const ENTRY_ALONE =
  '?excludedAttributes=groups,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager';
const PEOPLE = `ou=people,${SUFFIX}`;
const SCHEMA = fileURLToPath(new URL('../../docs/guides/ldap/portico.schema', import.meta.url));
export async function openDirectory({ people, seed, core, logs = false }: DirectoryOptions): Promise<Directory> {
  const { users, groups } = ldap.options.parse(backendAt('ldap://127.0.0.1'));
  const { ldif, ...filled } = organisationToLdif({ users, groups }, { people, seed });
  const slapd = await startSlapd({
    ldif,
    quiet: !logs,
    ppolicy: true,
    global: `include ${SCHEMA}\nmoduleload unique`,
    database: `overlay unique\nunique_uri "serialize ldap:///${PEOPLE}?uid?sub"`,
    indexes: ['manager eq'],
  });
  if (core !== undefined) execFileSync('taskset', ['-acp', String(core), String(slapd.pid)], { stdio: 'ignore' });
  const backend = { ...backendAt(slapd.url), bindDn: slapd.adminDn, bindPassword: slapd.adminPassword };
  const createGroup = async (size: number) => {
    const members = Array.from({ length: size }, (_, at) => `member: ${nameOf(users, 'u', at)}`);
    const dn = `cn=benchmark-${size},${groups.base}`;
    const classes = groups.objectClasses.map((name) => `objectClass: ${name}`);
    await slapd.ldapmodify([`dn: ${dn}`, ...classes, `displayName: Benchmark ${size}`, ...members, ''].join('\n'));
    const found = await slapd.ldapsearch(`(entryDN=${dn})`, 'entryUUID');
    return /^entryUUID: (.+)$/m.exec(found)?.[1] ?? '';
  };
  const created = new Map<number, Promise<string>>();
  const addGroup = (size: number) => {
    const group = created.get(size) ?? createGroup(size);
    created.set(size, group);
    return group;
  };
  return { ...filled, slapd, backend, addGroup, stop: () => slapd.stop() };
}

function backendAt(url: string) {
  return {
    url,
    users: {
      base: PEOPLE,
      objectClasses: ['inetOrgPerson', 'porticoResource'],
      rdn: 'porticoName',
      attributes: { active: 'pwdAccountLockedTime' },
      overflow: 'porticoOverflow',
      unique: ['uid'],
    },
    groups: {
      base: `ou=groups,${SUFFIX}`,
      objectClasses: ['groupOfNames', 'porticoResource'],
      rdn: 'cn',
      attributes: { displayName: 'displayName' },
      overflow: 'porticoOverflow',
    },
  };
}
