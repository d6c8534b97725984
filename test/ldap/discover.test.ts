import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import type { Proposal } from '#adapters/adapter.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { ldapDiscover } from '#cli/ldap-discover.ts';
import { printProposal } from '#cli/print-proposal.ts';
import { callOf } from '#test/contract/subject.ts';
import { makeCertificates } from '#test/support/certificates.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { type SlapdOptions, SUFFIX } from '#test/support/slapd-configuration.ts';
import { SCHEMA } from './directory.ts';
import { serveDiscovered } from './discovered.ts';

async function started(options: SlapdOptions = {}, ...entries: readonly string[]): Promise<Slapd> {
  const slapd = await startSlapd(options);
  onTestFinished(() => slapd.stop());
  if (entries.length > 0) await slapd.ldapmodify(entries.join('\n'));
  return slapd;
}

function discovered({ url, adminDn, adminPassword }: Slapd, within?: string): Promise<Proposal> {
  if (ldap.discover === undefined) throw new Error('the adapter can be asked to discover');
  return ldap.discover({ url, bindDn: adminDn, bindPassword: adminPassword }, within, callOf());
}

function unit(name: string, above = SUFFIX): string {
  return `dn: ou=${name},${above}\nobjectClass: organizationalUnit\nou: ${name}\n`;
}

function person(dn: string, lines: readonly string[] = [], classes = ['inetOrgPerson']): string {
  const [, type = '', value = ''] = /^(\w+)=([^,]+)/.exec(dn) ?? [];
  const named = new Set(['cn', 'sn', type]);
  const own = [...named].map((name) => `${name}: ${name === type ? value : `${value} ${name}`}`);
  return [`dn: ${dn}`, ...classes.map((name) => `objectClass: ${name}`), ...own, ...lines, ''].join('\n');
}

function group(dn: string, ...lines: readonly string[]): string {
  const [, cn = ''] = /^cn=([^,]+)/.exec(dn) ?? [];
  return [`dn: ${dn}`, `cn: ${cn}`, ...lines, ''].join('\n');
}

const PEOPLE = `ou=people,${SUFFIX}`;
const GROUPS = `ou=groups,${SUFFIX}`;
const ADA = `uid=ada,${PEOPLE}`;

describe('what is proposed', () => {
  test('for people and groups right below a unit each is little beyond where they are', async () => {
    const slapd = await started(
      {},
      person(ADA, [
        'mail: ada@example.com',
        'employeeType: Founder',
        'roomNumber: 7',
        'facsimileTelephoneNumber: +44 1',
      ]),
      person(`uid=bob,${PEOPLE}`, [`manager: ${ADA}`]),
      group(`cn=staff,${GROUPS}`, 'objectClass: groupOfNames', `member: ${ADA}`),
      group(`cn=unix,${GROUPS}`, 'objectClass: groupOfUniqueNames', `uniqueMember: ${ADA}`),
    );
    const { options, remarks, comments } = await discovered(slapd);
    expect(options).toEqual({
      users: {
        base: PEOPLE,
        attributes: {
          userType: 'employeeType',
          phoneNumbers: [
            'telephoneNumber',
            { attribute: 'mobile', type: 'mobile' },
            { attribute: 'homePhone', type: 'home' },
            { attribute: 'pager', type: 'pager' },
            { attribute: 'facsimileTelephoneNumber', as: 'printable', type: 'fax' },
          ],
        },
        without: '*',
      },
      groups: { base: GROUPS, without: '*' },
    });
    const text = remarks.join('\n');
    expect(text).toContain('The server is OpenLDAP.');
    expect(text).toContain('Filled and not mapped, of 2 people: roomNumber (1).');
    expect(text).toContain(`Not served: a group (cn=unix,${GROUPS}) of the class groupOfUniqueNames`);
    expect(comments['users']?.[0]).toContain(`serialize ldap:///${PEOPLE}?uid?sub`);
  });

  test('for people in units of their own, named by cn, with groups elsewhere, is the name above them', async () => {
    const staff = `ou=Staff,${SUFFIX}`;
    const slapd = await started(
      { global: `include /etc/ldap/schema/nis.schema` },
      unit('Staff'),
      unit('London', staff),
      unit('Paris', staff),
      unit('teams', `ou=London,${staff}`),
      person(`cn=Ada L,ou=London,${staff}`, ['uid: ada']),
      person(`cn=Bob S,ou=Paris,${staff}`, ['uid: bob']),
      group(
        `cn=devs,ou=teams,ou=London,${staff}`,
        'objectClass: groupOfUniqueNames',
        `uniqueMember: cn=Ada L,ou=London,${staff}`,
      ),
      group(`cn=unix,${GROUPS}`, 'objectClass: posixGroup', 'gidNumber: 1', 'memberUid: ada'),
    );
    const { options, remarks, comments } = await discovered(slapd);
    expect(options).toEqual({
      users: { base: staff, rdn: 'cn', without: '*' },
      groups: {
        base: `ou=teams,ou=London,${staff}`,
        objectClasses: ['groupOfUniqueNames'],
        member: 'uniqueMember',
        without: '*',
      },
    });
    expect(comments['users.base']).toEqual([
      expect.stringMatching(/above 2 units/),
      `  ou=London,${staff}`,
      `  ou=Paris,${staff}`,
    ]);
    expect(remarks.join('\n')).toMatch(/a group \(cn=unix,.*\) of the class posixGroup; its members are user names/);
  });

  test('for odd entries says which are not served, and which have no user name or share one', async () => {
    const slapd = await started(
      {},
      person(ADA, ['mail: one@example.com']),
      person(`cn=No Name,${PEOPLE}`, ['mail: one@example.com']),
      person(`cn=Other,${PEOPLE}`, ['userPassword:: /w=='], ['person']),
      person(`uid=bob,${PEOPLE}`, ['jpegPhoto:: /9j/4AAQ']),
    );
    const { options, remarks } = await discovered(slapd);
    expect(options['users']).toEqual({ base: PEOPLE, without: '*' });
    const text = remarks.join('\n');
    expect(text).toContain(`Not served: 1 of 4 accounts are no inetOrgPerson, such as cn=Other,${PEOPLE}.`);
    expect(text).toContain(`1 of 3 people have no uid, which is their userName, such as cn=No Name,${PEOPLE}.`);
    expect(text).toContain('jpegPhoto (1)');
    expect(text).not.toContain('userPassword');
  });

  test('for classes that hold less takes from the preset what they do not have', async () => {
    const account = (uid: string) => `dn: uid=${uid},${PEOPLE}\nobjectClass: account\nuid: ${uid}\nl: here\n`;
    const { options, remarks } = await discovered(await started({}, account('ada'), account('bob')));
    expect(options['users']).toMatchObject({
      objectClasses: ['account'],
      attributes: { emails: null, phoneNumbers: null, 'name.familyName': null },
      manager: null,
      password: null,
    });
    expect(remarks.join('\n')).toContain('l (2)');
  });

  test('for an empty directory says that nobody was found', async () => {
    const { options, comments } = await discovered(await started());
    expect(options).toEqual({ users: { base: SUFFIX, without: '*' }, groups: { base: SUFFIX, without: '*' } });
    expect(comments['users.base']).toEqual([expect.stringMatching(/No people were found/)]);
    expect(comments['groups.base']).toEqual([expect.stringMatching(/No groups were found/)]);
  });

  test('uses what the server has for Portico, and the overlay that it may see', async () => {
    const slapd = await started(
      {
        global: `include ${SCHEMA}\nmoduleload unique\ndatabase config\naccess to * by dn.exact="cn=admin,${SUFFIX}" read`,
        database: `overlay unique\nunique_uri "serialize ldap:///${PEOPLE}?uid?sub"`,
      },
      person(ADA),
    );
    const { options } = await discovered(slapd);
    expect(options['users']).toEqual({
      base: PEOPLE,
      objectClasses: ['inetOrgPerson', 'porticoResource'],
      overflow: 'porticoOverflow',
      unique: ['uid'],
    });
  });

  test('comes of a bounded part, which it says, and of where --base says', async () => {
    const many = Array.from({ length: 40 }, (_, i) => person(`uid=p${i},${PEOPLE}`));
    const slapd = await started({}, ...many, unit('more'), person(`uid=eve,ou=more,${SUFFIX}`));
    const { remarks } = await discovered(slapd);
    expect(remarks.join('\n')).toMatch(/Looked at 26 people and 0 groups right below 4 units .*there are more/);
    const within = await discovered(slapd, `ou=more,${SUFFIX}`);
    expect(within.options['users']).toMatchObject({ base: `ou=more,${SUFFIX}` });
  });
});

describe('a directory that cannot be looked at', () => {
  const looking = (connection: object, within?: string) => {
    if (ldap.discover === undefined) throw new Error('the adapter can be asked to discover');
    return ldap.discover(connection, within, callOf());
  };

  test('says whom to bind as', async () => {
    const slapd = await started({ global: 'require authc' });
    await expect(looking({ url: slapd.url })).rejects.toThrow(/--bind-dn with --password-env or --password-file/);
    const hidden = await started({ database: 'access to * by dn.exact="cn=nobody" read' });
    await expect(looking({ url: hidden.url })).rejects.toThrow(/shows this account no .*--bind-dn/);
    const wrong = { url: slapd.url, bindDn: slapd.adminDn, bindPassword: 'wrong' };
    await expect(looking(wrong)).rejects.toThrow(/result 49\): the name or the password is wrong/);
  });

  test('says what is wrong with its certificate, or that nobody listens', async () => {
    const certificates = await makeCertificates('/CN=portico');
    onTestFinished(() => certificates.remove());
    const slapd = await started({ tls: certificates.files });
    await expect(looking({ url: slapd.ldapsUrl })).rejects.toThrow(/--ca FILE/);
    await expect(looking({ url: slapd.ldapsUrl, tls: { ca: certificates.ca } })).resolves.toBeDefined();
    await expect(looking({ url: 'ldap://127.0.0.1:1' })).rejects.toThrow(/ECONNREFUSED\): nothing listens there/);
    await expect(looking({ url: 'ldap://h', bindDn: 'cn=a', bindPassword: 'b' })).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      faults: [{ path: 'url' }],
    });
  });
});

describe('portico ldap discover', () => {
  test('prints a file that passes portico check and serves the directory at once', async () => {
    const slapd = await started(
      {},
      person(ADA, ['mail: ada@example.com']),
      person(`uid=bob,${PEOPLE}`, [`manager: ${ADA}`]),
      group(`cn=staff,${GROUPS}`, 'objectClass: groupOfNames', `member: ${ADA}`),
    );
    const { scim, graphql } = await serveDiscovered(slapd);
    expect((await scim.get('/Users')).body).toMatchObject({ totalResults: 2 });
    const query = '{ users { nodes { userName manager { userName } memberOf { nodes { displayName } } } } }';
    expect(await graphql(query)).toEqual({
      data: {
        users: {
          nodes: expect.arrayContaining([
            { userName: 'ada', manager: null, memberOf: { nodes: [{ displayName: 'staff' }] } },
            { userName: 'bob', manager: { userName: 'ada' }, memberOf: { nodes: [] } },
          ]),
        },
      },
    });
  }, 60_000);

  test('takes no password on the command line, and says what it needs', async () => {
    expect(Object.keys(ldapDiscover.options)).not.toContain('password');
    const url = 'ldap://127.0.0.1';
    const unset = { url, 'bind-dn': 'cn=a', 'password-env': 'NOWHERE_SET' };
    await expect(ldapDiscover.run({})).rejects.toThrow('ldap discover needs --url');
    await expect(ldapDiscover.run({ url, 'bind-dn': 'cn=a' })).rejects.toThrow('--bind-dn goes with --password-env');
    await expect(ldapDiscover.run({ ...unset, 'password-file': 'x' })).rejects.toThrow('one of --password-env');
    await expect(ldapDiscover.run(unset)).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      faults: [{ path: 'bindPassword', expected: expect.stringContaining('NOWHERE_SET') }],
    });
  });

  test('lets nothing of a directory end a comment', () => {
    const remarks = ['one\r\ntwo: 2\u2028three: 3\u0085'];
    const comments = { url: ['a\nb: 1'] };
    const text = printProposal({ options: {}, comments, remarks }, 'ldap', { url: 'ldap://h' }, 'acme');
    expect(Object.keys(parse(text))).toEqual(['system', 'tenants', 'backends', 'auth']);
    expect(text).toContain('# one two: 2 three: 3');
    expect(text).toContain('# a b: 1');
  });
});
