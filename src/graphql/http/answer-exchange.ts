import type { IncomingMessage } from 'node:http';
import { type ApolloServer, type GraphQLResponse, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { GraphqlContext } from '../context.ts';
import type { Documents, Parameters } from '../documents/documents.ts';
import { inPlainWords } from '../gave-up.ts';
import { withoutValues } from '../without-values.ts';
import type { GraphqlExchange } from './exchange.ts';
import { HttpRefusal } from './http-refusal.ts';
import { mediaTypeFor } from './media-type.ts';
import { type PlainRequest, plainRequest } from './plain-request.ts';
import { searchWithDocument } from './search-with-document.ts';
import { sendText } from './send.ts';
import { sendResult } from './send-result.ts';
import { withinSize } from './within-size.ts';

type Apollo = ApolloServer<GraphqlContext>;

/**
 * Has Apollo answer a request whose body has been read, and sends the answer. A usual body goes straight into Apollo's pipeline; what is
 * out of the ordinary (GET, a form's media type, a body of another shape) is read and refused by Apollo itself.
 * @throws {HttpRefusal} 405, 406, and as `Documents.resolve`, before anything is carried out
 */
export async function answerExchange(
  { server, documents }: { readonly server: Apollo; readonly documents: Documents },
  exchange: GraphqlExchange,
  body: unknown,
  base: GraphqlContext,
): Promise<void> {
  const { method = '', url = '', headers } = exchange.request;
  const mediaType = mediaTypeFor(headers.accept);
  if (method !== 'GET' && method !== 'POST') throw wrongMethod(method);
  if (mediaType === undefined) throw notAcceptable();
  const context = { ...base, mediaType };
  const asked = withDocument(body, documents);
  const plain = plainRequest(asked);
  if (plain === undefined) {
    const mark = url.indexOf('?');
    const search = mark < 0 ? '' : searchWithDocument(url.slice(mark), documents);
    await answerByHttp(server, exchange, { search, body: asked }, context);
  } else await answerPlainRequest(server, exchange, plain, context);
}

async function answerPlainRequest(
  server: Apollo,
  exchange: GraphqlExchange,
  request: PlainRequest,
  context: GraphqlContext,
): Promise<void> {
  const { http, body } = await carriedOut(server.executeOperation(request, { contextValue: context }), context);
  sendResult(exchange, http.status ?? 200, [...http.headers].flat(), resultOf(body), context);
}

async function answerByHttp(
  server: Apollo,
  exchange: GraphqlExchange,
  asked: { readonly search: string; readonly body: unknown },
  context: GraphqlContext,
): Promise<void> {
  const { method = '' } = exchange.request;
  const work = server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers: headersOf(exchange.request), ...asked },
    context: async () => context,
  });
  const { status = 200, ...answer } = await carriedOut(work, context);
  sendText(exchange, status, [...answer.headers].flat(), withinSize(textOf(answer), context));
}

/**
 * What Apollo's pipeline comes to. @throws {HttpRefusal} BAD_USER_INPUT where graphql-js throws while it validates, as it
 * does for a subscription whose first level has a condition with a variable
 */
async function carriedOut<Result>(work: Promise<Result>, context: GraphqlContext): Promise<Result> {
  const [settled] = await Promise.allSettled([work]);
  const [thrown] = context.thrown;
  if (thrown instanceof GraphQLError) {
    const message = inPlainWords(withoutValues(thrown.message));
    throw new HttpRefusal(400, 'BAD_USER_INPUT', message, { isWellFormed: true });
  }
  if (thrown !== undefined) throw thrown;
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

/** What is no object is left to Apollo to refuse. */
function withDocument(body: unknown, documents: Documents): unknown {
  return typeof body === 'object' && body !== null ? documents.resolve(body as Parameters) : body;
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

function resultOf(body: GraphQLResponse['body']) {
  if (body.kind === 'single') return body.singleResult;
  throw inParts();
}

function textOf({ body }: Pick<HTTPGraphQLResponse, 'body'>): string {
  if (body.kind === 'complete') return body.string;
  throw inParts();
}

function inParts(): Error {
  return new Error('an answer came in parts although no directive asks for that');
}
