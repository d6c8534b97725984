import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { TenantId } from '#model/resource.ts';
import type {
  Config,
  GraphqlConfig,
  LimitsConfig,
  PolicyConfig,
  QueryLimitsConfig,
  ServerConfig,
  TenantConfig,
  TenantGraphqlConfig,
  TokenConfig,
} from './config.ts';
import type { References } from './load-references.ts';
import { type ProfileName, type Switches, switchesOf } from './profiles.ts';
import type { ParsedConfig } from './schema.ts';

/** From what was written to what the gateway works with: units, absolute paths, names as keys. */
export function assembleConfig(parsed: ParsedConfig, references: References, folder: string): Config {
  const [onlyBackend = ''] = references.backends.keys();
  const tenants = Object.entries(parsed.tenants).map(
    ([name, { groupPatchAnswer, userPatchAnswer, uniqueGroupNames, ...tenant }]): TenantConfig => ({
      ...tenant,
      name: name as TenantId,
      backend: tenant.backend ?? onlyBackend,
      switches: assembleSwitches(tenant.profile, {
        ...tenant.switches,
        groupPatchAnswer,
        userPatchAnswer,
        uniqueGroupNames,
      }),
      schemas: tenant.schemas.map((file) => resolve(folder, file)),
      policies: assemblePolicies(tenant.policies),
      limits: assembleLimits(tenant.limits),
      graphql: assembleTenantGraphql(parsed.graphql, tenant.graphql, folder),
    }),
  );
  return {
    server: assembleServer(parsed.server, references.secret),
    tenants: new Map(tenants.map((tenant) => [tenant.name, tenant])),
    backends: references.backends,
    tokens: parsed.auth.tokens.map(assembleToken),
    graphql: assembleGraphql(parsed.graphql),
    system: { ...parsed.system, backend: parsed.system.backend ?? tenants[0]?.backend ?? onlyBackend },
    ...(parsed.cache !== undefined && { cache: parsed.cache }),
  };
}

function assembleServer(server: ParsedConfig['server'], secret: string | undefined): ServerConfig {
  const { host, port, adminPort, publicUrl, trustedProxies, bodyLimit, drainSeconds } = server;
  const { publicServiceProviderConfig } = server;
  return {
    host,
    port,
    trustedProxies,
    bodyLimitBytes: byteSizeToBytes(bodyLimit),
    drainSeconds,
    publicServiceProviderConfig,
    secret: secret ?? randomBytes(32).toString('hex'),
    ...(adminPort === undefined ? {} : { adminPort }),
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.replace(/\/+$/, '') }),
  };
}

function assembleLimits({ bulkMaxPayload, ...limits }: ParsedConfig['tenants'][string]['limits']): LimitsConfig {
  return {
    ...limits,
    defaultPageSize: Math.min(limits.defaultPageSize, limits.maxPageSize),
    bulkMaxPayloadBytes: byteSizeToBytes(bulkMaxPayload),
  };
}

function assembleGraphql({ trustedDocuments: _, limits, ...graphql }: ParsedConfig['graphql']): GraphqlConfig {
  return { ...graphql, limits: assembleQueryLimits(limits) };
}

function assembleTenantGraphql(
  ofServer: ParsedConfig['graphql'],
  { trustedDocuments = ofServer.trustedDocuments, limits, ...graphql }: ParsedConfig['tenants'][string]['graphql'],
  folder: string,
): TenantGraphqlConfig {
  return {
    ...graphql,
    limits: assembleQueryLimits(ofServer.limits, limits),
    ...(trustedDocuments === undefined ? {} : { trustedDocuments: resolve(folder, trustedDocuments) }),
  };
}

type ParsedQueryLimits = ParsedConfig['graphql']['limits'];

/** The server's, except those that the tenant sets. */
function assembleQueryLimits(
  ofServer: ParsedQueryLimits,
  ofTenant: { readonly [name in keyof ParsedQueryLimits]?: ParsedQueryLimits[name] | undefined } = {},
): QueryLimitsConfig {
  const set = Object.fromEntries(Object.entries(ofTenant).filter(([, value]) => value !== undefined));
  const { bodySize, responseSize, ...numbers }: ParsedQueryLimits = { ...ofServer, ...set };
  return {
    ...numbers,
    bodyBytes: byteSizeToBytes(bodySize),
    responseBytes: byteSizeToBytes(responseSize),
  };
}

/** Exactly one of the lists is there, as `checkMeaning` has seen. */
function assemblePolicies(policies: ParsedConfig['tenants'][string]['policies']): TenantConfig['policies'] {
  const assembled = Object.entries(policies).map(([name, { hide, show = [] }]): [string, PolicyConfig] => [
    name,
    hide === undefined ? { show } : { hide },
  ]);
  return Object.fromEntries(assembled);
}

/** The profile's, except those that the file sets; undefined sets none. */
function assembleSwitches(
  profile: ProfileName,
  overrides: { readonly [name in keyof Switches]?: Switches[name] | undefined },
): Switches {
  const set = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return switchesOf(profile, Object.fromEntries(set) as Partial<Switches>);
}

function byteSizeToBytes(size: string): number {
  return Number.parseInt(size, 10) * (/kb$/i.test(size) ? 1_024 : 1_048_576);
}

function assembleToken(token: ParsedConfig['auth']['tokens'][number]): TokenConfig {
  const { name, scopes, tenant, sha256, expires, user, policy } = token;
  return {
    name,
    scopes,
    tenant: tenant as TenantId,
    sha256: sha256.toLowerCase(),
    ...(expires === undefined ? {} : { expires: new Date(expires) }),
    ...(user === undefined ? {} : { user }),
    ...(policy === undefined ? {} : { policy }),
  };
}
