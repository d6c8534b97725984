import type { LdapPool, Limits } from '../connection/pool.ts';
import { EVERYTHING } from '../filter/terms.ts';

/** What a server says of itself, RFC 4512 §5.1. */
export interface RootDse {
  readonly controls: ReadonlySet<string>;
  readonly namingContexts: readonly string[];
}

const known = new WeakMap<LdapPool, Promise<RootDse>>();

/** Asked once. */
export function rootDse(pool: LdapPool, limits: Limits): Promise<RootDse> {
  const present = known.get(pool);
  if (present !== undefined) return present;
  const asked = ask(pool, limits);
  known.set(pool, asked);
  asked.catch(() => known.delete(pool));
  return asked;
}

async function ask(pool: LdapPool, limits: Limits): Promise<RootDse> {
  const attributes = ['supportedControl', 'namingContexts'];
  const { entries } = await pool.search(limits, { base: '', scope: 'base', filter: EVERYTHING, attributes });
  const values = (name: string) => entries[0]?.strings(name) ?? [];
  return { controls: new Set(values('supportedControl')), namingContexts: values('namingContexts') };
}
