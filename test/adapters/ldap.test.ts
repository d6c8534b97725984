import { afterAll, describe } from 'vitest';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { observed } from '#telemetry/observed-adapter.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';
import { empty, givenIdOptions, openAdminPool, startTenants, tenantOptions } from '#test/ldap/directory.ts';

const slapd = await startTenants(['one', 'two']);
const admin = openAdminPool(slapd);

const openWith = async (options: unknown) => {
  await empty(admin);
  return ldap.open(ldap.options.parse(options), contractShape);
};
const open = () => openWith(tenantOptions(slapd));

afterAll(async () => {
  await admin.close();
  await slapd.stop();
});

/** `uid` compares by caseIgnoreMatch (RFC 4517 §4.2.11), and a key is an attribute of the entry or it is not there. */
const deviations = [
  { test: '"ada" and "ada " are two names', reason: 'a directory trims spaces where it compares' },
  { test: '"a b" and "a  b" are two names', reason: 'a directory takes several spaces for one where it compares' },
  { test: 'new keys alone are stored and are no change', reason: 'keys are read off the attributes of the entry' },
];

describe('a directory of OpenLDAP', async () => {
  await adapterContract('ldap', open, { deviations });
  await adapterContract('ldap, observed', async () => observed(await open(), () => {}), { deviations });
  await adapterContract('ldap, people named by their user names, ids given', () => openWith(givenIdOptions(slapd)), {
    deviations,
  });
});
