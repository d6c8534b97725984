import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from '#model/call.ts';
import type { Outcome } from '#model/outcome.ts';
import type { Principal } from '#model/principal.ts';
import type { RequestFacts } from './access-log.ts';
import { type Authenticate, isRefused } from './authenticate.ts';
import { RequestCall, requestIdOf } from './request-call.ts';

/** A request of which no more is known than that SCIM is to answer it. */
interface OpenExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly call: Pick<Call, 'requestId'>;
  readonly path: string;
  readonly query: string;
  readonly baseUrl: string;
  readonly outcome: Outcome;
}

/** The SCIM face as the edge sees it. */
export interface ScimHandler {
  handle(exchange: OpenExchange & { readonly call: Call; readonly principal: Principal }): Promise<void>;
  handleOpen(exchange: OpenExchange): boolean;
  refuse(
    response: ServerResponse,
    status: number,
    detail: string,
    options?: { readonly headers?: { readonly [name: string]: string } },
  ): void;
}

export interface ScimEdgeOptions {
  readonly face: ScimHandler;
  readonly authenticate: Authenticate;
  baseUrl(request: IncomingMessage): string;
  record(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): void;
}

const ROOT = '/scim';
const BASE = '/scim/v2';
const TENANTS = '/tenants/';
/** What follows ROOT where a client asks for a version. */
const VERSION = /^\/v\d[\d.]*(?:\/|$)/i;

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
    const place = placeOf(path);
    if (place === undefined) return false;
    answer(options, request, response, path, mark < 0 ? '' : url.slice(mark + 1), place);
    return true;
  };
}

/** Where a path lies: `/scim/v2`, or `/tenants/acme/scim/v2` as it stands in the URL, and what follows. */
interface Place {
  readonly prefix: string;
  readonly below: string;
  readonly tenant?: string;
  /** The URL asks for another version than the one there is. */
  readonly isForeign?: true;
}

function placeOf(path: string): Place | undefined {
  if (!path.startsWith(TENANTS)) return placeUnder('', path);
  const end = path.indexOf('/', TENANTS.length);
  const place = end < 0 ? undefined : placeUnder(path.slice(0, end), path.slice(end));
  return place && { ...place, tenant: path.slice(TENANTS.length, end) };
}

/** A URL without a version is served as the newest (RFC 7644 §3.13), whose addresses stand in the answer. */
function placeUnder(head: string, path: string): Place | undefined {
  const prefix = head + BASE;
  if (isUnder(path, BASE)) return { prefix, below: path.slice(BASE.length) };
  if (!isUnder(path, ROOT)) return undefined;
  const below = path.slice(ROOT.length);
  return VERSION.test(below) ? { prefix, below, isForeign: true } : { prefix, below };
}

function isUnder(path: string, base: string): boolean {
  return path.startsWith(base) && (path.length === base.length || path[base.length] === '/');
}

function answer(
  options: ScimEdgeOptions,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
  place: Place,
): void {
  const { face } = options;
  const requestId = requestIdOf(request);
  const outcome: Outcome = { operation: 'unknown' };
  const facts: RequestFacts = { face: 'scim', requestId, path, outcome };
  options.record(request, response, facts);
  const refuse = (status: number, detail: string, headers: { readonly [name: string]: string } = {}) => {
    outcome.detail = detail;
    face.refuse(response, status, detail, { headers: { ...headers, 'x-request-id': requestId } });
  };
  if (place.isForeign) {
    refuse(404, `this server speaks SCIM 2.0, at ${place.prefix}`);
    return;
  }
  const { below } = place;
  const baseUrl = options.baseUrl(request) + place.prefix;
  const principal = options.authenticate(request);
  if (isRefused(principal)) {
    const open = { request, response, call: { requestId }, path: below, query, baseUrl, outcome };
    if (request.headers.authorization === undefined && face.handleOpen(open)) return;
    refuse(principal.status, principal.detail, { 'www-authenticate': principal.challenge });
    return;
  }
  facts.tenant = principal.tenant;
  facts.actor = principal.name;
  if (place.tenant !== undefined && place.tenant !== principal.tenant) {
    refuse(403, 'this credential is not for the tenant in the URL: use the tenant URL that it was issued for');
    return;
  }
  const call = new RequestCall(request, response, requestId, principal);
  face.handle({ request, response, call, principal, path: below, query, baseUrl, outcome }).catch((error) => {
    outcome.cause = error;
    response.destroy(error instanceof Error ? error : undefined);
  });
}
