import type { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Fault } from '#model/errors.ts';
import { openApollo } from './apollo-server.ts';
import type { GraphqlContext } from './context.ts';
import { type Documents, openDocuments } from './documents/documents.ts';
import { unfitDocuments } from './documents/trusted-documents.ts';
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
  readonly documents: Documents;
  /** As `tenantSdl`. */
  readonly sdl: string;
  /** `body` is the value of a JSON body, undefined where there is none. */
  answer(exchange: GraphqlExchange, body: unknown, context: GraphqlContext): Promise<void>;
}

/** Who is told what comes of serving a tenant. */
export interface ServeOptions {
  /** Told of errors that are nobody's refusal; the client learns the request id alone. */
  reportBug(error: unknown): void;
  /** Told how many milliseconds the schema took. */
  built(milliseconds: number): void;
  /** Told of trusted documents that the schema does not allow: they are refused until it does. */
  unfit(faults: readonly Fault[]): void;
}

export async function serveTenant(
  { registry, names, settings }: GraphqlTenant,
  { reportBug, built, unfit }: ServeOptions,
): Promise<Served> {
  const naming = await openKeptNaming(registry, names);
  const begun = performance.now();
  const schema = openSchema(registry, naming, settings);
  const server = await openApollo(schema, settings.limits, reportBug);
  built(performance.now() - begun);
  const { trustedDocuments: trusted, limits } = settings;
  const faults = trusted === undefined ? [] : unfitDocuments(trusted, schema, limits);
  if (faults.length > 0) unfit(faults);
  let sdl: string | undefined;
  const documents = openDocuments(settings);
  return {
    schema,
    server,
    documents,
    get sdl() {
      sdl ??= schemaToSdl(schema);
      return sdl;
    },
    answer: (exchange, body, context) => answerExchange({ server, documents }, exchange, body, context),
  };
}
