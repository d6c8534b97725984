import type { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { openApollo } from './apollo-server.ts';
import type { GraphqlContext } from './context.ts';
import { openKeptNaming } from './fields/kept-naming.ts';
import type { GraphqlTenant } from './graphql-face.ts';
import { answerExchange } from './http/answer-exchange.ts';
import type { GraphqlExchange } from './http/exchange.ts';
import { openSchema } from './schema.ts';
import { schemaToSdl } from './tenant-sdl.ts';

/** What answers the queries of one tenant under one registry. */
export interface Served {
  readonly schema: GraphQLSchema;
  readonly server: ApolloServer<GraphqlContext>;
  /** As `tenantSdl`. */
  readonly sdl: string;
  /** `body` is the value of a JSON body, undefined where there is none. */
  answer(exchange: GraphqlExchange, body: unknown, context: GraphqlContext): Promise<void>;
}

/** `built` is told how many milliseconds the schema took. */
export async function serveTenant(
  { registry, names, settings }: GraphqlTenant,
  reportBug: (error: unknown) => void,
  built: (milliseconds: number) => void,
): Promise<Served> {
  const naming = await openKeptNaming(registry, names);
  const begun = performance.now();
  const schema = openSchema(registry, naming, settings);
  const server = await openApollo(schema, settings.limits, reportBug);
  built(performance.now() - begun);
  let sdl: string | undefined;
  return {
    schema,
    server,
    get sdl() {
      sdl ??= schemaToSdl(schema);
      return sdl;
    },
    answer: (exchange, body, context) => answerExchange(server, exchange, body, context),
  };
}
