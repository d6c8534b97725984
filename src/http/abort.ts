import type { ServerResponse } from 'node:http';

interface Waiting {
  readonly deadline: number;
  readonly controller: AbortController;
}

/** How late a deadline may be noticed. */
const SWEEP_MS = 100;

/** By how far away the deadline was when it was set, so that within each set the oldest is the first to be due. */
const waiting = new Map<number, Set<Waiting>>();

/**
 * Aborts when the client goes away before it is answered, and at the deadline (milliseconds since the epoch), which was set for `timeoutMs`. One timer watches
 * every request: one each, and `AbortSignal.any`, cost more than reading a resource does.
 */
export function abortedWith(response: ServerResponse, deadline: number, timeoutMs: number): AbortSignal {
  const controller = new AbortController();
  if (response.closed) {
    if (!response.writableFinished) controller.abort();
    return controller.signal;
  }
  const entry = { deadline, controller };
  const alike = waiting.get(timeoutMs) ?? new Set();
  waiting.set(timeoutMs, alike.add(entry));
  startSweeping();
  response.once('close', () => {
    alike.delete(entry);
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

let sweeping: NodeJS.Timeout | undefined;

function startSweeping(): void {
  if (sweeping === undefined) sweeping = setInterval(sweep, SWEEP_MS).unref();
}

function sweep(): void {
  const now = Date.now();
  for (const alike of waiting.values()) abortDue(alike, now);
}

function abortDue(alike: Set<Waiting>, now: number): void {
  for (const entry of alike) {
    if (entry.deadline > now) return;
    alike.delete(entry);
    entry.controller.abort();
  }
}
