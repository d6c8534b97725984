import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { requestPlugin } from './apollo-plugin.ts';
import type { GraphqlContext } from './context.ts';
import { openDocumentStore } from './document-store.ts';
import { formatError } from './errors.ts';
import { documentRules } from './limits/document-rules.ts';
import type { QueryLimits } from './limits/query-limits.ts';
import { explainTokens } from './limits/tokens.ts';

const ignore = () => {};
/** Whatever fails is thrown, or told to the plugin; Apollo's own words about it quote the query, with the secrets that stand in it. */
const NO_LOG = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Apollo Server over a schema, started; what is checked of a document is remembered with it. What varies by caller is in the context. */
export async function openApollo(
  schema: GraphQLSchema,
  limits: QueryLimits,
  reportBug: (error: unknown) => void,
): Promise<ApolloServer<GraphqlContext>> {
  const server = new ApolloServer<GraphqlContext>({
    schema,
    nodeEnv: 'production',
    logger: NO_LOG,
    // The plugin asks each request whether its caller may read the schema, of which suggestions tell as well.
    introspection: true,
    hideSchemaDetailsFromClientErrors: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    documentStore: openDocumentStore(),
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: documentRules(limits),
    formatError: (formatted, error) => formatError(formatted, explainTokens(error, limits.tokens)),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      // It comes on by itself for a subgraph, and wraps every field of the schema.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      requestPlugin(reportBug),
    ],
  });
  await server.start();
  return server;
}
