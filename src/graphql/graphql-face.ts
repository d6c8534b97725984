import express, { type RequestHandler, type Router } from 'express';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { Session } from '#core/session.ts';
import type { Call } from '#model/call.ts';
import type { Principal } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import type { Admitted } from './context.ts';
import { graphiqlRouter } from './graphiql/graphiql-router.ts';
import type { GraphqlExchange } from './http/exchange.ts';
import { readJsonBody } from './http/read-json-body.ts';
import { refuse } from './http/refuse.ts';
import type { QueryLimits } from './limits/query-limits.ts';
import { openContext } from './open-context.ts';
import type { Served } from './served.ts';
import type { GraphqlSettings } from './settings.ts';

export interface GraphqlFaceOptions {
  tenant(tenant: TenantId): GraphqlTenant;
  /** Leaves an `Admitted` in `response.locals.admitted` for a credential with the scope `graphql:read`, and answers any other. */
  readonly guard: RequestHandler;
  /** Told of errors that are nobody's refusal; the client learns the request id alone. */
  reportBug(error: unknown): void;
}

/** What the face needs of a tenant; one whose registry is another object gets another schema. */
export interface GraphqlTenant {
  readonly registry: SchemaRegistry;
  readonly settings: GraphqlSettings;
  session(call: Call, principal: Principal): Session;
}

export interface GraphqlFace {
  /** Answers a request to `/graphql` in any case and never rejects. */
  handle(exchange: GraphqlExchange): Promise<void>;
  /** `/graphql` as Express routes it and, without a credential, GraphiQL's page and assets. */
  readonly router: Router;
  /** Loads what the first query of a tenant would wait for. */
  warm(tenant: TenantId): Promise<void>;
  close(): Promise<void>;
}

export function openGraphqlFace(options: GraphqlFaceOptions): GraphqlFace {
  // A registry that went is asked by the requests that began under it, and by no one after them.
  const byRegistry = new WeakMap<SchemaRegistry, WeakMap<QueryLimits, Promise<Served>>>();
  const latest = new Map<TenantId, Promise<Served>>();
  const serve = (tenant: TenantId, registry: SchemaRegistry, { limits }: GraphqlSettings) => {
    const byLimits = byRegistry.get(registry) ?? new WeakMap<QueryLimits, Promise<Served>>();
    let served = byLimits.get(limits);
    if (served === undefined) {
      served = openServed(registry, limits, options.reportBug);
      byRegistry.set(registry, byLimits.set(limits, served));
      latest.set(tenant, served);
    }
    return served;
  };
  const answer = async (exchange: GraphqlExchange) => {
    const context = openContext(options.tenant, exchange);
    const { principal, session, settings } = context;
    const { request } = exchange;
    const body = request.method === 'POST' ? await readJsonBody(request, settings.limits.bodyBytes) : undefined;
    const served = await serve(principal.tenant, session.registry, settings);
    await served.answer(exchange, body, context);
  };
  const handle = (exchange: GraphqlExchange) =>
    answer(exchange).catch((error) => refuse(exchange, error, options.reportBug));
  return {
    handle,
    router: openRouter(options.guard, handle),
    async warm(tenant) {
      const { registry, settings } = options.tenant(tenant);
      await serve(tenant, registry, settings);
    },
    async close() {
      const all = [...latest.values()];
      latest.clear();
      await Promise.all(all.map(async (each) => (await each).server.stop()));
    },
  };
}

/** Apollo and graphql-js take longer to load than everything else together, so that listening does not wait for them. */
async function openServed(
  registry: SchemaRegistry,
  limits: QueryLimits,
  reportBug: (error: unknown) => void,
): Promise<Served> {
  const { serveRegistry } = await import('./served.ts');
  return serveRegistry(registry, limits, reportBug);
}

function openRouter(guard: RequestHandler, handle: GraphqlFace['handle']): Router {
  const router = express.Router();
  router.use(graphiqlRouter());
  router.all('/graphql', guard, async (request, response) => {
    await handle({ request, response, ...(response.locals['admitted'] as Admitted) });
  });
  return router;
}
