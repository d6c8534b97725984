import { afterAll, describe, expect, test, vi } from 'vitest';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';
import { callOf, Subject, sorted } from '#test/contract/subject.ts';
import { addTenants, allowSimplePasswords, domainOptions, emptyDomain, openDomainPool } from '#test/ldap/domain.ts';
import { missingForSamba, startSamba } from '#test/support/samba.ts';

const missing = process.env['PORTICO_SOAK'] === undefined ? 'npm run test:soak does, in minutes' : missingForSamba();

/** Samba's database takes one write at a time, each in some 20 ms. */
const PATIENCE_MS = 300_000;
const TENANTS = ['one', 'two'];

const deviations = [
  { test: 'groups may share a displayName', reason: 'a group is named by its cn, which is its displayName' },
  { test: 'each tenant has its own names', reason: 'userPrincipalName is unique in the whole forest' },
  { test: '"ada" and "ada " are two names', reason: 'a directory trims spaces where it compares' },
  { test: '"a b" and "a  b" are two names', reason: 'a directory takes several spaces for one where it compares' },
  { test: '"ＡＤＡ" and "ada" are one name', reason: 'Samba folds no wide letters where it compares' },
  {
    test: 'a hundred members added at once are all there',
    reason: 'an answer is read after its write, and may show the next one as well; test/ldap adds members at once',
  },
  { test: 'new keys alone are stored and are no change', reason: 'keys are read off the attributes of the entry' },
];

if (missing === undefined) await run();
else {
  process.stderr.write(`the adapter contract on Active Directory: not run, ${missing}\n`);
  test.skip(`a domain of Active Directory: ${missing}`, () => undefined);
}

async function run() {
  vi.setConfig({ testTimeout: PATIENCE_MS });
  const samba = await startSamba();
  const admin = openDomainPool(samba);
  await addTenants(admin, samba, TENANTS);
  await allowSimplePasswords(admin, samba);

  const { groups, ...rest } = domainOptions(samba);
  // Accounts of people and groups share their names, which the suite does not expect.
  const options = { ...rest, groups: { ...groups, templates: { sAMAccountName: null } } };
  const open = async () => {
    await emptyDomain(admin, samba, TENANTS);
    return ldap.open(ldap.options.parse(options), contractShape);
  };
  afterAll(async () => {
    await admin.close();
    await samba.stop();
  });

  describe('a domain of Active Directory', async () => {
    await adapterContract('active-directory', open, { deviations });

    test('a group of more members than come at once is read and changed whole', async () => {
      const subject = new Subject(await open());
      const names = Array.from({ length: 1_600 }, (_, i) => `u${i}`);
      const dn = (cn: string) => `CN=${cn},OU=people,OU=one,${samba.suffix}`;
      for (const cn of names) {
        await admin.add(callOf(), { dn: dn(cn), attributes: { objectClass: ['user'], sAMAccountName: [cn] } });
      }
      const attributes = { objectClass: ['group'], member: names.slice(0, 1_550).map(dn) };
      await admin.add(callOf(), { dn: `CN=All,OU=groups,OU=one,${samba.suffix}`, attributes });
      const [all] = (await subject.find('Group')).items;
      if (all === undefined) throw new Error('the group must exist');
      const people = await subject.foundIds('User', { page: { limit: 2_000 } });
      const membersNow = () => subject.linkedIds('members', 'out', all, { page: { limit: 2_000 } });
      const members = await membersNow();
      const within = { kind: 'linked', edge: 'members', direction: 'in', transitive: true, ids: [all.id] } as const;
      expect(sorted(await subject.foundIds('User', { filter: within, page: { limit: 2_000 } }))).toEqual(
        sorted(members),
      );
      const [stranger] = people.filter((id) => !members.includes(id));
      const [leaving] = members;
      expect([people.length, members.length]).toEqual([1_600, 1_550]);
      if (stranger === undefined || leaving === undefined) throw new Error('some are members, some are not');
      await subject.done(subject.membersOf(all, { add: [{ id: stranger }], remove: [leaving] }));
      expect(sorted(await membersNow())).toEqual(sorted([...members.filter((id) => id !== leaving), stranger]));
      await subject.adapter.close();
    }, 900_000);
  });
}
