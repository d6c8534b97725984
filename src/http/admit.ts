import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from '#model/call.ts';
import { bearerChallenge } from '#model/challenge.ts';
import type { Outcome } from '#model/outcome.ts';
import type { Principal, Scope } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import type { RequestFacts } from './access-log.ts';
import { type Authenticate, isRefused } from './authenticate.ts';
import { RequestCall, requestIdOf } from './request-call.ts';

export interface AdmissionOptions {
  readonly face: string;
  readonly scope: Scope;
  readonly authenticate: Authenticate;
  baseUrl(request: IncomingMessage): string;
  /** How long a tenant's request may take; absent, as long as any. */
  readonly timeoutMs?: (tenant: TenantId) => number | undefined;
  record(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): void;
  /** The body of a refusal, in the face's own form. */
  readonly refusalBody: (code: 'BAD_REQUEST' | 'UNAUTHENTICATED' | 'FORBIDDEN', detail: string) => object;
}

/** A request whose credential has the scope. */
export interface Admitted {
  readonly call: Call;
  readonly principal: Principal;
  /** Written by the face, read for the access log and the metrics. */
  readonly outcome: Outcome;
  readonly baseUrl: string;
  /** Undefined as long as the credential would be let in as it was; for answers that last. */
  recheck(): Lapsed | undefined;
}

/** Why a credential that was let in is let in no more. */
export interface Lapsed {
  readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  readonly detail: string;
}

/** What a request is answered that is not let in. */
export interface Denied {
  readonly status: keyof typeof CODES;
  readonly requestId: string;
  /** The value of `WWW-Authenticate`, RFC 6750 §3. */
  readonly challenge: string;
  readonly body: object;
}

const CODES = { 400: 'BAD_REQUEST', 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN' } as const;

/** Lets a request in only with a credential that has the scope, and has it written to the access log either way. */
export function admit(
  options: AdmissionOptions,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Admitted | Denied {
  const { face, scope } = options;
  const requestId = requestIdOf(request);
  const outcome: Outcome = { operation: 'unknown' };
  const facts: RequestFacts = { face, requestId, path, outcome };
  options.record(request, response, facts);
  const deny = (status: Denied['status'], detail: string, challenge: string): Denied => {
    outcome.detail = detail;
    return { status, requestId, challenge, body: options.refusalBody(CODES[status], detail) };
  };
  const principal = options.authenticate(request);
  if (isRefused(principal)) return deny(principal.status, principal.detail, principal.challenge);
  facts.tenant = principal.tenant;
  facts.actor = principal.name;
  if (!principal.scopes.has(scope)) {
    const detail = scopeMissing(principal, scope);
    return deny(403, detail, bearerChallenge('insufficient_scope', { scope, description: detail }));
  }
  const call = new RequestCall(request, response, requestId, principal, options.timeoutMs?.(principal.tenant));
  const recheck = () => lapsed(options, request, principal);
  return { call, principal, outcome, baseUrl: options.baseUrl(request), recheck };
}

function lapsed(
  { authenticate, scope }: AdmissionOptions,
  request: IncomingMessage,
  before: Principal,
): Lapsed | undefined {
  const principal = authenticate(request);
  if (isRefused(principal)) return { code: 'UNAUTHENTICATED', detail: principal.detail };
  if (!principal.scopes.has(scope)) return { code: 'FORBIDDEN', detail: scopeMissing(principal, scope) };
  if (WHOSE.every((key) => principal[key] === before[key])) return undefined;
  return { code: 'UNAUTHENTICATED', detail: `the token "${before.name}" stands for something else by now` };
}

/** What decides whose data a credential sees. */
const WHOSE = ['tenant', 'name', 'user', 'policy'] as const satisfies readonly (keyof Principal)[];

function scopeMissing({ name }: Principal, scope: Scope): string {
  return `the token "${name}" lacks the scope ${scope}`;
}

export function isDenied(admission: Admitted | Denied): admission is Denied {
  return 'challenge' in admission;
}
