import type { IncomingMessage } from 'node:http';
import { createHandler, type ExecutionResult, type Handler, type Response } from 'graphql-sse';
import { DirectoryError } from '#model/errors.ts';
import { HttpRefusal } from '../http/http-refusal.ts';
import { sendText } from '../http/send.ts';
import { checkStreamRequest } from './check-stream-request.ts';
import { Lifetime } from './connection/lifetime.ts';
import { Places } from './connection/places.ts';
import { sendEvents } from './connection/send-events.ts';
import { watchCredential } from './connection/watch-credential.ts';
import { openEvents } from './open-events.ts';
import type { StreamsOptions } from './open-streams.ts';
import { type Asked, readAsked } from './operation/read-asked.ts';
import { type OperationParams, readOperation } from './operation/read-operation.ts';
import { RefusedOperation } from './operation/refused-operation.ts';
import type { StreamExchange } from './stream-exchange.ts';
import type { Event } from './to-event.ts';

const JSON_TYPE = ['Content-Type', 'application/json; charset=utf-8'];

/** Begins the events of an operation that a request has brought. */
type Begin = (params: OperationParams) => Promise<AsyncGenerator<Event, void, undefined>>;

/** Answers requests for streams by the protocol of graphql-sse, each operation over a connection of its own. */
export class StreamServer {
  readonly #options: StreamsOptions;
  readonly #isEnding: () => boolean;
  readonly #places = new Places();
  readonly #open = new Set<Lifetime>();
  readonly #handler: Handler<IncomingMessage, Begin>;

  constructor(options: StreamsOptions, isEnding: () => boolean) {
    this.#options = options;
    this.#isEnding = isEnding;
    this.#handler = createHandler({
      // Many operations over one connection would need a token that anybody who knows it may write to.
      authenticate: () => null,
      // Its errors have their final form, which is all that is sent of them.
      onSubscribe: async ({ context: begin }, params) =>
        (await begin(params as OperationParams)) as AsyncGenerator<ExecutionResult>,
    });
  }

  /** @throws {HttpRefusal}; {DirectoryError} UNAVAILABLE where the tenant is, or none begins any more */
  async answer(exchange: StreamExchange): Promise<void> {
    try {
      await this.#answer(exchange);
    } catch (error) {
      if (!(error instanceof RefusedOperation)) throw error;
      exchange.outcome.detail = error.message;
      exchange.outcome.result = 'refused';
      sendText(exchange, 400, JSON_TYPE, JSON.stringify({ errors: error.errors }));
    }
  }

  /** Tells every client to come again, and ends. */
  end(): void {
    for (const lifetime of this.#open) lifetime.end(stopping());
  }

  async #answer(exchange: StreamExchange): Promise<void> {
    const { request, principal } = exchange;
    checkStreamRequest(request);
    const tenant = this.#options.tenant(principal.tenant);
    const { limits } = tenant.settings;
    const { schema, documents } = await this.#options.schemaOf(principal.tenant, tenant);
    const asked = await readAsked(request, limits.bodyBytes, documents);
    // Nothing is waited for between this and the place among those that are told.
    if (this.#isEnding()) throw stopping();
    const release = this.#places.take(principal, limits);
    const lifetime = new Lifetime(exchange.response);
    const parts = { exchange, lifetime, tenant, current: () => this.#options.tenant(principal.tenant) };
    const begin: Begin = (params) => {
      const operation = readOperation(schema, params, { settings: tenant.settings, principal });
      const { name } = operation.operation;
      if (name) exchange.outcome.name = name.value;
      return openEvents({ ...parts, reportBug: this.#options.reportBug }, operation);
    };
    this.#open.add(lifetime);
    try {
      watchCredential(exchange, lifetime);
      await this.#stream(exchange, asked, begin);
    } finally {
      this.#open.delete(lifetime);
      release();
    }
  }

  async #stream(exchange: StreamExchange, { url, body }: Asked, begin: Begin): Promise<void> {
    const { request, outcome } = exchange;
    const { method = '', headers } = request;
    const get = (name: string) => (name === 'accept' ? 'text/event-stream' : String(headers[name] ?? ''));
    const response = await this.#handler({ method, url, headers: { get }, body, raw: request, context: begin });
    outcome.operation = 'subscription';
    const [events] = response;
    if (events === null || typeof events === 'string') throw refusalOf(response);
    const { tenant } = exchange.principal;
    this.#options.subscription?.(tenant, 1);
    try {
      await sendEvents(exchange, events);
    } finally {
      this.#options.subscription?.(tenant, -1);
    }
  }
}

function stopping(): DirectoryError {
  const message = 'this gateway is about to stop; subscribe again with the last cursor';
  return new DirectoryError('UNAVAILABLE', message, { retryAfterMs: 1_000 });
}

/** What the protocol refuses: a request without a query, or with variables that are no object. */
function refusalOf([body, { status, statusText }]: Response): HttpRefusal {
  const { errors } =
    typeof body === 'string' ? (JSON.parse(body) as { readonly errors: readonly Error[] }) : { errors: [] };
  return new HttpRefusal(status, 'BAD_REQUEST', errors[0]?.message ?? statusText);
}
