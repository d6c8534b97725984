import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Capabilities, DirectoryAdapter } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { loadConfig } from '#config/load-config.ts';
import { openDirectory } from '#core/directory.ts';
import type { LifeCycle } from '#core/life-cycle.ts';
import type { AttributePolicies } from '#core/policy/attribute-policy.ts';
import { openVisibility } from '#core/policy/visibility.ts';
import { openRegistry, type SchemaRegistry, type SchemaSource } from '#core/schema/registry.ts';
import { shapeOf } from '#core/schema/shape.ts';
import { openCursors } from '#core/search/cursor.ts';
import type { Session } from '#core/session.ts';
import { openSystemRegistry } from '#core/system/system-registry.ts';
import { openTenantNames } from '#core/system/tenant-names.ts';
import { openGraphqlFace } from '#graphql/graphql-face.ts';
import type { QueryLimits } from '#graphql/limits/query-limits.ts';
import { refusalBody } from '#graphql/refusal-body.ts';
import type { GraphqlSettings } from '#graphql/settings.ts';
import type { RequestFacts } from '#http/access-log.ts';
import { openApp } from '#http/app.ts';
import { type Authenticate, openAuthenticator, type TokenRecord } from '#http/authenticate.ts';
import { bearerGuard } from '#http/bearer-guard.ts';
import { openGraphqlEdge } from '#http/graphql-edge.ts';
import type { Call } from '#model/call.ts';
import type { Fault } from '#model/errors.ts';
import type { Principal, Scope } from '#model/principal.ts';
import type { Json, ResourceId, TenantId } from '#model/resource.ts';
import { observed } from '#telemetry/observed-adapter.ts';
import { LENIENT } from '#test/support/lenient.ts';
import { peopleBackend } from './people-backend.ts';

/** What a configuration that says nothing comes to. */
export const SETTINGS: GraphqlSettings = {
  ...(await configuredDefaults()),
  backend: 'people',
  versions: true,
  visibilities: [],
};

async function configuredDefaults() {
  const { graphql, tenants } = await loadConfig({ env: {} });
  const [tenant] = tenants.values();
  if (tenant === undefined) throw new Error('without a file there is one tenant');
  const { trustedDocuments: _, ...ofTenant } = tenant.graphql;
  return { ...graphql, ...ofTenant };
}

const NOON = Date.UTC(2026, 10, 22, 12);
/** A deadline far enough that no test meets it by accident. */
const PATIENCE_MS = 600_000;

export interface Answer {
  readonly status: number;
  readonly data?: { readonly [name: string]: Json };
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly [name: string]: Json };
  }[];
  readonly extensions?: { readonly [name: string]: Json };
}

export interface GatewayOptions {
  readonly sources?: readonly SchemaSource[];
  readonly settings?: Partial<GraphqlSettings>;
  /** Those that differ from the defaults. */
  readonly limits?: Partial<QueryLimits>;
  /** What a request has to bring; without it any request is let in. */
  readonly token?: string;
  /** Decides instead of the token who a request is from. */
  readonly authenticate?: Authenticate;
  readonly policies?: AttributePolicies;
  /** The userName of the person whom every credential stands for. */
  readonly user?: string;
  /** Of every credential. */
  readonly scopes?: ReadonlySet<Scope>;
  /** What the cursors hold for the time; it stands still unless given. */
  readonly now?: () => number;
  readonly lifeCycle?: Partial<LifeCycle>;
  /** How many changes the memory adapter remembers. */
  readonly changesKept?: number;
  /** Puts something between the directory and the memory adapter. */
  readonly decorate?: (adapter: DirectoryAdapter) => DirectoryAdapter;
  /** The same between the memory adapter and what Portico remembers for itself. */
  readonly decorateSystem?: (adapter: DirectoryAdapter) => DirectoryAdapter;
}

/** The GraphQL face behind the real edge over the memory adapter; unless there is a token, a header that names the tenant is credential enough. */
export class Gateway implements AsyncDisposable {
  readonly url: string;
  /** Methods of the adapter, in the order in which they were called. */
  readonly calls: string[];
  readonly bugs: unknown[];
  /** One entry per request that is over, in order. */
  readonly log: readonly RequestFacts[];
  readonly session: (tenant?: string) => Session;
  /** How many milliseconds each schema took that was made, in order. */
  readonly built: readonly number[];
  /** What the schema in force does not allow of the trusted documents. */
  readonly unfit: readonly Fault[];
  /** Puts other schemas in force. */
  readonly change: (sources: readonly SchemaSource[]) => void;
  /** Ends all streams, as at the beginning of a drain. */
  readonly endStreams: () => void;
  /** Of the adapter, for people. */
  readonly capabilities: () => Capabilities;
  private readonly close: () => Promise<void>;

  private constructor(
    parts: Pick<
      Gateway,
      'url' | 'calls' | 'bugs' | 'log' | 'session' | 'built' | 'unfit' | 'change' | 'endStreams' | 'capabilities'
    > & {
      close: () => Promise<void>;
    },
  ) {
    this.url = parts.url;
    this.calls = parts.calls;
    this.bugs = parts.bugs;
    this.log = parts.log;
    this.session = parts.session;
    this.built = parts.built;
    this.unfit = parts.unfit;
    this.change = parts.change;
    this.endStreams = parts.endStreams;
    this.capabilities = parts.capabilities;
    this.close = parts.close;
  }

  static async open({
    sources = [],
    settings = {},
    limits = {},
    token,
    authenticate,
    user,
    policies = new Map(),
    scopes = new Set(['graphql:read', 'graphql:write']),
    now = () => NOON,
    lifeCycle = {},
    changesKept = 1_000,
    decorate = (same) => same,
    decorateSystem = (same) => same,
  }: GatewayOptions = {}) {
    const calls: string[] = [];
    const bugs: unknown[] = [];
    const bare = await memory.open(memory.options.parse({ changesKept }), () => []);
    let registry = openRegistry({ sources });
    const people = await peopleBackend.open?.((_tenant, name) => {
      const type = registry.type(name);
      return type === undefined ? [] : shapeOf(type);
    });
    const adapter = observed(decorate(people ?? bare), (method) => calls.push(method));
    const settingsOf = (registry: SchemaRegistry): GraphqlSettings => {
      const visibilities = [...policies].map(([name, policy]) => openVisibility(registry, name, policy));
      return { ...SETTINGS, ...settings, limits: { ...SETTINGS.limits, ...limits }, visibilities };
    };
    let held = settingsOf(registry);
    const ofTenants = new Map<TenantId, GraphqlSettings>();
    const heldFor = (tenant: TenantId) => {
      const own = ofTenants.get(tenant) ?? { ...held };
      ofTenants.set(tenant, own);
      return own;
    };
    const unfit: Fault[] = [];
    const built: number[] = [];
    const cursors = openCursors('a secret of the tests', 3_600_000, now);
    const directory = (tenant: TenantId) =>
      openDirectory({ tenant, adapter, registry, leniency: LENIENT, cursors, lifeCycle, policies });
    const system = { adapter: decorateSystem(bare), registry: openSystemRegistry(), cursors, leniency: LENIENT };
    const names = (tenant: TenantId) =>
      openTenantNames({ ...system, tenant, call: () => callFor(tenant), report: (error) => bugs.push(error) });
    const log: RequestFacts[] = [];
    const principal = (tenant: TenantId): Principal => ({
      name: 'tests',
      tenant,
      scopes,
      ...(user !== undefined && { user }),
    });
    const bugReport = (error: unknown) => bugs.push(error);
    const admission = {
      face: 'graphql',
      scope: 'graphql:read',
      refusalBody,
      authenticate:
        authenticate ?? (token === undefined ? anyone(principal) : openAuthenticator(holders(token, principal))),
      baseUrl: () => 'https://id.example.com',
      timeoutMs: () => held.limits.deadlineSeconds * 1_000,
      record: (_request: IncomingMessage, response: ServerResponse, facts: RequestFacts) =>
        response.once('close', () => log.push(facts)),
    } as const;
    const face = openGraphqlFace({
      tenant(name) {
        const { registry, session } = directory(name);
        return { registry, names: names(name), session, settings: heldFor(name) };
      },
      reportBug: bugReport,
      built: (_tenant, milliseconds) => built.push(milliseconds),
      unfit: (_tenant, faults) => unfit.push(...faults),
      guard: bearerGuard(admission),
    });
    const edge = openGraphqlEdge({ ...admission, handle: face.handle });
    const app = openApp({ version: '0', links: {}, routers: [face.router], reportBug: bugReport });
    const server = createServer((request, response) => {
      if (!edge(request, response)) app(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Gateway({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      calls,
      bugs,
      log,
      built,
      unfit,
      endStreams: () => face.endStreams(),
      capabilities: () => adapter.capabilities('acme' as TenantId, 'User'),
      change(sources) {
        registry = openRegistry({ sources });
        held = settingsOf(registry);
        ofTenants.clear();
      },
      session: (tenant = 'acme') =>
        directory(tenant as TenantId).session(callFor(tenant as TenantId), principal(tenant as TenantId)),
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        await face.close();
        await adapter.close();
      },
    });
  }

  async ask(query: string, variables: { readonly [name: string]: unknown } = {}, tenant = 'acme'): Promise<Answer> {
    return this.post(JSON.stringify({ query, variables }), { 'x-tenant': tenant });
  }

  async post(body: string, headers: { readonly [name: string]: string } = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'request-1', ...headers },
      body,
    });
    return { status: response.status, ...((await response.json()) as object) };
  }

  /** What the query answers; an error fails the test. */
  async data(
    query: string,
    variables: { readonly [name: string]: unknown } = {},
  ): Promise<{ readonly [name: string]: Json }> {
    const { data, errors } = await this.ask(query, variables);
    if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** A header names the policy, too. */
function anyone(principal: (tenant: TenantId) => Principal): Authenticate {
  return ({ headers }) => {
    const policy = headers['x-policy'];
    const known = principal((headers['x-tenant'] ?? 'acme') as TenantId);
    return typeof policy === 'string' ? { ...known, policy } : known;
  };
}

function holders(token: string, principal: (tenant: TenantId) => Principal): readonly TokenRecord[] {
  return [{ sha256: hash('sha256', token), principal: principal('acme' as TenantId) }];
}

function callFor(tenant: TenantId): Call {
  return {
    tenant,
    actor: 'tests',
    requestId: 'request-1',
    deadline: Date.now() + PATIENCE_MS,
    signal: new AbortController().signal,
    consistency: 'cached',
  };
}

export const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Creates a resource and answers its id. */
export async function create(
  session: Session,
  type: string,
  body: { readonly [name: string]: Json },
): Promise<ResourceId> {
  const resourceType = session.registry.type(type);
  if (resourceType === undefined) throw new Error(`no type ${type}`);
  return (await session.create(resourceType, body)).id;
}
