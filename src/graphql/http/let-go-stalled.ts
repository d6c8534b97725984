import type { ServerResponse } from 'node:http';

/** How long a client may take no byte of its answer. */
const STALLED_MS = 60_000;
/** So much the system takes at once, whoever reads. */
const SMALL_BYTES = 64 * 1024;

/**
 * Ends the connection of a client that stops reading: an answer, of as many megabytes as the limit allows, would stay in memory for as
 * long as the client likes. To be called before the answer is sent; what comes after it on the connection has times of its own.
 */
export function letGoStalled(response: ServerResponse, bytes: number, stalledMs = STALLED_MS): void {
  if (bytes <= SMALL_BYTES) return;
  // Without anybody who listens to it, Node destroys the socket.
  response.setTimeout(stalledMs);
}
