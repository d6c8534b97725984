/** The table of every key of a configuration file; docs/configuration.md is tested against it. */
import { z } from 'zod';
import { SCOPES } from '#model/principal.ts';
import { graphql, tenantGraphql } from './graphql-keys.ts';
import { byteSize, key, text } from './key.ts';
import { PROFILES, SWITCHES, type Switches, type SwitchName, type Value } from './profiles.ts';

const port = z.int().min(0).max(65_535);
const network = key(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]), 'an address or a CIDR range');
const baseUrl = z.url({ protocol: /^https?$/ }).regex(/^[^?#]+$/);
const secret = z.union([text, z.strictObject({ env: text }), z.strictObject({ file: text })]);

const server = z.strictObject({
  host: key(text, 'a host name or an address').default('127.0.0.1'),
  port: key(port, 'a port from 0 to 65535; 0 takes a free one').default(8080),
  adminPort: key(port, 'a port from 0 to 65535').optional(),
  publicUrl: key(baseUrl, 'an http or https URL without query and fragment').optional(),
  trustedProxies: key(z.array(network), 'a list of addresses and CIDR ranges').default([]),
  bodyLimit: key(byteSize, 'a size from 1kb to 999mb, such as 16mb', { unit: 'bytes' }).default('16mb'),
  drainSeconds: key(z.number().min(0).max(300), 'a number from 0 to 300', { unit: 'seconds' }).default(5),
  publicServiceProviderConfig: key(z.boolean(), 'true or false').default(true),
  processes: key(z.literal(1), '1: the backends that there are live inside one process').default(1),
  secret: key(secret, 'a secret of at least 32 characters', { secret: true }).optional(),
});

const limits = z.strictObject({
  defaultPageSize: key(z.int().min(1).max(1_000), 'a number from 1 to 1000').default(100),
  maxPageSize: key(z.int().min(1).max(1_000), 'a number from 1 to 1000').default(200),
  maxMembers: key(z.int().min(1).max(10_000_000), 'a number from 1 to 10000000').default(200_000),
  cursorTimeoutSeconds: key(z.int().min(1).max(604_800), 'a number from 1 to 604800', { unit: 'seconds' }).default(
    3_600,
  ),
  bulkMaxOperations: key(z.int().min(0).max(10_000), 'a number from 0 to 10000').default(1_000),
  bulkMaxPayload: key(byteSize, 'a size from 1kb to 999mb, such as 4mb', { unit: 'bytes' }).default('4mb'),
});

const lifeCycle = z.strictObject({
  onDelete: key(z.enum(['remove', 'retain', 'deactivate']), 'remove, retain or deactivate').default('remove'),
  userGroups: key(z.enum(['refuse', 'existing', 'create']), 'refuse, existing or create').default('refuse'),
  references: key(z.enum(['strict', 'lenient']), 'strict or lenient').default('strict'),
  uniqueEmails: key(z.boolean(), 'true or false').default(false),
  uniqueExternalIds: key(z.boolean(), 'true or false').default(false),
});

/** A key for each switch, by its name and without a default, since that is the profile's. */
const switches = Object.fromEntries(
  Object.entries(SWITCHES).map(([name, { values }]) => [name, switchKey(values)]),
) as unknown as { readonly [name in SwitchName]: z.ZodOptional<z.ZodLiteral<Switches[name]>> };

/** Some stand beside `switches`, since they are asked for most. */
const { groupPatchAnswer, userPatchAnswer, uniqueGroupNames, ...others } = switches;

const paths = key(z.array(key(text, 'the path of an attribute')), 'a list of paths of attributes');
const policy = z.strictObject({ hide: paths.optional(), show: paths.optional() });

const tenant = z.strictObject({
  backend: key(text, 'the name of a backend').optional(),
  profile: key(z.enum(PROFILES), `one of ${PROFILES.join(', ')}`).default('default'),
  switches: key(z.strictObject(others), 'a mapping of switches').default({}),
  schemas: key(z.array(key(text, 'a path')), 'a list of paths, relative to the configuration file').default([]),
  groupPatchAnswer,
  userPatchAnswer,
  uniqueGroupNames,
  lifeCycle: lifeCycle.prefault({}),
  sensitiveFilters: key(z.array(key(text, 'the path of an attribute')), 'a list of paths of attributes').default([]),
  policies: z.record(z.string(), policy).prefault({}),
  rawTokens: key(z.boolean(), 'true or false').default(false),
  limits: limits.prefault({}),
  graphql: tenantGraphql.prefault({}),
});

const backend = z.looseObject({
  adapter: key(text, 'the name of an adapter, a package, or a path relative to the configuration file'),
});

const token = z.strictObject({
  name: key(text.max(100), 'a name for logs, at most 100 characters'),
  tenant: key(text, 'the name of a tenant'),
  scopes: key(z.array(key(z.enum(SCOPES), `one of ${SCOPES.join(', ')}`)).min(1), 'a list of scopes, at least one'),
  sha256: key(z.string().regex(/^[0-9a-f]{64}$/i), "the token's SHA-256, 64 hex digits", { secret: true }),
  user: key(text, 'a userName').optional(),
  policy: key(text, 'the name of a policy of the tenant').optional(),
  expires: key(
    z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
    'a date such as 2027-06-30, meaning 00:00 UTC of that day, or a date-time with a zone',
  ).optional(),
});

const cache = z.strictObject({
  backend: key(text, 'the name of a backend of the adapter redis'),
  lifetimeSeconds: key(z.number().min(1).max(300), 'a number from 1 to 300', { unit: 'seconds' }).default(30),
  onMarkFailure: key(z.enum(['refuse', 'accept']), 'refuse or accept').default('refuse'),
  timeoutMs: key(z.int().min(1).max(1_000), 'a number from 1 to 1000', { unit: 'milliseconds' }).default(50),
});

export const configSchema = z.strictObject({
  server: server.prefault({}),
  tenants: z.record(z.string(), tenant).prefault({ default: {} }),
  backends: z.record(z.string(), backend).default({ memory: { adapter: 'memory' } }),
  auth: z.strictObject({ tokens: z.array(token).default([]) }).prefault({}),
  system: z
    .strictObject({
      backend: key(text, 'the name of a backend').optional(),
      refreshSeconds: key(z.number().min(0.1).max(3_600), 'a number from 0.1 to 3600', { unit: 'seconds' }).default(5),
    })
    .prefault({}),
  cache: cache.optional(),
  graphql: graphql.prefault({}),
});

export type ParsedConfig = z.output<typeof configSchema>;

function switchKey(values: readonly Value[]) {
  return key(z.literal(values), values.map((value) => JSON.stringify(value)).join(' or ')).optional();
}
