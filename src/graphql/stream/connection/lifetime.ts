import type { ServerResponse } from 'node:http';

/** How long a client may take to read why its stream ends. */
const LINGER_MS = 2_000;

/** From the request until the client leaves or the gateway ends the stream; whatever is done for it ends with the signal. */
export class Lifetime {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #response: ServerResponse;
  #reason: unknown;

  constructor(response: ServerResponse) {
    this.signal = this.#controller.signal;
    this.#response = response;
    if (response.closed) this.#controller.abort();
    else response.once('close', () => this.#controller.abort());
  }

  /** Why the gateway ended it; undefined as long as it has not. */
  get reason(): unknown {
    return this.#reason;
  }

  /** The client is told why, if it still reads. */
  end(reason: unknown): void {
    if (this.signal.aborted) return;
    this.#reason = reason;
    this.#controller.abort();
    const timer = setTimeout(() => this.#response.destroy(), LINGER_MS);
    this.#response.once('close', () => clearTimeout(timer));
  }
}
