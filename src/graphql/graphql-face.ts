import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { Session } from '#core/session.ts';
import type { TenantNames } from '#core/system/tenant-names.ts';
import type { Call } from '#model/call.ts';
import type { Principal } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import type { Admitted } from './context.ts';
import { graphiqlRouter } from './graphiql/graphiql-router.ts';
import { answerSdl, checkSdlRequest } from './http/answer-sdl.ts';
import { asRefusal } from './http/as-refusal.ts';
import type { GraphqlExchange } from './http/exchange.ts';
import { readJsonBody } from './http/read-json-body.ts';
import { refuse } from './http/refuse.ts';
import { openContext } from './open-context.ts';
import { openServing, type ServingOptions } from './serving.ts';
import type { GraphqlSettings } from './settings.ts';
import { wantsEvents } from './stream/check-stream-request.ts';
import { openStreams } from './stream/open-streams.ts';
import type { StreamExchange } from './stream/stream-exchange.ts';

export interface GraphqlFaceOptions extends ServingOptions {
  tenant(tenant: TenantId): GraphqlTenant;
  /** Leaves an `Admitted` in `response.locals.admitted` for a credential with the scope `graphql:read`, and answers any other. */
  readonly guard: RequestHandler;
  /** Told of each subscription that begins and ends. */
  subscription?(tenant: TenantId, more: 1 | -1): void;
}

/** What the face needs of a tenant; one whose registry is another object gets another schema. */
export interface GraphqlTenant {
  readonly registry: SchemaRegistry;
  /** Those that were given to what the registry defines beside the standard schemas. */
  readonly names: TenantNames;
  readonly settings: GraphqlSettings;
  session(call: Call, principal: Principal): Session;
}

export interface GraphqlFace {
  /** Answers a request to `/graphql` in any case and never rejects. */
  handle(exchange: StreamExchange): Promise<void>;
  /**
   * `/graphql` and `/graphql/stream` as Express routes them, the SDL at `/graphql/schema.graphql` and, without a credential,
   * GraphiQL's page and assets.
   */
  readonly router: Router;
  /** Loads what the first query of a tenant would wait for. */
  warm(tenant: TenantId): Promise<void>;
  /** Ends the streams of subscriptions, whose clients come again elsewhere, and lets none begin any more. */
  endStreams(): void;
  close(): Promise<void>;
}

type SendSdl = (request: Request, response: Response, admitted: Admitted) => Promise<void>;

const PATH = '/graphql';
const STREAM_PATH = '/graphql/stream';
const SDL_PATH = '/graphql/schema.graphql';

export function openGraphqlFace(options: GraphqlFaceOptions): GraphqlFace {
  const serving = openServing(options);
  const answer = async (exchange: GraphqlExchange) => {
    const { request, principal } = exchange;
    const tenant = options.tenant(principal.tenant);
    const context = openContext(tenant, exchange);
    const { bodyBytes } = tenant.settings.limits;
    const body = request.method === 'POST' ? await readJsonBody(request, bodyBytes) : undefined;
    const served = await serving.of(principal.tenant, tenant);
    await served.answer(exchange, body, context);
  };
  const streams = openStreams({ ...options, schemaOf: (tenant, parts) => serving.of(tenant, parts) });
  const sendSdl = async (request: Request, response: Response, admitted: Admitted) => {
    try {
      admitted.outcome.operation = 'schema';
      const tenant = options.tenant(admitted.principal.tenant);
      checkSdlRequest(request, tenant, admitted);
      answerSdl(request, response, (await serving.of(admitted.principal.tenant, tenant)).sdl);
    } catch (error) {
      refuse({ request, response, ...admitted }, asRefusal(error), options.reportBug);
    }
  };
  const inAnyCase = (answerWith: GraphqlFace['handle']) => (exchange: StreamExchange) =>
    answerWith(exchange).catch((error) => refuse(exchange, asRefusal(error), options.reportBug));
  const handle = inAnyCase((exchange) => (wantsEvents(exchange.request) ? streams : { answer }).answer(exchange));
  return {
    handle,
    router: openRouter(options.guard, { [PATH]: handle, [STREAM_PATH]: inAnyCase(streams.answer) }, sendSdl),
    async warm(tenant) {
      await serving.of(tenant, options.tenant(tenant));
    },
    endStreams: () => streams.end(),
    async close() {
      streams.end();
      await serving.close();
    },
  };
}

function openRouter(
  guard: RequestHandler,
  answers: { readonly [path: string]: GraphqlFace['handle'] },
  sendSdl: SendSdl,
): Router {
  const router = express.Router();
  const admitted = ({ locals }: Response) => locals['admitted'] as Omit<StreamExchange, 'request' | 'response'>;
  router.use(graphiqlRouter());
  for (const [path, answer] of Object.entries(answers)) {
    router.all(path, guard, async (request, response) => {
      await answer({ request, response, ...admitted(response) });
    });
  }
  router.all(SDL_PATH, guard, async (request, response) => {
    await sendSdl(request, response, admitted(response));
  });
  return router;
}
