import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { DirectoryAdapter, Inspection } from '#adapters/adapter.ts';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { contractShape } from '#test/contract/sample.ts';
import { callOf, Subject } from '#test/contract/subject.ts';
import { type Slapd, startSlapd } from '#test/support/slapd.ts';
import { type SlapdOptions, SUFFIX } from '#test/support/slapd-configuration.ts';
import { startTenants, tenantOptions } from './directory.ts';

const ADMIN = `cn=admin,${SUFFIX}`;
const PEOPLE = `ou=people,${SUFFIX}`;

async function started(options: SlapdOptions = {}): Promise<Slapd> {
  const slapd = await startSlapd(options);
  onTestFinished(() => slapd.stop());
  return slapd;
}

async function opened(options: unknown): Promise<DirectoryAdapter> {
  const adapter = await ldap.open(ldap.options.parse(options), contractShape);
  onTestFinished(() => adapter.close());
  return adapter;
}

function optionsOf({ url, people, groups, adminDn, adminPassword }: Slapd, users: object = {}) {
  return {
    url,
    bindDn: adminDn,
    bindPassword: adminPassword,
    users: { base: people, without: '*', unique: ['uid'], ...users },
    groups: { base: groups, without: '*' },
  };
}

async function inspected(options: unknown): Promise<Inspection> {
  const adapter = await opened(options);
  if (adapter.inspect === undefined) throw new Error('a directory can be inspected');
  return adapter.inspect(callOf());
}

const said = (list: Inspection['faults']) => list.map(({ path, expected, got }) => [path, expected, got].join(' | '));

/** slapd shows its own configuration to the administrator. */
const CONFIG_READABLE = `database config\naccess to * by dn.exact="${ADMIN}" read`;
const MONITOR_READABLE = `moduleload back_monitor\ndatabase monitor\naccess to * by dn.exact="${ADMIN}" read`;

describe('a server that lacks what the options need', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('is told of all of it at once, with where the options name it', async () => {
    const slapd = await started({
      global: `access to dn.base="" attrs=supportedControl val.regex="^1[.]3[.]6[.]1[.]1[.]1[23].*" by * none\naccess to * by * read`,
    });
    const { faults, notices } = await inspected({
      ...optionsOf(slapd, {
        base: `ou=nowhere,${SUFFIX}`,
        objectClasses: ['inetOrgPerson', 'porticoResource'],
        overflow: 'porticoOverflow',
        attributes: { active: 'pwdAccountLockedTime', title: 'titel', nickName: 'description;lang-en' },
      }),
    });
    expect(said(faults)).toEqual([
      expect.stringMatching(/^url .* assertion control \(RFC 4528\).*1\.3\.6\.1\.1\.12/),
      expect.stringMatching(/^url .* post-read control \(RFC 4527\).*1\.3\.6\.1\.1\.13\.2/),
      expect.stringMatching(/^users\.objectClasses \| .* \| porticoResource$/),
      expect.stringMatching(/^users\.overflow \| .* \| porticoOverflow$/),
      expect.stringMatching(/^users\.attributes\.title \| .* \| titel$/),
      expect.stringMatching(/^users\.attributes\.active \| .* \| pwdAccountLockedTime$/),
      expect.stringMatching(/^users\.base \| .* \| ou=nowhere,/),
    ]);
    expect(faults.map(({ remedy }) => remedy)).toEqual(
      expect.arrayContaining([
        'load docs/guides/ldap/portico.schema into the server',
        'load the overlay ppolicy into the server',
      ]),
    );
    expect(said(notices)).toEqual([expect.stringMatching(/^users\.unique \| uid .* taken on your word/)]);
  });

  test('is answered UNAVAILABLE, asked once, and asked again when it may have been mended', async () => {
    const slapd = await started();
    const base = `ou=later,${SUFFIX}`;
    const subject = new Subject(await opened(optionsOf(slapd, { base })));
    const refused = {
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/users\.base: expected/),
      retryAfterMs: 5_000,
    };
    await expect(subject.find('User')).rejects.toMatchObject(refused);
    await expect(subject.adapter.ping(callOf())).rejects.toMatchObject(refused);
    const searches = await slapd.countOperations(async () => {
      await expect(subject.find('User')).rejects.toMatchObject(refused);
      await expect(subject.user('ada')).rejects.toMatchObject(refused);
    });
    expect(searches).toEqual({});
    await slapd.ldapmodify(`dn: ${base}\nobjectClass: organizationalUnit\nou: later\n`);
    const later = performance.now() + 5_001;
    vi.spyOn(performance, 'now').mockReturnValue(later);
    expect((await subject.find('User')).items).toEqual([]);
  });

  test('is asked once by all who come at once, and never again', async () => {
    const slapd = await started();
    const subject = new Subject(await opened(optionsOf(slapd)));
    const findAll = () => Promise.all(Array.from({ length: 20 }, () => subject.find('User')));
    await findAll();
    await findAll();
    // Of all that is asked nothing else asks for the schema.
    expect(slapd.log().match(/SRCH base="cn=Subschema"/gi)).toHaveLength(1);
  });

  test('may hide what cannot be done without', async () => {
    const slapd = await started({
      global: `access to dn.base="" by * none\naccess to attrs=entryCSN by * none\naccess to * by users read`,
      ldif: `dn: uid=reader,${PEOPLE}\nobjectClass: inetOrgPerson\nuid: reader\ncn: r\nsn: r\nuserPassword: reader\n`,
      database:
        'access to attrs=userPassword by anonymous auth\naccess to attrs=entryCSN by * none\naccess to * by users read',
    });
    const { faults, notices } = await inspected({
      ...optionsOf(slapd),
      bindDn: `uid=reader,${PEOPLE}`,
      bindPassword: 'reader',
    });
    expect(said(faults)).toEqual([expect.stringMatching(/^bindDn \| an account that may read entryCSN /)]);
    expect(said(notices)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('supportedControl of the root DSE'),
        expect.stringContaining('the subschema subentry'),
      ]),
    );
  });

  test('has nothing to say of a directory that fits', async () => {
    const slapd = await startTenants(['one']);
    onTestFinished(() => slapd.stop());
    const { faults, notices } = await inspected(tenantOptions(slapd));
    expect({ faults, notices: notices.map(({ path }) => path) }).toEqual({ faults: [], notices: ['users.unique'] });
  });

  test('is told where classes demand or allow other than is mapped, and where a syntax is another', async () => {
    const slapd = await started({ global: 'include /etc/ldap/schema/nis.schema' });
    const { faults, notices } = await inspected(
      optionsOf(slapd, {
        objectClasses: ['inetOrgPerson', 'posixAccount'],
        unique: [],
        attributes: { nickName: 'gecos', userType: 'shadowMin', locale: { attribute: 'uidNumber', as: 'text' } },
      }),
    );
    expect(faults).toEqual([]);
    expect(said(notices)).toEqual([
      expect.stringMatching(/^users\.objectClasses \| an object class that allows shadowMin/),
      expect.stringMatching(/^users\.attributes\.nickName .* as: ia5/),
      expect.stringMatching(/^users\.attributes\.userType .* as: integer/),
      expect.stringMatching(/^users\.attributes\.locale .* as: integer/),
      expect.stringMatching(/^users\.templates \| something for gidnumber/),
      expect.stringMatching(/^users\.templates \| something for homedirectory/),
      expect.stringMatching(/^users\.unique \| what keeps user names unique/),
    ]);
  });
});

describe('what is said to be unique', () => {
  const uri = (text: string) => ({ database: `overlay unique\nunique_uri ${text}` });
  const inConfig = (options: SlapdOptions) => started({ ...options, global: `moduleload unique\n${CONFIG_READABLE}` });

  test.each([
    ['by a directive of its own', `"serialize ldap:///${PEOPLE}?uid?sub"`],
    ['above the base', `"serialize ldap:///${SUFFIX}?UID?sub"`],
    ['in the whole database, for the class that is served', '"serialize ldap:///?uid?sub?(objectClass=inetOrgPerson)"'],
  ])('is found %s', async (_, text) => {
    const { faults, notices } = await inspected(optionsOf(await inConfig(uri(text))));
    expect({ faults, notices }).toEqual({ faults: [], notices: [] });
  });

  test.each([
    ['without serialize', `"ldap:///${PEOPLE}?uid?sub"`, /without serialize/],
    ['elsewhere', `"serialize ldap:///ou=groups,${SUFFIX}?uid?sub"`, /does not cover the base/],
    ['one level deep', `"serialize ldap:///${PEOPLE}?uid?one"`, /does not cover the base/],
    ['for others', `"serialize ldap:///${PEOPLE}?uid?sub?(employeeType=x)"`, /covers a part/],
    ['with another attribute', `"serialize ldap:///${PEOPLE}?uid,mail?sub"`, /about more than this/],
    ['for another attribute', `"serialize ldap:///${PEOPLE}?mail?sub"`, /no directive for it/],
  ])('is missed where the directive is %s', async (_, text, got) => {
    const { faults } = await inspected(optionsOf(await inConfig(uri(text))));
    expect(faults).toMatchObject([
      { path: 'users.unique', got: expect.stringMatching(got), remedy: expect.stringContaining('serialize ldap:///') },
    ]);
  });

  test('is missed where the statistics know of no overlay, and believed where they know of one', async () => {
    const none = await inspected(optionsOf(await started({ database: MONITOR_READABLE })));
    expect(none.faults).toMatchObject([{ path: 'users.unique', got: 'a database without the overlay unique' }]);
    const some = await inspected(optionsOf(await started({ unique: ['uid'], database: MONITOR_READABLE })));
    expect(some.faults).toEqual([]);
    expect(said(some.notices)).toEqual([expect.stringMatching(/^users\.unique .* whose overlay is there/)]);
  });
});
