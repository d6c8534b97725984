import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Outcome } from '#model/outcome.ts';

export interface RequestFacts {
  readonly face: string;
  readonly requestId: string;
  readonly path: string;
  readonly outcome: Outcome;
  tenant?: string;
  actor?: string;
}

export interface RequestLog {
  info(fields: object): void;
  error(fields: object): void;
}

/** `status` is 499 where the client left before it was answered. */
export type RequestObserver = (face: string, outcome: Outcome, status: number, seconds: number) => void;

/** How much of a client's own text a line holds. */
const TEXT_LENGTH = 200;

/**
 * Writes one line per request once it is over, and counts it. A refusal's line says what the client was told and which
 * identity provider asked (user agent), since that is what an administrator debugs with. Query strings and headers are
 * left out: they hold personal data and credentials (RFC 7644 §7.5.2).
 */
export function openAccessLog(log: RequestLog, observe: RequestObserver) {
  return (request: IncomingMessage, response: ServerResponse, facts: RequestFacts): void => {
    const start = performance.now();
    response.once('close', () => {
      const ms = performance.now() - start;
      const { face, outcome } = facts;
      const cutShort = !response.writableFinished;
      observe(face, outcome, cutShort ? 499 : response.statusCode, ms / 1_000);
      writeLine(log, request, response.statusCode, cutShort, Math.round(ms * 100) / 100, facts);
    });
  };
}

function writeLine(
  log: RequestLog,
  request: IncomingMessage,
  status: number,
  cutShort: boolean,
  ms: number,
  { face, requestId, path, outcome, tenant, actor }: RequestFacts,
): void {
  const { operation, detail, scimType, cause } = outcome;
  const { method } = request;
  const name = outcome.name?.slice(0, TEXT_LENGTH);
  if (status < 400 && !cutShort && detail === undefined && cause === undefined) {
    log.info({ requestId, face, operation, name, tenant, actor, method, path, status, ms });
    return;
  }
  const userAgent = request.headers['user-agent']?.slice(0, TEXT_LENGTH);
  const line = {
    requestId,
    face,
    operation,
    name,
    tenant,
    actor,
    method,
    path,
    status,
    ms,
    userAgent,
    reason: detail,
    scimType,
  };
  const cut = cutShort ? { cutShort } : {};
  // A failure within a body, or of one operation of many, has a status that tells nothing; a 501 tells of no failure.
  const failed = cause !== undefined || (!cutShort && status >= 500 && status !== 501);
  if (failed) log.error({ ...line, ...cut, err: cause });
  else log.info({ ...line, ...cut });
}
