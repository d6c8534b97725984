import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { faultToText } from '#core/validate/faults.ts';
import type { Call } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { Outcome } from '#model/outcome.ts';
import { parseJson } from '#model/parse-json.ts';
import type { Principal } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import { listRetained, restore } from './operations/retained.ts';
import { listDocuments, putDocument, readDocument, removeDocument } from './operations/schemas.ts';
import { errorToProblem, PROBLEM_JSON, Problem, problemBody } from './problem.ts';
import type { AdminRequest, AdminRoute, AdminTenant } from './route.ts';

export interface AdminFaceOptions {
  tenant(name: TenantId): AdminTenant;
  /** Leaves an `Admitted` in `response.locals.admitted` for a credential with the scope `admin`, and answers any other. */
  readonly guard: RequestHandler;
}

/** What the edge leaves in `response.locals.admitted` after it has checked the credential. */
interface Admitted {
  readonly call: Call;
  readonly principal: Principal;
  readonly outcome: Outcome;
}

/** Every endpoint below `/admin`; HEAD is answered where GET is. docs/administration.md is tested against it. */
// biome-ignore format: a table reads by column
export const ADMIN_ROUTES: readonly AdminRoute[] = [
  { method: 'GET',    path: '/schemas',                    operation: 'listSchemas',        handle: listDocuments('schema') },
  { method: 'GET',    path: '/schemas/:name',              operation: 'readSchema',         handle: readDocument('schema') },
  { method: 'PUT',    path: '/schemas/:name',              operation: 'putSchema',          handle: putDocument('schema') },
  { method: 'DELETE', path: '/schemas/:name',              operation: 'removeSchema',       handle: removeDocument('schema') },
  { method: 'GET',    path: '/resource-types',             operation: 'listResourceTypes',  handle: listDocuments('resourceType') },
  { method: 'GET',    path: '/resource-types/:name',       operation: 'readResourceType',   handle: readDocument('resourceType') },
  { method: 'PUT',    path: '/resource-types/:name',       operation: 'putResourceType',    handle: putDocument('resourceType') },
  { method: 'DELETE', path: '/resource-types/:name',       operation: 'removeResourceType', handle: removeDocument('resourceType') },
  { method: 'GET',    path: '/retained/:type',             operation: 'listRetained',       handle: listRetained },
  { method: 'POST',   path: '/retained/:type/:id/restore', operation: 'restore',            handle: restore },
];

/** A schema document of a thousand attributes has a fifth of it. */
export const BODY_LIMIT_BYTES = 1_048_576;
const FAULTS_IN_LOG = 20;

/** Administration of the credential's own tenant, below `/admin`. */
export function openAdminRouter({ tenant, guard }: AdminFaceOptions): Router {
  const router = Router();
  const readBytes = express.raw({ type: () => true, limit: BODY_LIMIT_BYTES, inflate: false });
  const below = Router({ caseSensitive: true });
  for (const path of new Set(ADMIN_ROUTES.map((route) => route.path))) {
    const routes = ADMIN_ROUTES.filter((route) => route.path === path);
    below.all(path, readBytes, answerWith(routes, tenant));
  }
  below.use((request) => {
    throw new Problem(
      404,
      'NOT_FOUND',
      `nothing is served at ${request.baseUrl}${request.path}; see docs/administration.md`,
    );
  });
  router.use('/admin', asProblem, guard, below, answerProblem);
  return router;
}

/** What the guard refuses is a problem as well, in its media type. */
const asProblem: RequestHandler = (_request, response, next) => {
  response.type(PROBLEM_JSON);
  next();
};

/** A refusal of the guard in the form of every other. */
export function refusalBody(code: keyof typeof REFUSED, detail: string): object {
  return problemBody(REFUSED[code], code, detail);
}

const REFUSED = { BAD_REQUEST: 400, UNAUTHENTICATED: 401, FORBIDDEN: 403 } as const;

function answerWith(routes: readonly AdminRoute[], tenant: AdminFaceOptions['tenant']): RequestHandler {
  return async (request, response) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = routes.find((candidate) => candidate.method === method);
    if (route === undefined) throw methodNotOffered(request, routes);
    const { call, principal, outcome } = admittedOf(response);
    outcome.operation = route.operation;
    const answer = await route.handle({ tenant: tenant(principal.tenant), call, principal, ...partsOf(request) });
    response
      .status(answer.status)
      .type('application/json')
      .set(answer.headers ?? {});
    if (answer.body === undefined) response.removeHeader('content-type');
    response.end(answer.body && JSON.stringify(answer.body));
  };
}

function partsOf(request: Request): Pick<AdminRequest, 'param' | 'query' | 'header' | 'body'> {
  return {
    param: (name) => String(request.params[name]),
    query: (name) => [request.query[name]].flat().find((value) => typeof value === 'string'),
    header: (name) => request.get(name),
    body: () => parseJson(textOf(request)),
  };
}

function textOf({ body }: Request): string {
  if (!Buffer.isBuffer(body))
    throw new DirectoryError('INVALID_SYNTAX', 'the body is empty, a JSON document was expected');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new DirectoryError('INVALID_SYNTAX', 'the body is not UTF-8', { cause });
  }
}

function methodNotOffered({ method, baseUrl, path }: Request, routes: readonly AdminRoute[]): Problem {
  const allowed = routes.flatMap((route) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method])).join(', ');
  const detail = `${method} is not offered on ${baseUrl}${path}; use ${allowed}`;
  return new Problem(405, 'METHOD_NOT_ALLOWED', detail, { headers: { allow: allowed } });
}

function admittedOf(response: Response): Admitted {
  return response.locals['admitted'] as Admitted;
}

const answerProblem: ErrorRequestHandler = (error, _request, response, next) => {
  const { call, outcome } = admittedOf(response);
  const { status, headers, body } = errorToProblem(fromExpress(error), call.requestId);
  outcome.detail = reasonOf(error, String(body['detail']));
  if (status >= 500 && status !== 501) outcome.cause = error;
  if (response.headersSent) next(error);
  else response.status(status).type(PROBLEM_JSON).set(headers).json(body);
};

/** For the log: what the body has as `faults`, behind its `detail`. */
function reasonOf(error: unknown, detail: string): string {
  const faults = error instanceof Problem ? error.options.faults : asDirectoryError(error)?.faults;
  const untold = (faults ?? []).map(faultToText).filter((text) => !detail.includes(text));
  if (untold.length === 0) return detail;
  const rest = untold.length - FAULTS_IN_LOG;
  return `${detail}: ${untold.slice(0, FAULTS_IN_LOG).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

/** What Express itself refuses: a body that is too long, compressed or cut off, a path that cannot be decoded. */
function fromExpress(error: unknown): unknown {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
  if (error instanceof Problem || typeof status !== 'number' || status < 400 || status >= 500) return error;
  if (status === 413) return new DirectoryError('TOO_LARGE', `a body may have at most ${BODY_LIMIT_BYTES} bytes`);
  if (status === 415) return new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'send the body uncompressed, as JSON');
  return new Problem(400, 'INVALID_SYNTAX', 'the request is malformed: its path or its body cannot be read');
}
