import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusalBody as adminRefusal, openAdminRouter } from '#admin/admin-face.ts';
import type { Config, TokenConfig } from '#config/config.ts';
import { VERSION } from '#config/version.ts';
import { fillDemo } from '#demo/fill-demo.ts';
import { openGraphqlFace } from '#graphql/graphql-face.ts';
import { refusalBody } from '#graphql/refusal-body.ts';
import { openAccessLog, type RequestObserver } from '#http/access-log.ts';
import { openApp } from '#http/app.ts';
import { openAuthenticator, type TokenRecord } from '#http/authenticate.ts';
import { openBaseUrl } from '#http/base-url.ts';
import { bearerGuard } from '#http/bearer-guard.ts';
import { openGraphqlEdge } from '#http/graphql-edge.ts';
import { Lull } from '#http/lull.ts';
import { healthRouter, metricsRouter } from '#http/operations-router.ts';
import { openScimEdge } from '#http/scim-edge.ts';
import { type Listening, listen } from '#http/server.ts';
import { openSystemCall } from '#http/system-call.ts';
import type { TenantId } from '#model/resource.ts';
import { errorBody } from '#scim/errors.ts';
import { SCIM_JSON } from '#scim/request/media-types.ts';
import { openScimFace } from '#scim/scim-face.ts';
import { type Log, openLog } from '#telemetry/logger.ts';
import { type Metrics, openMetrics, type ResourceCount } from '#telemetry/metrics.ts';
import { resultOf } from '#telemetry/operation-result.ts';
import { checkAbilities } from './check-abilities.ts';
import { inspectTenants } from './inspect-tenants.ts';
import { loadSchemas } from './load-schemas.ts';
import { loadTrustedDocuments } from './load-trusted-documents.ts';
import { closeBackends, openBackends } from './open-backends.ts';
import { openCache } from './open-cache.ts';
import { openTenants, type Tenant } from './open-tenants.ts';

const LINKS = { scim: '/scim/v2', graphql: '/graphql' };
const ADMIN_LINKS = { live: '/livez', ready: '/readyz', metrics: '/metrics', administration: '/admin' };
/** Listening comes first; what GraphQL has to load blocks the process for a moment, in which nobody shall have to wait. */
const WARM_AFTER_MS = 250;
const QUIET_MS = 1_000;
/** Those who ask all the time have to wait once. */
const QUIET_WITHIN_MS = 10_000;
/** What may be known of a request for GraphQL by name; `unknown` is what was refused before, `schema` the SDL. */
const OPERATIONS: ReadonlySet<string> = new Set(['query', 'mutation', 'subscription', 'unknown']);
const PING_TIMEOUT_MS = 2_000;
const DEMO_TIMEOUT_MS = 600_000;

export interface Started {
  /** Where clients reach it. */
  readonly url: string;
  /** Where it listens, which differs behind a proxy. */
  readonly listening: string;
  readonly adminUrl?: string;
  /** Drains, closes backends, writes what the log still holds. */
  close(): Promise<void>;
}

/**
 * The wiring diagram: turns a configuration into a gateway that listens.
 * @throws {DirectoryError} INVALID_VALUE where schemas or adapter options have faults; what `listen` throws for a taken port
 */
export async function start(config: Config): Promise<Started> {
  const log = openLog('info');
  const metrics = openMetrics(() => countResources(served.tenants));
  const schemas = await loadSchemas(config);
  const trusted = await loadTrustedDocuments(config);
  for (const { all } of trusted.values()) metrics.reserveNames(all.flatMap(({ operations }) => operations));
  const backends = await openBackends(config, (tenant) => served.registry(tenant), metrics.adapterCall);
  const cache = openCache(config, (tenant) => served.registry(tenant), metrics.cache, log);
  const served = openTenants(config, schemas, backends, log, trusted, cache?.wrap);
  const { tenants } = served;
  try {
    checkAbilities(config, tenants);
    await served.begin();
    cache?.follow([...tenants].map(([name, { adapter }]) => ({ name, adapter })));
    if (config.demo) await fillWithDemo(tenants, config.demo);
    const gateway = await serve(config, { log, metrics, tenants });
    const inspecting = inspectTenants(config, tenants, log);
    return {
      ...gateway,
      async close() {
        await gateway.close();
        await inspecting.end();
        await cache?.close();
        await served.end();
        await closeBackends(backends);
        log.close();
      },
    };
  } catch (error) {
    await cache?.close();
    await served.end();
    await closeBackends(backends);
    throw error;
  }
}

interface Parts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tenants: ReadonlyMap<TenantId, Tenant>;
}

async function serve(config: Config, parts: Parts): Promise<Started> {
  const { host, port, adminPort, publicUrl, drainSeconds } = config.server;
  const state = { accepting: true, listening: '' };
  const edge = openEdge(config, parts, state);
  const lull = new Lull();
  const main = await listen(lull.noticing(edge.listener), host, port, edge);
  state.listening = httpUrl(host, main.port);
  const admin = adminPort === undefined ? undefined : await listenBeside(main, edge, host, adminPort);
  setTimeout(() => void warmInTurn(edge, lull, warmedTenants(config)), WARM_AFTER_MS).unref();
  return {
    url: publicUrl ?? state.listening,
    listening: state.listening,
    ...(admin && { adminUrl: httpUrl(host, admin.port) }),
    async close() {
      state.accepting = false;
      edge.endStreams();
      await main.drain(drainSeconds);
      await admin?.drain(0);
      await edge.close();
    },
  };
}

/** The first, and those whose trusted documents are to be held against their schema before anybody asks. */
function warmedTenants({ tenants }: Config): readonly TenantId[] {
  return [...tenants.values()]
    .filter(({ graphql }, index) => index === 0 || graphql.trustedDocuments !== undefined)
    .map(({ name }) => name);
}

async function warmInTurn(edge: Pick<Edge, 'warm'>, lull: Lull, names: readonly TenantId[]): Promise<void> {
  await lull.begin(QUIET_MS, QUIET_WITHIN_MS);
  for (const name of names) await edge.warm(name);
}

async function listenBeside(main: Listening, edge: Edge, host: string, port: number): Promise<Listening> {
  try {
    return await listen(edge.adminListener, host, port, edge);
  } catch (error) {
    await main.drain(0);
    throw error;
  }
}

function httpUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

type Edge = ReturnType<typeof openEdge>;

/**
 * Health and metrics stand on the admin port where there is one, open; else beside the rest, metrics behind a credential.
 * Administration stands with them, and needs its credential on either.
 */
function openEdge(config: Config, parts: Parts, state: { readonly accepting: boolean; readonly listening: string }) {
  const { log, metrics, tenants } = parts;
  const { server } = config;
  const tenant = (name: TenantId) => tenantNamed(tenants, name);
  const edge = {
    record: openAccessLog(log.requests, observeWith(metrics)),
    authenticate: openAuthenticator(config.tokens.map((token) => toTokenRecord(token, config))),
    baseUrl: openBaseUrl({ ...server, listening: () => state.listening }),
  };
  const scim = openScimEdge({
    ...edge,
    face: openScimFace({
      tenant: (name) => tenant(name).scim,
      bodyLimitBytes: server.bodyLimitBytes,
      publicServiceProviderConfig: server.publicServiceProviderConfig,
    }),
  });
  const reportBug = (error: unknown) => log.logger.error({ err: error });
  const timeoutMs = (name: TenantId) => secondsToMs(config.tenants.get(name)?.graphql.limits.deadlineSeconds);
  const queries = { ...edge, face: 'graphql', scope: 'graphql:read', refusalBody, timeoutMs } as const;
  const graphql = openGraphqlFace({
    reportBug,
    built: (tenant, ms) => log.logger.info({ tenant, ms: Math.round(ms) }, 'the GraphQL schema was made'),
    unfit: (tenant, faults) => log.logger.warn({ tenant, faults }, 'trusted documents do not fit the GraphQL schema'),
    subscription: metrics.subscription,
    tenant: (name) => tenant(name).graphql,
    guard: bearerGuard(queries),
  });
  const posted = openGraphqlEdge({ ...queries, handle: graphql.handle });
  const health = { accepting: () => state.accepting, backendsAnswer: () => anyAnswers(tenants) };
  const adminGuard = bearerGuard({ ...edge, face: 'operations', scope: 'admin', refusalBody: plainRefusal });
  const admin = openAdminRouter({
    tenant,
    guard: bearerGuard({ ...edge, face: 'admin', scope: 'admin', refusalBody: adminRefusal }),
  });
  const onMain =
    server.adminPort === undefined ? [healthRouter(health), metricsRouter(metrics, adminGuard), admin] : [];
  const onAdmin = [healthRouter(health), metricsRouter(metrics), admin];
  const links = server.adminPort === undefined ? { ...LINKS, ...ADMIN_LINKS } : LINKS;
  const app = openApp({ version: VERSION, links, routers: [graphql.router, ...onMain], reportBug });
  return {
    listener: (request: IncomingMessage, response: ServerResponse) => {
      if (!scim(request, response) && !posted(request, response)) app(request, response);
    },
    adminListener: openApp({ version: VERSION, links: ADMIN_LINKS, routers: onAdmin, reportBug }),
    reportBug,
    refusalBody: scimRefusal,
    warm: (tenant: TenantId) => graphql.warm(tenant).catch(reportBug),
    endStreams: () => graphql.endStreams(),
    close: () => graphql.close(),
  };
}

/** Of a request that was refused before its operation was known there is nothing to count by name. */
function observeWith(metrics: Metrics): RequestObserver {
  return (face, outcome, status, seconds) => {
    const { operation, name } = outcome;
    metrics.request(face, operation, status, seconds);
    if (face === 'graphql' && OPERATIONS.has(operation)) {
      metrics.graphqlOperation(operation, name, resultOf(outcome, status), seconds);
    }
  };
}

function secondsToMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1_000;
}

/** The protocol that most callers speak. */
function scimRefusal(status: number, detail: string) {
  return { type: SCIM_JSON, text: errorBody({ status, detail }) };
}

function plainRefusal(code: string, detail: string): object {
  return { error: detail, code };
}

function toTokenRecord(token: TokenConfig, { tenants }: Config): TokenRecord {
  const { name, tenant, scopes, sha256, expires, user, policy } = token;
  const principal = {
    name,
    tenant,
    scopes: new Set(scopes),
    ...(user !== undefined && { user }),
    ...(policy !== undefined && { policy }),
  };
  return { sha256, principal, raw: tenants.get(tenant)?.rawTokens === true, ...(expires && { expires }) };
}

function tenantNamed(tenants: ReadonlyMap<TenantId, Tenant>, name: TenantId): Tenant {
  const tenant = tenants.get(name);
  if (tenant === undefined) throw new TypeError(`a credential names the tenant ${name}, which does not exist`);
  return tenant;
}

/** The demo goes into the first tenant, through the same validation as a client's bodies. */
async function fillWithDemo(
  tenants: ReadonlyMap<TenantId, Tenant>,
  options: NonNullable<Config['demo']>,
): Promise<void> {
  const [first] = tenants.values();
  if (first === undefined) return;
  const { directory } = first.schemas;
  const principal = { name: 'demo', tenant: directory.tenant, scopes: new Set<never>() };
  const session = directory.session(openSystemCall(directory.tenant, DEMO_TIMEOUT_MS), principal);
  const typeNamed = (name: string) => {
    const type = directory.registry.type(name);
    if (type === undefined) throw new TypeError(`the registry has no ${name}`);
    return type;
  };
  await fillDemo(
    {
      async createMany(typeName, bodies) {
        return (await session.createMany(typeNamed(typeName), bodies)).map(({ id }) => id);
      },
      async addMembers(group, members) {
        await session.patch(typeNamed('Group'), group, [{ op: 'add', value: { members } }]);
      },
    },
    options,
  );
}

async function anyAnswers(tenants: ReadonlyMap<TenantId, Tenant>): Promise<boolean> {
  const pings = [...tenants.values()].map(({ adapter, schemas: { tenant } }) =>
    adapter.ping(openSystemCall(tenant, PING_TIMEOUT_MS)),
  );
  return (await Promise.allSettled(pings)).some(({ status }) => status === 'fulfilled');
}

/** A tenant whose backend does not answer is left out of the count rather than shown as empty. */
async function countResources(tenants: ReadonlyMap<TenantId, Tenant>): Promise<readonly ResourceCount[]> {
  const counts = [...tenants.values()].flatMap(({ adapter, schemas: { tenant, registry } }) =>
    registry.types.map(async (type) => {
      const call = openSystemCall(tenant, PING_TIMEOUT_MS);
      const page = { offset: 0, limit: 0, total: true };
      const { total = 0 } = await adapter.find(call, type.name, { page });
      return { tenant, type: type.name, count: total };
    }),
  );
  return (await Promise.allSettled(counts)).flatMap((count) => (count.status === 'fulfilled' ? [count.value] : []));
}
