import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Call } from '#model/call.ts';
import { bearerChallenge } from '#model/challenge.ts';
import type { Outcome } from '#model/outcome.ts';
import type { Principal, Scope } from '#model/principal.ts';
import type { RequestFacts } from './access-log.ts';
import { type Authenticate, isRefused } from './authenticate.ts';
import { RequestCall, requestIdOf } from './request-call.ts';

/** What the guard leaves in `response.locals.admitted` for the handlers behind it. */
export interface Admitted {
  readonly call: Call;
  readonly principal: Principal;
  readonly outcome: Outcome;
  readonly baseUrl: string;
}

export interface BearerGuardOptions {
  readonly face: string;
  readonly scope: Scope;
  readonly authenticate: Authenticate;
  baseUrl(request: IncomingMessage): string;
  record(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): void;
  /** The body of a refusal, in the face's own form. */
  readonly refusalBody: (code: 'BAD_REQUEST' | 'UNAUTHENTICATED' | 'FORBIDDEN', detail: string) => object;
}

const CODES = { 400: 'BAD_REQUEST', 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN' } as const;

/** Lets a request through to Express handlers only with a credential that has the scope. */
export function bearerGuard(options: BearerGuardOptions): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const requestId = requestIdOf(request);
    const outcome: Outcome = { operation: 'unknown' };
    const facts: RequestFacts = { face: options.face, requestId, path: request.baseUrl + request.path, outcome };
    options.record(request, response, facts);
    response.set('x-request-id', requestId);
    const refuse = (status: keyof typeof CODES, detail: string, challenge: string) => {
      outcome.detail = detail;
      response.set('www-authenticate', challenge);
      response.status(status).json(options.refusalBody(CODES[status], detail));
    };
    const principal = options.authenticate(request);
    if (isRefused(principal)) {
      refuse(principal.status, principal.detail, principal.challenge);
      return;
    }
    facts.tenant = principal.tenant;
    facts.actor = principal.name;
    if (!principal.scopes.has(options.scope)) {
      const { scope } = options;
      const detail = `the token "${principal.name}" lacks the scope ${scope}`;
      refuse(403, detail, bearerChallenge('insufficient_scope', { scope, description: detail }));
      return;
    }
    const call = new RequestCall(request, response, requestId, principal);
    response.locals['admitted'] = { call, principal, outcome, baseUrl: options.baseUrl(request) } satisfies Admitted;
    next();
  };
}
