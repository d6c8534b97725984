/** What applications ask of GraphQL, once more with people and groups in a domain of Active Directory. */
import { afterAll, test, vi } from 'vitest';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { ldapCall } from '#test/ldap/call.ts';
import { addTenants, allowSimplePasswords, domainOptions, openDomainPool } from '#test/ldap/domain.ts';
import { missingForSamba, startSamba } from '#test/support/samba.ts';
import { defineAsks, type LeftOuts } from './define-asks.ts';
import { peopleBackend } from './people-backend.ts';

const TENANTS = ['acme', 'other', 'zeta'];
const FEED = 'needs a feed of changes, which a domain has not';
const TYPES = 'has a resource type of its own, which a directory does not hold';
const GATEWAY = 'is decided by the gateway before a backend is asked';
const THOUSANDS = 'creates more than a thousand resources to reach a limit of the gateway';

// biome-ignore format: a table reads by column
const LEFT_OUT: LeftOuts = {
  '03-where-on-membership': [['is refused with what to do instead', THOUSANDS]],
  '04-members-and-groups': [['are listed as far as a full page goes', THOUSANDS]],
  '08-affected': FEED,
  '08-changes': FEED,
  '09-subscription': FEED,
  '10-federation': [['a unique name of a group and a type', TYPES]],
  '14-guards': GATEWAY,
};

const missing = process.env['PORTICO_SOAK'] === undefined ? 'npm run test:soak does, in minutes' : missingForSamba();

if (missing === undefined) await run();
else {
  process.stderr.write(`GraphQL over Active Directory: not run, ${missing}\n`);
  test.skip(`GraphQL over Active Directory: ${missing}`, () => undefined);
}

async function run() {
  // Samba takes one write at a time, and some fill a domain with a thousand people.
  vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });
  const samba = await startSamba();
  const { url, ca, adminDn, adminPassword } = samba;
  const admin = openDomainPool(samba);
  await allowSimplePasswords(admin, samba);
  let opened = 0;

  /** Each gateway has a part of the tree, since some tests have several. */
  peopleBackend.open = async (shape) => {
    opened += 1;
    const suffix = `OU=${opened},${samba.suffix}`;
    await admin.add(ldapCall(), { dn: suffix, attributes: { objectClass: ['organizationalUnit'] } });
    await addTenants(admin, { suffix }, TENANTS);
    const { users, groups, ...options } = domainOptions({ url, ca, adminDn, adminPassword, suffix });
    // Gateways hold the same people, which by userPrincipalName and sAMAccountName a forest would not.
    const named = { attributes: { userName: 'uid' }, templates: { sAMAccountName: null }, unique: [] };
    return ldap.open(
      ldap.options.parse({
        ...options,
        users: { ...users, ...named },
        groups: { ...groups, templates: { sAMAccountName: null }, unique: [] },
      }),
      shape,
    );
  };
  afterAll(async () => {
    await admin.close();
    await samba.stop();
  });
  defineAsks('Active Directory', LEFT_OUT);
}
