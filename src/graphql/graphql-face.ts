import express, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { Session } from '#core/session.ts';
import type { Call } from '#model/call.ts';
import { asDirectoryError, retryAfterSeconds } from '#model/errors.ts';
import type { Principal } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import type { Admitted, GraphqlContext } from './context.ts';
import { graphiqlRouter } from './graphiql/graphiql-router.ts';
import { QUERY_LIMITS } from './limits/query-limits.ts';
import { refusalBody } from './refusal-body.ts';
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
  /** Handles `/graphql` and, without a credential, GraphiQL's page and assets. */
  readonly router: Router;
  /** Loads what the first query of a tenant would wait for. */
  warm(tenant: TenantId): Promise<void>;
  close(): Promise<void>;
}

export function openGraphqlFace(options: GraphqlFaceOptions): GraphqlFace {
  // A registry that went is asked by the requests that began under it, and by no one after them.
  const byRegistry = new WeakMap<SchemaRegistry, Promise<Served>>();
  const latest = new Map<TenantId, Promise<Served>>();
  const serve = (tenant: TenantId, registry: SchemaRegistry) => {
    let served = byRegistry.get(registry);
    if (served === undefined) {
      served = openServed(registry, options.reportBug);
      byRegistry.set(registry, served);
      latest.set(tenant, served);
    }
    return served;
  };
  const answer: RequestHandler = async (request, response, next) => {
    const { session, principal } = contextOf(response);
    const { handle } = await serve(principal.tenant, session.registry);
    await handle(request, response, next);
  };
  const router = express.Router();
  router.use(graphiqlRouter());
  const parseBody = express.json({ limit: QUERY_LIMITS.bodyBytes });
  router.all('/graphql', options.guard, openContext(options), parseBody, answer);
  router.use('/graphql', answerBadBody);
  return {
    router,
    async warm(tenant) {
      await serve(tenant, options.tenant(tenant).registry);
    },
    async close() {
      const all = [...latest.values()];
      latest.clear();
      await Promise.all(all.map(async (each) => (await each).server.stop()));
    },
  };
}

/** Apollo and graphql-js take longer to load than everything else together, so that listening does not wait for them. */
async function openServed(registry: SchemaRegistry, reportBug: (error: unknown) => void): Promise<Served> {
  const { serveRegistry } = await import('./served.ts');
  return serveRegistry(registry, reportBug, contextOf);
}

function openContext({ tenant }: GraphqlFaceOptions): RequestHandler {
  return (_request, response, next) => {
    const admitted = response.locals['admitted'] as Admitted;
    const { call, principal } = admitted;
    try {
      const { session, settings } = tenant(principal.tenant);
      response.locals['graphql'] = {
        ...admitted,
        session: session(call, principal),
        settings,
        roots: new Map(),
      } satisfies GraphqlContext;
      next();
    } catch (error) {
      const known = asDirectoryError(error);
      if (known?.code !== 'UNAVAILABLE') throw error;
      admitted.outcome.detail = known.message;
      response.status(503).set('retry-after', String(retryAfterSeconds(known)));
      response.json(refusalBody(known.code, known.message));
    }
  };
}

function contextOf(response: Response): GraphqlContext {
  return response.locals['graphql'] as GraphqlContext;
}

/** What the body parser refuses never reaches Apollo: malformed JSON, an unknown charset, too many bytes. */
const answerBadBody: ErrorRequestHandler = (error, _request, response, next) => {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
  if (typeof status !== 'number' || status < 400 || status >= 500) {
    next(error);
    return;
  }
  const tooLarge = `the body must not exceed ${QUERY_LIMITS.bodyBytes} bytes; put values into variables and ask in several queries`;
  const message = status === 413 ? tooLarge : 'the body must be JSON, such as {"query": "{ users { nodes { id } } }"}';
  contextOf(response).outcome.detail = message;
  response.status(status).json(refusalBody(status === 413 ? 'TOO_LARGE' : 'BAD_REQUEST', message));
};
