import type { AddressInfo } from 'node:net';
import express from 'express';
import type { DirectoryAdapter } from '#adapters/adapter.ts';
import { memory } from '#adapters/memory/memory-adapter.ts';
import { openDirectory } from '#core/directory.ts';
import { openRegistry, type SchemaSource } from '#core/schema/registry.ts';
import { openCursors } from '#core/search/cursor.ts';
import type { Session } from '#core/session.ts';
import type { Admitted } from '#graphql/context.ts';
import { openGraphqlFace } from '#graphql/graphql-face.ts';
import { refusalBody } from '#graphql/refusal-body.ts';
import type { GraphqlSettings } from '#graphql/settings.ts';
import type { Call } from '#model/call.ts';
import type { Json, ResourceId, TenantId } from '#model/resource.ts';
import { observed } from '#telemetry/observed-adapter.ts';
import { LENIENT } from '#test/support/lenient.ts';

/** What a configuration that says nothing comes to. */
export const SETTINGS: GraphqlSettings = { introspection: true, mutations: true, backend: 'people', versions: true };

const NOON = Date.UTC(2026, 10, 22, 12);

export interface Answer {
  readonly status: number;
  readonly data?: { readonly [name: string]: Json };
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly [name: string]: Json };
  }[];
}

export interface GatewayOptions {
  readonly sources?: readonly SchemaSource[];
  readonly settings?: Partial<GraphqlSettings>;
  /** What a request has to bring; without it any request is let in. */
  readonly token?: string;
  /** The userName of the person whom every credential stands for. */
  readonly user?: string;
  /** What the cursors hold for the time; it stands still unless given. */
  readonly now?: () => number;
  /** Puts something between the directory and the memory adapter. */
  readonly decorate?: (adapter: DirectoryAdapter) => DirectoryAdapter;
}

/** The GraphQL face behind Express over the memory adapter; the edge's credentials are replaced by a header that names the tenant. */
export class Gateway implements AsyncDisposable {
  readonly url: string;
  /** Methods of the adapter, in the order in which they were called. */
  readonly calls: string[];
  readonly bugs: unknown[];
  readonly session: (tenant?: string) => Session;
  private readonly close: () => Promise<void>;

  private constructor(parts: Pick<Gateway, 'url' | 'calls' | 'bugs' | 'session'> & { close: () => Promise<void> }) {
    this.url = parts.url;
    this.calls = parts.calls;
    this.bugs = parts.bugs;
    this.session = parts.session;
    this.close = parts.close;
  }

  static async open({
    sources = [],
    settings,
    token,
    user,
    now = () => NOON,
    decorate = (same) => same,
  }: GatewayOptions = {}) {
    const calls: string[] = [];
    const bugs: unknown[] = [];
    const bare = await memory.open(memory.options.parse(undefined), () => []);
    const adapter = observed(decorate(bare), (method) => calls.push(method));
    const registry = openRegistry({ sources });
    const cursors = openCursors('a secret of the tests', 3_600_000, now);
    const directory = (tenant: TenantId) => openDirectory({ tenant, adapter, registry, leniency: LENIENT, cursors });
    const principal = (tenant: TenantId) => ({
      name: 'tests',
      tenant,
      scopes: new Set(['graphql:read'] as const),
      ...(user !== undefined && { user }),
    });
    const bugReport = (error: unknown) => bugs.push(error);
    const face = openGraphqlFace({
      tenant(name) {
        const { registry, session } = directory(name);
        return { registry, session, settings: { ...SETTINGS, ...settings } };
      },
      reportBug: bugReport,
      guard: (request, response, next) => {
        if (token !== undefined && request.get('authorization') !== `Bearer ${token}`) {
          response.status(401).json(refusalBody('UNAUTHENTICATED', 'the token is not known'));
          return;
        }
        const tenant = (request.get('x-tenant') ?? 'acme') as TenantId;
        response.locals['admitted'] = {
          call: callFor(tenant),
          principal: principal(tenant),
          outcome: { operation: 'unknown' },
          baseUrl: 'https://id.example.com',
        } satisfies Admitted;
        next();
      },
    });
    const server = express().disable('etag').use(face.router).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return new Gateway({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      calls,
      bugs,
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
      headers: { 'content-type': 'application/json', ...headers },
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

function callFor(tenant: TenantId): Call {
  return {
    tenant,
    actor: 'tests',
    requestId: 'request-1',
    deadline: Date.now() + 30_000,
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
