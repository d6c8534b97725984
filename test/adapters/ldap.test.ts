import { afterAll, describe } from 'vitest';
import { ldap } from '#adapters/ldap/ldap-adapter.ts';
import { observed } from '#telemetry/observed-adapter.ts';
import { asClientsAsk } from '#test/cache/as-clients-ask.ts';
import { startCache } from '#test/cache/started-cache.ts';
import { adapterContract } from '#test/contract/adapter-contract.ts';
import { contractShape } from '#test/contract/sample.ts';
import { empty, givenIdOptions, openAdminPool, startTenants, tenantOptions } from '#test/ldap/directory.ts';

const slapd = await startTenants(['one', 'two']);
const admin = openAdminPool(slapd);
const cache = await startCache();

const openWith = async (options: unknown) => {
  await empty(admin);
  return ldap.open(ldap.options.parse(options), contractShape);
};
const open = () => openWith(tenantOptions(slapd));

afterAll(async () => {
  await cache.stop();
  await admin.close();
  await slapd.stop();
});

/** `uid` compares by caseIgnoreMatch (RFC 4517 §4.2.11), and a key is an attribute of the entry or it is not there. */
const deviations = [
  { test: '"ada" and "ada " are two names', reason: 'a directory trims spaces where it compares' },
  { test: '"a b" and "a  b" are two names', reason: 'a directory takes several spaces for one where it compares' },
  { test: 'new keys alone are stored and are no change', reason: 'keys are read off the attributes of the entry' },
];

const others = 'the adapter contract with other options';
const isSoak = process.env['PORTICO_SOAK'] !== undefined;
if (!isSoak) process.stderr.write(`${others}: people named by their user names, ids given: npm run test:soak does\n`);

describe('a directory of OpenLDAP', async () => {
  await adapterContract('ldap', open, { deviations });
  const behind = async () => asClientsAsk(cache.wrap(observed(await open(), () => {})));
  await adapterContract('ldap, observed and cached', behind, { deviations });
  if (isSoak) {
    const named = () => openWith(givenIdOptions(slapd));
    await adapterContract('ldap, people named by their user names, ids given', named, { deviations });
  }
});
