import { join } from 'node:path';

export const SUFFIX = 'dc=example,dc=com';

export interface SlapdOptions {
  /** Attributes below ou=people that no two entries share. */
  readonly unique?: readonly string[];
  /** Attributes below ou=groups that no two entries share. */
  readonly uniqueGroups?: readonly string[];
  /** Password policy, with a default policy at cn=policy below the suffix, and lock-out known to `pwdAccountLockedTime`. */
  readonly ppolicy?: boolean;
  /** RFC 4533 for those who follow changes. On where absent. */
  readonly syncprov?: boolean;
  /** Server-side sort and virtual list views. On where absent. */
  readonly sort?: boolean;
  /** Files of the server's certificate, and of the authority whose clients it asks for theirs. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca: string; readonly clients?: boolean };
  /** Writes survive a loss of power. Off where absent: a kill loses nothing either. */
  readonly durable?: boolean;
  /** Indexes beside those that every directory has. */
  readonly indexes?: readonly string[];
  /** Who may ask for how much, in place of all for everybody. */
  readonly limits?: string;
  /** What follows the database's directives, such as `readonly on`, `idletimeout` or another overlay. */
  readonly database?: string;
  /** What stands before the database, such as `sizelimit 10` or a schema. */
  readonly global?: string;
  /** Nothing is logged: under load, whoever reads the log would be what is measured. */
  readonly quiet?: boolean;
  /** No entry at all, as a replica begins. */
  readonly empty?: boolean;
  /** Entries to begin with, beside the suffix, ou=people and ou=groups. */
  readonly ldif?: string;
  /** They need not fit the schema, as old ones that came with `slapadd -s`. */
  readonly lax?: boolean;
}

const SCHEMAS = ['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`);

/** slapd.conf for one mdb database; whoever runs slapd is its administrator over ldapi. */
export function slapdConfiguration(folder: string, options: SlapdOptions): string {
  const overlays = overlaysOf(options);
  return [
    ...SCHEMAS,
    `pidfile ${join(folder, 'pid')}`,
    'modulepath /usr/lib/ldap',
    ...['back_mdb', ...overlays.map(({ name }) => name)].map((name) => `moduleload ${name}`),
    // The default of 4 MB breaks the connection of whoever writes a group of 100,000.
    'sockbuf_max_incoming_auth 67108863',
    ...tlsLines(options),
    `authz-regexp "gidNumber=[0-9]+\\\\+uidNumber=${process.getuid?.() ?? 0},cn=peercred,cn=external,cn=auth" "cn=admin,${SUFFIX}"`,
    ...(options.global === undefined ? [] : [options.global]),
    'database mdb',
    `suffix "${SUFFIX}"`,
    `rootdn "cn=admin,${SUFFIX}"`,
    'rootpw secret',
    `directory ${folder}`,
    'maxsize 4294967296',
    ...(options.durable === true ? [] : ['dbnosync']),
    `limits ${options.limits ?? '* size=unlimited time=unlimited'}`,
    'index objectClass,entryUUID,entryCSN,member eq',
    'index uid,mail,cn eq,sub',
    ...(options.indexes ?? []).map((index) => `index ${index}`),
    ...overlays.flatMap(({ lines }) => lines),
    ...(options.database === undefined ? [] : [options.database]),
    '',
  ].join('\n');
}

interface Overlay {
  readonly name: string;
  readonly lines: readonly string[];
}

function overlaysOf(options: SlapdOptions): readonly Overlay[] {
  const { unique = [], uniqueGroups = [], ppolicy = false, syncprov = true, sort = true } = options;
  const uris = [...unique.map((name) => ['people', name]), ...uniqueGroups.map((name) => ['groups', name])];
  const overlays: Overlay[] = [];
  if (sort) overlays.push({ name: 'sssvlv', lines: ['overlay sssvlv', 'sssvlv-max 64', 'sssvlv-maxkeys 5'] });
  if (ppolicy) overlays.push({ name: 'ppolicy', lines: ['overlay ppolicy', `ppolicy_default "cn=policy,${SUFFIX}"`] });
  if (uris.length > 0) overlays.push({ name: 'unique', lines: ['overlay unique', ...uris.map(uniqueLine)] });
  if (syncprov) overlays.push({ name: 'syncprov', lines: ['overlay syncprov', 'syncprov-sessionlog 10000'] });
  return overlays;
}

/** Without `serialize` two parallel adds both win; a second attribute in one line is not enforced. */
function uniqueLine([unit, name]: readonly string[]): string {
  return `unique_uri "serialize ldap:///ou=${unit},${SUFFIX}?${name}?sub"`;
}

function tlsLines({ tls }: SlapdOptions): readonly string[] {
  if (tls === undefined) return [];
  return [
    `TLSCertificateFile ${tls.cert}`,
    `TLSCertificateKeyFile ${tls.key}`,
    `TLSCACertificateFile ${tls.ca}`,
    ...(tls.clients === true ? ['TLSVerifyClient demand'] : []),
  ];
}

export function initialLdif({ ppolicy = false, ldif = '' }: SlapdOptions): string {
  return [SUFFIX_ENTRY, unit('people'), unit('groups'), ...(ppolicy ? [POLICY] : []), ldif].join('\n');
}

const SUFFIX_ENTRY = `dn: ${SUFFIX}
objectClass: dcObject
objectClass: organization
dc: example
o: example
`;

const POLICY = `dn: cn=policy,${SUFFIX}
objectClass: organizationalRole
objectClass: pwdPolicy
cn: policy
pwdAttribute: userPassword
pwdLockout: TRUE
`;

function unit(name: string): string {
  return `dn: ou=${name},${SUFFIX}\nobjectClass: organizationalUnit\nou: ${name}\n`;
}
