import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Call } from '#model/call.ts';
import type { Outcome } from '#model/outcome.ts';
import type { Principal, Scope } from '#model/principal.ts';
import type { RequestFacts } from './access-log.ts';
import { isRefused, type Refused } from './authenticate.ts';
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
  authenticate(authorization: string | undefined): Principal | Refused;
  baseUrl(request: IncomingMessage): string;
  record(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): void;
  /** The body of a refusal, in the face's own form. */
  refusalBody(code: 'UNAUTHENTICATED' | 'FORBIDDEN', detail: string): object;
}

/** Lets a request through to Express handlers only with a credential that has the scope. */
export function bearerGuard(options: BearerGuardOptions): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const requestId = requestIdOf(request);
    const outcome: Outcome = { operation: 'unknown' };
    const facts: RequestFacts = { face: options.face, requestId, path: request.baseUrl + request.path, outcome };
    options.record(request, response, facts);
    response.set('x-request-id', requestId);
    const refuse = (status: 401 | 403, detail: string) => {
      outcome.detail = detail;
      const code = status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      response.status(status).json(options.refusalBody(code, detail));
    };
    const principal = options.authenticate(request.headers.authorization);
    if (isRefused(principal)) {
      response.set('www-authenticate', principal.challenge);
      refuse(401, principal.detail);
      return;
    }
    facts.tenant = principal.tenant;
    facts.actor = principal.name;
    if (!principal.scopes.has(options.scope)) {
      refuse(403, `the token "${principal.name}" lacks the scope ${options.scope}`);
      return;
    }
    const call = new RequestCall(request, response, requestId, principal);
    response.locals['admitted'] = { call, principal, outcome, baseUrl: options.baseUrl(request) } satisfies Admitted;
    next();
  };
}
