import { randomUUID } from 'node:crypto';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import type { Config, TenantConfig } from '#config/config.ts';
import { type Directory, openDirectory } from '#core/directory.ts';
import type { Notice } from '#core/notice.ts';
import type { RegistryOptions, SchemaRegistry } from '#core/schema/registry.ts';
import { openTenantSchemas, type TenantSchemas } from '#core/schema-change/tenant-schemas.ts';
import { openCursors } from '#core/search/cursor.ts';
import { type Following, followSystem, readSystem } from '#core/system/follow-system.ts';
import { openSystemRegistry } from '#core/system/system-registry.ts';
import { openSystemStore, type SystemStore } from '#core/system/system-store.ts';
import { SYSTEM_TENANT } from '#core/system/system-tenant.ts';
import { openTenantNames, type TenantNames } from '#core/system/tenant-names.ts';
import type { TrustedDocuments } from '#graphql/documents/trusted-documents.ts';
import type { GraphqlTenant } from '#graphql/graphql-face.ts';
import type { Call } from '#model/call.ts';
import { asDirectoryError, type DirectoryError } from '#model/errors.ts';
import type { TenantId } from '#model/resource.ts';
import type { ScimTenant } from '#scim/exchange.ts';
import type { Log } from '#telemetry/logger.ts';
import type { TrustedByTenant } from './load-trusted-documents.ts';

/** A configured tenant with what serves it; its schemas, and the faces with them, change at run time. */
export interface Tenant {
  readonly schemas: TenantSchemas;
  /** @throws {DirectoryError} UNAVAILABLE as `schemas.directory` */
  readonly scim: ScimTenant;
  /** @throws {DirectoryError} UNAVAILABLE as `schemas.directory` */
  readonly graphql: GraphqlTenant;
  /** The backend, behind the cache where there is one. */
  readonly adapter: DirectoryAdapter;
}

export interface ServedTenants {
  readonly tenants: ReadonlyMap<TenantId, Tenant>;
  /** What is in force; of `_system` its own types. */
  registry(tenant: TenantId): SchemaRegistry | undefined;
  /**
   * Puts in force what `_system` holds, and follows it from then on. A backend that does not answer is no reason to fail: the
   * tenants are UNAVAILABLE until it does. @throws {DirectoryError} INVALID_VALUE where what is stored does not go with the files
   */
  begin(): Promise<void>;
  end(): Promise<void>;
}

const READ_TIMEOUT_MS = 5_000;
/** How long one call waits for changes before it is repeated. */
const FEED_MS = 60_000;

export function openTenants(
  config: Config,
  loaded: ReadonlyMap<TenantId, RegistryOptions>,
  backends: ReadonlyMap<string, DirectoryAdapter>,
  { logger }: Pick<Log, 'logger'>,
  trusted: TrustedByTenant = new Map(),
  wrap: (backend: DirectoryAdapter) => DirectoryAdapter = (backend) => backend,
): ServedTenants {
  const registry = openSystemRegistry();
  const adapter = known(backends, config.system.backend);
  const cursors = openCursors(config.server.secret);
  const [leniency] = [...config.tenants.values()].map(({ switches }) => switches);
  if (leniency === undefined) throw new TypeError('a configuration has a tenant');
  const system = { adapter, registry, cursors, leniency };
  const store = openSystemStore(system);
  const reportNames = (error: DirectoryError) => logger.warn({ err: error }, 'names of GraphQL are not kept');
  const notify = ({ kind, ...notice }: Notice) => logger.warn(notice, kind);
  const tenants = new Map(
    [...config.tenants.values()].map((tenant) => {
      const names = openTenantNames({ ...system, tenant: tenant.name, call: shortCall, report: reportNames });
      const parts = {
        store,
        names,
        adapter: wrap(known(backends, tenant.backend)),
        registry: known(loaded, tenant.name),
      };
      return [
        tenant.name,
        openTenant(tenant, config, { ...parts, notify, trusted: trusted.get(tenant.name) }),
      ] as const;
    }),
  );
  const all = [...tenants.values()].map(({ schemas }) => schemas);
  let following: Following | undefined;
  return {
    tenants,
    registry: (tenant) => (tenant === SYSTEM_TENANT ? registry : tenants.get(tenant)?.schemas.registry),
    async begin() {
      await readSystem({ store, tenants: all }, shortCall()).catch((error: unknown) => {
        const code = asDirectoryError(error)?.code;
        if (code !== 'UNAVAILABLE' && code !== 'TIMEOUT') throw error;
        logger.error({ err: error }, 'what _system holds cannot be read yet; the tenants answer 503 until it can');
      });
      following = followSystem({
        store,
        adapter,
        tenants: all,
        refreshMs: config.system.refreshSeconds * 1_000,
        call: (signal) => systemCall(AbortSignal.any([signal, AbortSignal.timeout(FEED_MS)]), FEED_MS),
        report: (error) => logger.error({ err: error }, 'what _system holds could not be read; it is tried again'),
      });
    },
    async end() {
      await following?.stop();
    },
  };
}

interface TenantParts {
  readonly store: SystemStore;
  readonly names: TenantNames;
  readonly adapter: DirectoryAdapter;
  readonly registry: RegistryOptions;
  readonly notify: (notice: Notice) => void;
  readonly trusted: TrustedDocuments | undefined;
}

function openTenant(tenant: TenantConfig, config: Config, parts: TenantParts): Tenant {
  const { name, switches: leniency, lifeCycle, limits } = tenant;
  const policies = new Map(Object.entries(tenant.policies));
  const { adapter, names, notify, trusted } = parts;
  const cursors = openCursors(config.server.secret, limits.cursorTimeoutSeconds * 1_000);
  const schemas = openTenantSchemas({
    ...parts,
    tenant: name,
    openDirectory: (registry, fenced) =>
      openDirectory({ tenant: name, adapter: fenced, registry, leniency, lifeCycle, cursors, notify, policies }),
  });
  let scim: { readonly directory: Directory; readonly tenant: ScimTenant } | undefined;
  let graphql: { readonly directory: Directory; readonly tenant: GraphqlTenant } | undefined;
  return {
    schemas,
    adapter,
    get scim() {
      const { directory } = schemas;
      if (scim?.directory !== directory) scim = { directory, tenant: openScimTenant(tenant, directory) };
      return scim.tenant;
    },
    get graphql() {
      const { directory } = schemas;
      if (graphql?.directory !== directory)
        graphql = { directory, tenant: openGraphqlTenant(tenant, config, { directory, names, trusted }) };
      return graphql.tenant;
    },
  };
}

function openGraphqlTenant(
  tenant: TenantConfig,
  { graphql }: Config,
  { directory, names, trusted }: Pick<TenantParts, 'names' | 'trusted'> & { readonly directory: Directory },
): GraphqlTenant {
  const { registry, session, visibilities } = directory;
  const versions = checksVersions(directory);
  const { trustedDocuments: _, ...ofTenant } = tenant.graphql;
  const settings = {
    ...graphql,
    ...ofTenant,
    ...(trusted && { trustedDocuments: trusted }),
    backend: tenant.backend,
    versions,
    visibilities,
  };
  return { registry, names, session, settings };
}

function checksVersions(directory: Directory): boolean {
  return directory.registry.types.every((type) => directory.capabilities(type).atomic.includes('version'));
}

/** What discovery announces is what the backend can do for every type. */
function openScimTenant(tenant: TenantConfig, directory: Directory): ScimTenant {
  const { registry } = directory;
  const abilities = registry.types.map((type) => directory.capabilities(type));
  return {
    name: tenant.name,
    directory,
    registry,
    supports: {
      etag: checksVersions(directory),
      // The order of ids serves cursors; a client that sorts means something else.
      sort: abilities.every(({ sort }) => sort === 'any' || sort.some((path) => path !== 'id')),
      changePassword: abilities.every(({ passwords }) => passwords !== 'none'),
    },
    profile: tenant.switches,
    limits: tenant.limits,
    sensitiveFilters: tenant.sensitiveFilters,
  };
}

function shortCall(): Call {
  return systemCall(AbortSignal.timeout(READ_TIMEOUT_MS), READ_TIMEOUT_MS);
}

function systemCall(signal: AbortSignal, timeoutMs: number): Call {
  const deadline = Date.now() + timeoutMs;
  return { tenant: SYSTEM_TENANT, actor: 'portico', requestId: randomUUID(), deadline, signal, consistency: 'primary' };
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new TypeError(`${String(key)} was not opened`);
  return value;
}
