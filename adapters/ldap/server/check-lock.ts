/** Whether user names are unique where two gateways write at once, and whether locks have a place. */
import type { Inspection } from '#adapters/adapter.ts';
import type { LdapOperations, Limits } from '../connection/pool.ts';
import { EVERYTHING } from '../filter/terms.ts';
import { leafKey } from '../mapping/leaves.ts';
import { CODE } from '../result-error.ts';
import type { TenantView } from '../tenant-view.ts';
import { LOCK_CLASS } from '../write/directory-locks.ts';
import { isUnique } from '../write/keys.ts';
import { fault, NOTHING_FOUND, notice } from './findings.ts';
import type { ServerSchema } from './schema.ts';

export async function checkLock(
  server: LdapOperations,
  limits: Limits,
  { lock, users }: TenantView,
  schema: ServerSchema | undefined,
): Promise<Inspection> {
  if (lock === undefined) {
    const home = users.map.homes.get(leafKey(['userName']));
    if (home?.attributes.every((attribute) => isUnique(users, attribute))) return NOTHING_FOUND;
    return notice(
      'users.unique',
      'what keeps user names unique between gateways that write at once, which nothing does',
      {
        remedy: 'name the attribute of userName in users.unique and let the server keep it unique, or set lock.base',
      },
    );
  }
  if (!users.dialect.asserts) {
    return fault('lock', 'no locks: they need assertions (RFC 4528), which Active Directory does not know');
  }
  if (schema !== undefined && schema.objectClass(LOCK_CLASS) === undefined) {
    return fault('lock', `a server whose schema has the object class ${LOCK_CLASS} (RFC 4519), of which locks are`);
  }
  const { base } = lock;
  const request = {
    base,
    scope: 'base',
    filter: EVERYTHING,
    attributes: ['1.1'],
    accept: [CODE.noSuchObject],
  } as const;
  const { code } = await server.search(limits, request);
  if (code !== CODE.noSuchObject) return NOTHING_FOUND;
  const remedy = 'create it, such as an organizationalUnit, and grant the account the right to write below it';
  return fault('lock.base', 'the DN of an entry that is there', { got: base, remedy });
}
