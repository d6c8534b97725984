import { hash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { type ProfileName, type Switches, switchesOf } from '#config/profiles.ts';
import { openDirectory } from '#core/directory.ts';
import type { LifeCycle } from '#core/life-cycle.ts';
import type { Notify } from '#core/notice.ts';
import type { AttributePolicies } from '#core/policy/attribute-policy.ts';
import { openRegistry, type RegistryOptions } from '#core/schema/registry.ts';
import { openCursors } from '#core/search/cursor.ts';
import type { Session } from '#core/session.ts';
import type { RequestFacts } from '#http/access-log.ts';
import { openAuthenticator } from '#http/authenticate.ts';
import { openScimEdge } from '#http/scim-edge.ts';
import type { Call } from '#model/call.ts';
import { SCOPES, type Scope } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import type { Abilities, ScimTenant } from '#scim/exchange.ts';
import { DEFAULT_LIMITS, type Limits } from '#scim/limits.ts';
import { openScimFace } from '#scim/scim-face.ts';
import { type ScimClient, scimClient } from './scim-client.ts';

export interface GatewayOptions extends RegistryOptions {
  readonly tenants?: readonly string[];
  readonly profile?: ProfileName;
  /** What the tenants have otherwise than their profile. */
  readonly switches?: Partial<Switches>;
  readonly supports?: Partial<Abilities>;
  readonly limits?: Partial<Limits>;
  readonly lifeCycle?: Partial<LifeCycle>;
  readonly notify?: Notify;
  readonly bodyLimitBytes?: number;
  /** What cursors hold for the time. */
  readonly now?: () => number;
  /** Of every tenant's tokens: they may stand alone in the header. */
  readonly rawTokens?: boolean;
  readonly publicServiceProviderConfig?: boolean;
  readonly sensitiveFilters?: readonly string[];
  /** Of every tenant; each of them has tokens of its own. */
  readonly policies?: AttributePolicies;
  /** The userName behind every token. */
  readonly user?: string;
  /** Wraps the backend: to count its calls, to make them fail. */
  readonly wrap?: (adapter: DirectoryAdapter) => DirectoryAdapter;
}

export interface ScimGateway {
  /** What every address of the gateway begins with, without a trailing slash. */
  readonly origin: string;
  /** The token that a client of the same arguments sends. */
  token(tenant?: string, scopes?: readonly Scope[]): string;
  /** Of the first tenant, or the one named; with every scope, or those given; sees everything, or what the policy leaves. */
  client(tenant?: string, scopes?: readonly Scope[], policy?: string): ScimClient;
  /** The first tenant's directory without HTTP, to fill it. */
  session(): Session;
  /** One entry per request that is over, in order. */
  readonly log: readonly RequestFacts[];
  close(): Promise<void>;
}

/** The SCIM face behind the real edge on a free port, over the memory backend. */
export async function openScimGateway(options: GatewayOptions = {}): Promise<ScimGateway> {
  const { tenants = ['acme'], wrap = (adapter) => adapter, bodyLimitBytes = 16 * 1024 * 1024 } = options;
  const { rawTokens = false, policies = new Map() } = options;
  const adapter = wrap(await memory.open(memory.options.parse(undefined), () => []));
  const served = new Map(tenants.map((name) => [name, openTenant(name as TenantId, adapter, options)]));
  const log: RequestFacts[] = [];
  const state = { baseUrl: '' };
  const edge = openScimEdge({
    face: openScimFace({
      tenant: (name) => knownTenant(served, name),
      bodyLimitBytes,
      publicServiceProviderConfig: options.publicServiceProviderConfig ?? true,
    }),
    authenticate: openAuthenticator(
      tenants.flatMap((name) =>
        scopeSets().flatMap((scopes) =>
          [undefined, ...policies.keys()].map((policy) => ({
            ...tokenRecord(name, scopes, options.user, policy),
            raw: rawTokens,
          })),
        ),
      ),
    ),
    baseUrl: () => state.baseUrl,
    record: (_request, response, facts) => response.once('close', () => log.push(facts)),
  });
  const server = createServer((request, response) => {
    if (!edge(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    log,
    origin: state.baseUrl,
    token: (tenant = tenants[0] ?? '', scopes = SCOPES) => tokenOf(tenant, scopes),
    session: () => sessionOf(knownTenant(served, (tenants[0] ?? '') as TenantId)),
    client: (tenant = tenants[0] ?? '', scopes = SCOPES, policy?: string) =>
      scimClient(`${state.baseUrl}/scim/v2`, tokenOf(tenant, scopes, policy)),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await adapter.close();
    },
  };
}

function openTenant(name: TenantId, adapter: DirectoryAdapter, options: GatewayOptions): ScimTenant {
  const switches = switchesOf(options.profile ?? 'default', options.switches);
  const registry = openRegistry({ uniqueGroupNames: switches.uniqueGroupNames, ...options });
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const lifetimeMs = limits.cursorTimeoutSeconds * 1_000;
  const cursors = openCursors('a secret of the tests, 32 bytes or more', lifetimeMs, options.now);
  const { lifeCycle = {}, notify = () => undefined, policies = new Map() } = options;
  return {
    name,
    registry,
    directory: openDirectory({
      tenant: name,
      adapter,
      registry,
      leniency: switches,
      lifeCycle,
      notify,
      cursors,
      policies,
    }),
    supports: { etag: true, sort: true, changePassword: true, ...options.supports },
    profile: switches,
    limits,
    sensitiveFilters: options.sensitiveFilters ?? [],
  };
}

function sessionOf({ name, directory }: ScimTenant): Session {
  const signal = AbortSignal.timeout(60_000);
  const call: Call = {
    tenant: name,
    actor: 'a test',
    requestId: 'a test',
    deadline: Date.now() + 60_000,
    signal,
    consistency: 'primary',
  };
  return directory.session(call, { name: 'a test', tenant: name, scopes: new Set(SCOPES) });
}

function knownTenant(tenants: ReadonlyMap<string, ScimTenant>, name: TenantId): ScimTenant {
  const tenant = tenants.get(name);
  if (tenant === undefined) throw new Error(`no tenant ${name}`);
  return tenant;
}

/** Every scope, and each alone. */
function scopeSets(): readonly (readonly Scope[])[] {
  return [SCOPES, ...SCOPES.map((scope) => [scope])];
}

function tokenRecord(tenant: string, scopes: readonly Scope[], user: string | undefined, policy: string | undefined) {
  const principal = {
    name: `token of ${tenant}`,
    tenant: tenant as TenantId,
    scopes: new Set(scopes),
    ...(user !== undefined && { user }),
    ...(policy !== undefined && { policy }),
  };
  return { sha256: hash('sha256', tokenOf(tenant, scopes, policy)), principal };
}

function tokenOf(tenant: string, scopes: readonly Scope[], policy?: string): string {
  return `${tenant}-${scopes.join('-')}${policy === undefined ? '' : `-${policy}`}`;
}
