import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import type { RequestHandler, Response } from 'express';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import { openApollo } from './apollo-server.ts';
import type { GraphqlContext } from './context.ts';

/** What answers the queries of all tenants that share a registry. */
export interface Served {
  readonly server: ApolloServer<GraphqlContext>;
  readonly handle: RequestHandler;
}

export async function serveRegistry(
  registry: SchemaRegistry,
  reportBug: (error: unknown) => void,
  contextOf: (response: Response) => GraphqlContext,
): Promise<Served> {
  const server = await openApollo(registry, reportBug);
  return { server, handle: expressMiddleware(server, { context: async ({ res }) => contextOf(res) }) };
}
