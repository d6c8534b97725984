import type { IncomingMessage } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import type { GraphqlContext } from '../context.ts';
import type { GraphqlExchange } from './exchange.ts';
import { HttpRefusal } from './http-refusal.ts';
import { mediaTypeFor } from './media-type.ts';
import { sendText } from './send.ts';
import { withinSize } from './within-size.ts';

/**
 * Has Apollo answer a request whose body has been read, and sends the answer.
 * @throws {HttpRefusal} 405, 406, before anything is carried out
 */
export async function answerExchange(
  server: ApolloServer<GraphqlContext>,
  exchange: GraphqlExchange,
  body: unknown,
  context: GraphqlContext,
): Promise<void> {
  const { method = '', url = '', headers } = exchange.request;
  const mediaType = mediaTypeFor(headers.accept);
  if (method !== 'GET' && method !== 'POST') throw wrongMethod(method);
  if (mediaType === undefined) throw notAcceptable();
  const mark = url.indexOf('?');
  const search = mark < 0 ? '' : url.slice(mark);
  const { status = 200, ...answer } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers: headersOf(exchange.request), search, body },
    context: async () => ({ ...context, mediaType }),
  });
  sendText(exchange, status, [...answer.headers].flat(), withinSize(textOf(answer), context));
}

function wrongMethod(method: string): HttpRefusal {
  const message = `queries come by POST or GET, got ${method}`;
  return new HttpRefusal(405, 'METHOD_NOT_ALLOWED', message, { headers: { Allow: 'GET, POST' } });
}

function notAcceptable(): HttpRefusal {
  const message = 'Accept must admit application/graphql-response+json or application/json, which answers are';
  return new HttpRefusal(406, 'NOT_ACCEPTABLE', message);
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
