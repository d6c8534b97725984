import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AdmissionOptions, type Admitted, admit, type Denied, isDenied } from './admit.ts';

export interface GraphqlEdgeOptions extends AdmissionOptions {
  /** The GraphQL face: answers an admitted request in any case. */
  handle(exchange: Admitted & { readonly request: IncomingMessage; readonly response: ServerResponse }): Promise<void>;
}

const PATH = '/graphql';

/**
 * Answers what is posted to `/graphql`; false for all else, which Express routes: GraphiQL, queries by GET, streams. It stands
 * before Express, which costs more than a small query does and adds nothing to it.
 */
export function openGraphqlEdge(
  options: GraphqlEdgeOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.method !== 'POST' || !isGraphql(request.url ?? '')) return false;
    const admission = admit(options, request, response, PATH);
    if (isDenied(admission)) {
      deny(response, admission);
      return true;
    }
    options.handle({ request, response, ...admission }).catch((error) => {
      admission.outcome.cause = error;
      response.destroy(error instanceof Error ? error : undefined);
    });
    return true;
  };
}

function isGraphql(url: string): boolean {
  return url === PATH || url.startsWith(`${PATH}?`);
}

function deny(response: ServerResponse, { status, requestId, challenge, body }: Denied): void {
  const text = JSON.stringify(body);
  response.writeHead(status, [
    'Content-Type',
    'application/json; charset=utf-8',
    'X-Content-Type-Options',
    'nosniff',
    'Cache-Control',
    'no-store',
    'X-Request-Id',
    requestId,
    'WWW-Authenticate',
    challenge,
    'Content-Length',
    String(Buffer.byteLength(text)),
  ]);
  response.end(text);
}
