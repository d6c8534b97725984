import { fileURLToPath } from 'node:url';
import { startTenants, tenantOptions } from '#test/ldap/directory.ts';
import { addTenants, allowSimplePasswords, domainOptions, emptyDomain, openDomainPool } from '#test/ldap/domain.ts';
import { startRedis } from '#test/support/redis.ts';
import { missingForSamba, startSamba } from '#test/support/samba.ts';

/** What a life cycle may need of a tenant's settings. */
export type Need = 'retain' | 'types';

/** A backend that every life cycle runs over. A further one is a further line of `ALL`. */
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
  /** Why it is not run now. */
  readonly missing?: string | undefined;
}

export interface StartedBackend {
  /** The keys of a backend of the configuration. */
  readonly backend: { readonly adapter: string };
  /** After each life cycle, where tenants share names. */
  clear?(): Promise<void>;
  stop(): Promise<void>;
}

const FOREIGN = fileURLToPath(new URL('../support/foreign-adapter/foreign-adapter.ts', import.meta.url));

const DELETES = 'deletes for good';
const ENTRIES = 'holds people and groups, and no resource type of a tenant';

// biome-ignore format: a table reads by column
const ALL: readonly TestedAdapter[] = [
  { name: 'memory',  start: inProcess('memory'), supports: { etag: true,  sort: true,  changePassword: true },  lacks: {} },
  { name: 'foreign', start: inProcess(FOREIGN),  supports: { etag: false, sort: false, changePassword: false }, lacks: { retain: DELETES } },
  { name: 'ldap',    start: startDirectory,      supports: { etag: true,  sort: true,  changePassword: true },  lacks: { retain: DELETES, types: ENTRIES } },
  { name: 'redis',   start: startStore,          supports: { etag: true,  sort: true,  changePassword: true },  lacks: {} },
  { name: 'active-directory', start: startDomain, supports: { etag: true, sort: true, changePassword: true }, lacks: { retain: DELETES, types: ENTRIES }, missing: missingForDomain() },
];

export const ADAPTERS = ALL.filter(({ missing }) => missing === undefined);
export const NOT_RUN = ALL.filter(({ missing }) => missing !== undefined);

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

function missingForDomain(): string | undefined {
  return process.env['PORTICO_SOAK'] === undefined ? 'npm run test:soak does, in minutes' : missingForSamba();
}

/** Each tenant has a part of the tree, and all share the names of the forest. */
async function startDomain(tenants: readonly string[]): Promise<StartedBackend> {
  const samba = await startSamba();
  const admin = openDomainPool(samba);
  await addTenants(admin, samba, tenants);
  await allowSimplePasswords(admin, samba);
  return {
    backend: { adapter: 'ldap', ...domainOptions(samba) },
    clear: () => emptyDomain(admin, samba, tenants),
    stop: async () => {
      await admin.close();
      await samba.stop();
    },
  };
}
