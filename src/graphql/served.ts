import type { ApolloServer } from '@apollo/server';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import { openApollo } from './apollo-server.ts';
import type { GraphqlContext } from './context.ts';
import { answerExchange } from './http/answer-exchange.ts';
import type { GraphqlExchange } from './http/exchange.ts';
import type { QueryLimits } from './limits/query-limits.ts';

/** What answers the queries of all tenants that share a registry and limits. */
export interface Served {
  readonly server: ApolloServer<GraphqlContext>;
  /** `body` is the value of a JSON body, undefined where there is none. */
  answer(exchange: GraphqlExchange, body: unknown, context: GraphqlContext): Promise<void>;
}

export async function serveRegistry(
  registry: SchemaRegistry,
  limits: QueryLimits,
  reportBug: (error: unknown) => void,
): Promise<Served> {
  const server = await openApollo(registry, limits, reportBug);
  return { server, answer: (exchange, body, context) => answerExchange(server, exchange, body, context) };
}
