import { type Call, withinTime } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { GraphqlContext } from '../context.ts';
import type { GraphqlTenant } from '../graphql-face.ts';
import { openContext } from '../open-context.ts';
import type { Lifetime } from './connection/lifetime.ts';
import { untilReady } from './connection/until-ready.ts';
import { type Follower, followEvents } from './follow-events.ts';
import { openSubscription } from './operation/open-subscription.ts';
import type { Operation } from './operation/read-operation.ts';
import type { StreamExchange } from './stream-exchange.ts';
import { type Event, type Reported, toEvent, toFailure } from './to-event.ts';

export interface StreamParts {
  readonly exchange: StreamExchange;
  readonly lifetime: Lifetime;
  /** The tenant under whose schema the operation is valid. */
  readonly tenant: GraphqlTenant;
  /** As it is by now. */
  current(): GraphqlTenant;
  reportBug(error: unknown): void;
}

/**
 * The events of a valid subscription, until the client leaves or the lifetime ends. Whatever ends them but the client is told by the
 * last one. Resolves once it is known where they begin. @throws {RefusedOperation}
 */
export async function openEvents(
  parts: StreamParts,
  operation: Operation,
): Promise<AsyncGenerator<Event, void, undefined>> {
  const { exchange, lifetime, tenant } = parts;
  const follower = {
    operation,
    subscription: openSubscription(operation),
    call: lastingCall(exchange.call, lifetime.signal),
    loadMs: tenant.settings.limits.deadlineSeconds * 1_000,
    context: (own: Call) => contextOf(parts, own),
  };
  try {
    return events(parts, { ...follower, after: await beginning(follower) });
  } catch (error) {
    return failure(parts, error);
  }
}

/** Without a cursor, now: whoever has the head of the answer misses nothing from then on. */
async function beginning({ subscription, call, loadMs, context }: Omit<Follower, 'after'>): Promise<string> {
  if (subscription.after !== undefined) return subscription.after;
  const { types } = subscription;
  const { next } = await withinTime(call, loadMs, (own) =>
    context(own).session.changes({ limit: 0, ...(types && { types }) }),
  );
  return next;
}

async function* events(parts: StreamParts, follower: Follower): AsyncGenerator<Event, void, undefined> {
  const { exchange, lifetime } = parts;
  const { signal } = lifetime;
  try {
    for await (const answered of followEvents(follower)) {
      if (signal.aborted) break;
      yield toEvent(answered, reportedOf(parts));
      await untilReady(exchange.response, signal);
      if (signal.aborted) break;
    }
  } catch (error) {
    if (!signal.aborted) lifetime.end(error);
  }
  if (lifetime.reason !== undefined) yield toFailure(lifetime.reason, reportedOf(parts));
}

async function* failure(parts: StreamParts, error: unknown): AsyncGenerator<Event, void, undefined> {
  yield toFailure(error, reportedOf(parts));
}

function reportedOf({ exchange: { call, outcome }, reportBug }: StreamParts): Reported {
  return { call, outcome, reportBug };
}

/** Resources are read from the primary, so that none is older than its change. */
function lastingCall({ tenant, actor, requestId, traceparent }: Call, signal: AbortSignal): Call {
  const trace = traceparent !== undefined && { traceparent };
  return { tenant, actor, requestId, ...trace, deadline: Number.MAX_SAFE_INTEGER, signal, consistency: 'primary' };
}

/** A document is valid under one schema: with another in force, the client has to subscribe again. */
function contextOf({ exchange, lifetime, tenant, current }: StreamParts, call: Call): GraphqlContext {
  const now = current();
  if (now.registry !== tenant.registry || now.settings !== tenant.settings) {
    const changed = new DirectoryError('UNAVAILABLE', 'the schema has changed; subscribe again with the last cursor', {
      retryAfterMs: 1_000,
    });
    lifetime.end(changed);
    throw changed;
  }
  return openContext(now, { ...exchange, call });
}
