import type { ServerResponse } from 'node:http';

interface Waiting {
  readonly deadline: number;
  readonly controller: AbortController;
}

/** How late a deadline may be noticed. */
const SWEEP_MS = 100;

/** Oldest first, since every deadline is the same time away when it is set. */
const waiting = new Set<Waiting>();

/**
 * Aborts when the client goes away before it is answered, and at the deadline (milliseconds since the epoch). One timer watches
 * every request: one each, and `AbortSignal.any`, cost more than reading a resource does.
 */
export function abortedWith(response: ServerResponse, deadline: number): AbortSignal {
  const controller = new AbortController();
  if (response.closed) {
    if (!response.writableFinished) controller.abort();
    return controller.signal;
  }
  const entry = { deadline, controller };
  waiting.add(entry);
  startSweeping();
  response.once('close', () => {
    waiting.delete(entry);
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
  for (const entry of waiting) {
    if (entry.deadline > now) return;
    waiting.delete(entry);
    entry.controller.abort();
  }
}
