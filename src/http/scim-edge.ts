import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from '#model/call.ts';
import type { Outcome } from '#model/outcome.ts';
import type { Principal } from '#model/principal.ts';
import type { RequestFacts } from './access-log.ts';
import { isRefused, type Refused } from './authenticate.ts';
import { RequestCall, requestIdOf } from './request-call.ts';

/** The SCIM face as the edge sees it. */
export interface ScimHandler {
  handle(exchange: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly call: Call;
    readonly principal: Principal;
    readonly path: string;
    readonly query: string;
    readonly baseUrl: string;
    readonly outcome: Outcome;
  }): Promise<void>;
  refuse(
    response: ServerResponse,
    status: number,
    detail: string,
    options?: { readonly headers?: { readonly [name: string]: string } },
  ): void;
}

export interface ScimEdgeOptions {
  readonly face: ScimHandler;
  authenticate(authorization: string | undefined): Principal | Refused;
  baseUrl(request: IncomingMessage): string;
  record(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): void;
}

const BASE = '/scim/v2';
const TENANTS = '/tenants/';

/**
 * Answers SCIM requests; false where the path is not one. It stands before Express, whose routing costs a third of what a
 * resource by id does and adds nothing to a face that has its own route table.
 */
export function openScimEdge(
  options: ScimEdgeOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const base = scimBase(path);
    if (base === undefined) return false;
    const query = mark < 0 ? '' : url.slice(mark + 1);
    answer(options, request, response, { path, query, ...base });
    return true;
  };
}

interface Place {
  readonly path: string;
  readonly query: string;
  /** `/scim/v2` or `/tenants/acme/scim/v2`, as it stands in the URL. */
  readonly prefix: string;
  readonly tenant?: string;
}

function scimBase(path: string): { prefix: string; tenant?: string } | undefined {
  if (isUnder(path, BASE)) return { prefix: BASE };
  if (!path.startsWith(TENANTS)) return undefined;
  const end = path.indexOf('/', TENANTS.length);
  if (end < 0 || !isUnder(path.slice(end), BASE)) return undefined;
  return { prefix: path.slice(0, end + BASE.length), tenant: path.slice(TENANTS.length, end) };
}

function isUnder(path: string, base: string): boolean {
  return path.startsWith(base) && (path.length === base.length || path[base.length] === '/');
}

function answer(options: ScimEdgeOptions, request: IncomingMessage, response: ServerResponse, place: Place): void {
  const { face } = options;
  const requestId = requestIdOf(request);
  const outcome: Outcome = { operation: 'unknown' };
  const facts: RequestFacts = { face: 'scim', requestId, path: place.path, outcome };
  options.record(request, response, facts);
  const principal = options.authenticate(request.headers.authorization);
  if (isRefused(principal)) {
    outcome.detail = principal.detail;
    const headers = { 'www-authenticate': principal.challenge, 'x-request-id': requestId };
    face.refuse(response, 401, principal.detail, { headers });
    return;
  }
  facts.tenant = principal.tenant;
  facts.actor = principal.name;
  if (place.tenant !== undefined && place.tenant !== principal.tenant) {
    outcome.detail = 'this credential is not for the tenant in the URL: use the tenant URL that it was issued for';
    face.refuse(response, 403, outcome.detail, { headers: { 'x-request-id': requestId } });
    return;
  }
  const call = new RequestCall(request, response, requestId, principal);
  const baseUrl = options.baseUrl(request) + place.prefix;
  const path = place.path.slice(place.prefix.length);
  face.handle({ request, response, call, principal, path, query: place.query, baseUrl, outcome }).catch((error) => {
    outcome.cause = error;
    response.destroy(error instanceof Error ? error : undefined);
  });
}
