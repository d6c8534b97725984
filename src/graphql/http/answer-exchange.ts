import type { IncomingMessage } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { GraphqlContext } from '../context.ts';
import type { GraphqlExchange } from './exchange.ts';
import { sendText } from './send.ts';
import { withinSize } from './within-size.ts';

/** Has Apollo answer a request whose body has been read, and sends the answer. */
export async function answerExchange(
  server: ApolloServer<GraphqlContext>,
  exchange: GraphqlExchange,
  body: unknown,
  context: GraphqlContext,
): Promise<void> {
  const { method = '', url = '' } = exchange.request;
  const mark = url.indexOf('?');
  const search = mark < 0 ? '' : url.slice(mark);
  const { status = 200, ...answer } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers: headersOf(exchange.request), search, body },
    context: async () => context,
  });
  sendText(exchange, status, [...answer.headers].flat(), withinSize(textOf(answer), context));
}

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

function textOf({ body }: Pick<HTTPGraphQLResponse, 'body'>): string {
  if (body.kind === 'complete') return body.string;
  throw new Error('an answer came in parts although no directive asks for that');
}
