import { fileURLToPath } from 'node:url';
import { startTenants, tenantOptions } from '#test/ldap/directory.ts';
import { startRedis } from '#test/support/redis.ts';

/** What a life cycle may need of a tenant's settings. */
export type Need = 'retain' | 'types';

/** A backend that every life cycle runs over. A further one is a further line of `ADAPTERS`. */
export interface TestedAdapter {
  /** Fit for a tenant's name. */
  readonly name: string;
  /** Ready for these tenants, and for no longer than until it is stopped. */
  readonly start: (tenants: readonly string[]) => Promise<StartedBackend>;
  /**
   * What `/ServiceProviderConfig` announces of it. Where it decides no versions by itself there is neither ETag nor
   * `meta.version`, RFC 7644 §3.14.
   */
  readonly supports: { readonly [ability in 'etag' | 'sort' | 'changePassword']: boolean };
  /** What a tenant's settings may ask of a backend and this one has not: the reason why what needs it is left out. */
  readonly lacks: { readonly [need in Need]?: string };
}

export interface StartedBackend {
  /** The keys of a backend of the configuration. */
  readonly backend: { readonly adapter: string };
  stop(): Promise<void>;
}

const FOREIGN = fileURLToPath(new URL('../support/foreign-adapter/foreign-adapter.ts', import.meta.url));

const DELETES = 'deletes for good';
const ENTRIES = 'holds people and groups, and no resource type of a tenant';

// biome-ignore format: a table reads by column
export const ADAPTERS: readonly TestedAdapter[] = [
  { name: 'memory',  start: inProcess('memory'), supports: { etag: true,  sort: true,  changePassword: true },  lacks: {} },
  { name: 'foreign', start: inProcess(FOREIGN),  supports: { etag: false, sort: false, changePassword: false }, lacks: { retain: DELETES } },
  { name: 'ldap',    start: startDirectory,      supports: { etag: true,  sort: true,  changePassword: true },  lacks: { retain: DELETES, types: ENTRIES } },
  { name: 'redis',   start: startStore,          supports: { etag: true,  sort: true,  changePassword: true },  lacks: {} },
];

function inProcess(adapter: string): TestedAdapter['start'] {
  return async () => ({ backend: { adapter }, stop: async () => undefined });
}

/** Each tenant has a part of the tree. */
async function startDirectory(tenants: readonly string[]): Promise<StartedBackend> {
  const slapd = await startTenants(tenants);
  return { backend: { adapter: 'ldap', ...tenantOptions(slapd) }, stop: () => slapd.stop() };
}

async function startStore(): Promise<StartedBackend> {
  const server = await startRedis();
  const options = { url: server.url };
  return { backend: { adapter: 'redis', ...options }, stop: () => server.stop() };
}
