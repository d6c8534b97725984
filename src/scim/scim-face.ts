import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Visibility } from '#core/policy/visibility.ts';
import { onPrimary } from '#model/call.ts';
import { bearerChallenge } from '#model/challenge.ts';
import { isBodyPending } from '#model/end-early.ts';
import { asDirectoryError } from '#model/errors.ts';
import type { Principal, Scope } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import type { Context } from './context.ts';
import { type ErrorAnswer, errorBody, errorToAnswer } from './errors.ts';
import type { Exchange, OpenExchange, RefusalOptions, ScimFace, ScimTenant } from './exchange.ts';
import { withoutOuterSlashes } from './idp-quirks.ts';
import { readPublicConfig } from './operations/discovery.ts';
import { resolveSelf } from './operations/self.ts';
import { Refusal } from './refusal.ts';
import { answerType, SCIM_JSON } from './request/media-types.ts';
import { openReferences, type References } from './response/references.ts';
import { openResourceTexts, type ResourceTexts } from './response/resource-text.ts';
import { TextCache } from './response/text-cache.ts';
import { CACHING, sendEarly, sendText } from './response/write-response.ts';
import { matchRoute } from './router.ts';

export interface ScimFaceOptions {
  /** The tenant of an exchange's call, which the edge has found to exist. */
  readonly tenant: (name: TenantId) => ScimTenant;
  readonly bodyLimitBytes: number;
  /** Whether a client without a credential is told how to authenticate, RFC 7643 §5. */
  readonly publicServiceProviderConfig?: boolean;
  /** For rendered texts of all tenants together. */
  readonly textCacheBytes?: number;
}

interface Rendered {
  readonly texts: ResourceTexts;
  /** By base URL, of which a client can make up any number where the edge takes it from the Host header. */
  readonly references: LRUCache<string, References>;
}

const TEXT_CACHE_BYTES = 64 * 1024 * 1024;
const BASE_URLS = 16;

/** SCIM 2.0 over node:http, without a framework: RFC 7643, RFC 7644. */
export function openScimFace(options: ScimFaceOptions): ScimFace {
  const { tenant, bodyLimitBytes, publicServiceProviderConfig = true, textCacheBytes = TEXT_CACHE_BYTES } = options;
  // A credential that does not see everything is shown texts of its own.
  const rendered = new WeakMap<ScimTenant | Visibility, Rendered>();
  const textCache = new TextCache(textCacheBytes);
  const contextOf = (exchange: Exchange): Context => {
    const { call, principal, request, baseUrl } = exchange;
    const owner = tenant(call.tenant);
    const session = owner.directory.session(isConditionalWrite(request) ? onPrimary(call) : call, principal);
    const viewer = session.visibility ?? owner;
    let own = rendered.get(viewer);
    if (own === undefined) {
      own = openRendered(owner, textCache);
      rendered.set(viewer, own);
    }
    let references = own.references.get(baseUrl);
    if (references === undefined) {
      references = openReferences(owner.registry, baseUrl);
      own.references.set(baseUrl, references);
    }
    return {
      exchange,
      tenant: owner,
      session,
      texts: own.texts,
      references,
      bodyLimitBytes,
      answerType: answerType(request),
    };
  };
  return {
    async handle(exchange) {
      try {
        await answer(contextOf(exchange));
      } catch (error) {
        answerError(exchange, error);
      }
    },
    handleOpen(exchange) {
      if (!publicServiceProviderConfig || !asksForConfig(exchange)) return false;
      exchange.outcome.operation = 'discover';
      try {
        readPublicConfig(exchange);
      } catch (error) {
        answerError(exchange, error);
      }
      return true;
    },
    refuse,
  };
}

function asksForConfig({ request, path }: OpenExchange): boolean {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  return reads && withoutOuterSlashes(path) === 'ServiceProviderConfig';
}

/** The client compares with what it has seen itself, which no cache and no replica may be behind. */
function isConditionalWrite({ headers, method }: IncomingMessage): boolean {
  if (headers['if-match'] !== undefined) return true;
  return headers['if-none-match'] !== undefined && method !== 'GET' && method !== 'HEAD';
}

function openRendered(tenant: ScimTenant, cache: TextCache): Rendered {
  return {
    texts: openResourceTexts({ etag: tenant.supports.etag, cache }),
    references: new LRUCache({ max: BASE_URLS }),
  };
}

async function answer(context: Context): Promise<void> {
  const { exchange, tenant } = context;
  const match = matchRoute(tenant.registry, exchange.request.method ?? '', exchange.path);
  const { operation, scope } = match.route;
  exchange.outcome.operation = operation;
  if (!exchange.principal.scopes.has(scope)) throw insufficientScope(exchange.principal, scope);
  if ('type' in match) await match.route.handle(context, match.type, match.id);
  else if ('self' in match) await match.route.handle(context, ...(await resolveSelf(context)));
  else await match.route.handle(context, match.name);
}

/** RFC 6750 §3.1 */
function insufficientScope({ name }: Principal, scope: Scope): Refusal {
  const detail = `this needs the scope ${scope}: add it to the scopes of the token "${name}", or use another token`;
  const challenge = bearerChallenge('insufficient_scope', { scope, description: detail });
  return new Refusal(403, detail, { headers: { 'WWW-Authenticate': challenge } });
}

/** Once a body has begun, the only honest answer to a failure is to break it off. */
function answerError(exchange: OpenExchange, error: unknown): void {
  const { response, outcome } = exchange;
  const refusal = errorToAnswer(error, exchange.call.requestId);
  outcome.detail = refusal.detail;
  if (refusal.scimType !== undefined) outcome.scimType = refusal.scimType;
  if (isFailure(error, refusal.status, response.destroyed)) outcome.cause = error;
  if (response.headersSent) response.destroy();
  else if (!response.destroyed) sendError(exchange, refusal);
}

/**
 * A 501 is a refusal like any other; where the client has left, that is why a backend's work was broken off. What a backend refuses
 * to do for Portico is for its operator to mend, who learns why from the log alone.
 */
function isFailure(error: unknown, status: number, clientLeft: boolean): boolean {
  const known = asDirectoryError(error);
  if (known?.cause !== undefined && (known.code === 'READ_ONLY' || known.code === 'FORBIDDEN')) return true;
  return status >= 500 && status !== 501 && !(clientLeft && known !== undefined);
}

function sendError(exchange: OpenExchange, refusal: ErrorAnswer): void {
  const headers = errorHeaders(refusal.headers);
  const text = errorBody(refusal);
  if (isBodyPending(exchange.request)) sendEarly(exchange, refusal.status, headers, text);
  else sendText(exchange, refusal.status, headers, text);
}

function refuse(
  response: ServerResponse,
  status: number,
  detail: string,
  { scimType, headers = {} }: RefusalOptions = {},
): void {
  const text = errorBody({ status, detail, ...(scimType === undefined ? {} : { scimType }) });
  response.writeHead(status, [...errorHeaders(headers), ...CACHING, 'Content-Length', String(Buffer.byteLength(text))]);
  response.end(text);
}

function errorHeaders(headers: { readonly [name: string]: string }): string[] {
  return ['Content-Type', SCIM_JSON, ...Object.entries(headers).flat()];
}
