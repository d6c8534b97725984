import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type AdmissionOptions, admit, isDenied } from './admit.ts';

/** Lets a request through to Express handlers only with a credential that has the scope; they find an `Admitted` in `response.locals.admitted`. */
export function bearerGuard(options: AdmissionOptions): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const admission = admit(options, request, response, request.baseUrl + request.path);
    if (isDenied(admission)) {
      const { status, requestId, challenge, body } = admission;
      response.set({ 'x-request-id': requestId, 'www-authenticate': challenge });
      response.status(status).json(body);
      return;
    }
    response.set('x-request-id', admission.call.requestId);
    response.locals['admitted'] = admission;
    next();
  };
}
