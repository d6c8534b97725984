/** What applications ask of GraphQL, once more with people and groups in a directory. */
import { afterAll, vi } from 'vitest';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { ldapCall } from '#test/ldap/call.ts';
import { openAdminPool, PATIENT, SCHEMA, tenantOptions } from '#test/ldap/directory.ts';
import { startSlapd } from '#test/support/slapd.ts';
import { defineAsks, type LeftOuts } from './define-asks.ts';
import { peopleBackend } from './people-backend.ts';

// Some fill a directory with a thousand people, which may take long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TENANTS = ['acme', 'other', 'zeta'];

const slapd = await startSlapd({ global: `include ${SCHEMA}`, indexes: ['manager eq'], quiet: true });
const { url, adminDn, adminPassword } = slapd;
const admin = openAdminPool(slapd);
let opened = 0;

/** Each gateway has a part of the tree, since some tests have several. */
peopleBackend.open = async (shape) => {
  opened += 1;
  const suffix = `ou=${opened},${slapd.suffix}`;
  const tenants = TENANTS.map((tenant) => `ou=${tenant},${suffix}`);
  await addUnit(suffix);
  await Promise.all(tenants.map(addUnit));
  await Promise.all(tenants.flatMap((dn) => [addUnit(`ou=people,${dn}`), addUnit(`ou=groups,${dn}`)]));
  const { users, ...options } = tenantOptions({ url, adminDn, adminPassword, suffix });
  return ldap.open(ldap.options.parse({ ...options, ...PATIENT, users: { ...users, unique: [] } }), shape);
};

async function addUnit(dn: string): Promise<void> {
  await admin.add(ldapCall(), { dn, attributes: { objectClass: ['organizationalUnit'] } });
}

afterAll(async () => {
  await admin.close();
  await slapd.stop();
});

const RETAINS = 'deletes what can be restored, which a directory cannot';
const KEEPS = 'needs a memory backend that keeps few changes; test/ldap/feed has the same of a directory';
const TYPES = 'has a resource type of its own, which a directory does not hold';
const GATEWAY = 'is decided by the gateway before a backend is asked';
const THOUSANDS = 'creates more than a thousand resources to reach a limit of the gateway';

// biome-ignore format: a table reads by column
const LEFT_OUT: LeftOuts = {
  '03-where-on-membership': [['is refused with what to do instead', THOUSANDS]],
  '04-members-and-groups': [['are listed as far as a full page goes', THOUSANDS]],
  '08-changes': [
    ['what is retained is a tombstone', RETAINS],
    ['what the backend no longer keeps', KEEPS],
  ],
  '10-federation': [['a unique name of a group and a type', TYPES]],
  '14-guards': GATEWAY,
};

defineAsks('LDAP', LEFT_OUT);
