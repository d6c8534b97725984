import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from '#model/call.ts';
import type { Principal } from '#model/principal.ts';
import type { TenantId } from '#model/resource.ts';
import { abortedWith } from './abort.ts';

/** How long a request may take, unless its face gives it less or the client goes away earlier. */
const TIMEOUT_MS = 30_000;

const REQUEST_ID = /^[\w.:@/+=-]{1,128}$/;
/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The client's own request id where it is harmless in a header and a log, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** What an HTTP request brings to every layer below. Its signal costs something to make and is made when first asked for. */
export class RequestCall implements Call {
  readonly tenant: TenantId;
  readonly actor: string;
  readonly requestId: string;
  readonly traceparent?: string;
  readonly deadline: number;
  readonly consistency = 'cached';
  private readonly timeoutMs: number;
  private readonly response: ServerResponse;
  private abort: AbortSignal | undefined;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    principal: Principal,
    timeoutMs = TIMEOUT_MS,
  ) {
    this.tenant = principal.tenant;
    this.actor = principal.name;
    this.requestId = requestId;
    this.timeoutMs = timeoutMs;
    this.deadline = Date.now() + timeoutMs;
    this.response = response;
    const traceparent = request.headers['traceparent'];
    if (typeof traceparent === 'string' && TRACEPARENT.test(traceparent)) this.traceparent = traceparent;
  }

  get signal(): AbortSignal {
    this.abort ??= abortedWith(this.response, this.deadline, this.timeoutMs);
    return this.abort;
  }
}
