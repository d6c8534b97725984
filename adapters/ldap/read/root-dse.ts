import type { LdapPool, Limits } from '../connection/pool.ts';
import { type RootDse, readRootDse } from '../server/root-dse.ts';

const known = new WeakMap<LdapPool, Promise<RootDse | undefined>>();

/** As `readRootDse`, asked once. */
export function rootDse(pool: LdapPool, limits: Limits): Promise<RootDse | undefined> {
  const present = known.get(pool);
  if (present !== undefined) return present;
  const asked = readRootDse(pool, limits);
  known.set(pool, asked);
  asked.catch(() => known.delete(pool));
  return asked;
}
