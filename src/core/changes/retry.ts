import { setTimeout as pause } from 'node:timers/promises';
import { asDirectoryError, type ErrorCode } from '#model/errors.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const PASSING: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED']);

/** Whether trying again later may help. */
export function isPassing(error: unknown): boolean {
  const code = asDirectoryError(error)?.code;
  return code !== undefined && PASSING.has(code);
}

/** Pauses that double, from a quarter of a second up to ten seconds; an abort ends one early. */
export class Backoff {
  readonly #signal: AbortSignal;
  #nextMs = FIRST_PAUSE_MS;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async pause(): Promise<void> {
    const ms = this.#nextMs;
    this.#nextMs = Math.min(ms * 2, LONGEST_PAUSE_MS);
    await pause(ms, undefined, { signal: this.#signal }).catch(() => undefined);
  }

  reset(): void {
    this.#nextMs = FIRST_PAUSE_MS;
  }
}
