import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from '#model/call.ts';
import type { Outcome } from '#model/outcome.ts';
import type { Principal } from '#model/principal.ts';
import type { RequestFacts } from './access-log.ts';
import { type Authenticate, isRefused, type Refused } from './authenticate.ts';
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
    const query = mark < 0 ? '' : url.slice(mark + 1);
    const outcome: Outcome = { operation: 'unknown' };
    const facts: RequestFacts = { face: 'scim', requestId: requestIdOf(request), path, outcome };
    answer(options, { request, response, place, query, facts });
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

/** A request that SCIM is to answer, and what the log will tell of it. */
interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly place: Place;
  readonly query: string;
  readonly facts: RequestFacts;
}

function answer(options: ScimEdgeOptions, arrival: Arrival): void {
  const { request, response, place, facts } = arrival;
  options.record(request, response, facts);
  if (place.isForeign) {
    refuse(options, arrival, 404, `this server speaks SCIM 2.0, at ${place.prefix}`);
    return;
  }
  const principal = options.authenticate(request);
  if (isRefused(principal)) answerUnknown(options, arrival, principal);
  else answerKnown(options, arrival, principal);
}

function answerUnknown(options: ScimEdgeOptions, arrival: Arrival, { status, detail, challenge }: Refused): void {
  const { request, response, place, query, facts } = arrival;
  if (request.headers.authorization === undefined) {
    const { requestId, outcome } = facts;
    const baseUrl = options.baseUrl(request) + place.prefix;
    const open = { request, response, call: { requestId }, path: place.below, query, baseUrl, outcome };
    if (options.face.handleOpen(open)) return;
  }
  refuse(options, arrival, status, detail, { 'www-authenticate': challenge });
}

function answerKnown(options: ScimEdgeOptions, arrival: Arrival, principal: Principal): void {
  const { request, response, place, query, facts } = arrival;
  facts.tenant = principal.tenant;
  facts.actor = principal.name;
  if (place.tenant !== undefined && place.tenant !== principal.tenant) {
    const detail = 'this credential is not for the tenant in the URL: use the tenant URL that it was issued for';
    refuse(options, arrival, 403, detail);
    return;
  }
  const { requestId, outcome } = facts;
  const call = new RequestCall(request, response, requestId, principal);
  const baseUrl = options.baseUrl(request) + place.prefix;
  const exchange = { request, response, call, principal, path: place.below, query, baseUrl, outcome };
  options.face.handle(exchange).catch((error) => {
    outcome.cause = error;
    response.destroy(error instanceof Error ? error : undefined);
  });
}

function refuse(
  { face }: ScimEdgeOptions,
  { response, facts }: Arrival,
  status: number,
  detail: string,
  headers: { readonly [name: string]: string } = {},
): void {
  facts.outcome.detail = detail;
  face.refuse(response, status, detail, { headers: { ...headers, 'x-request-id': facts.requestId } });
}
