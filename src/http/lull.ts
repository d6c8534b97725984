import type { RequestListener } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** Whether somebody has asked lately, for work that would keep them waiting. */
export class Lull {
  #askedAt = Number.NEGATIVE_INFINITY;

  /** The same listener, whose requests are noticed. */
  noticing(listener: RequestListener): RequestListener {
    return (request, response) => {
      this.#askedAt = performance.now();
      listener(request, response);
    };
  }

  /** Resolves when nobody has asked for `quietMs`; at the end of `withinMs` anyway. Keeps no process alive. */
  async begin(quietMs: number, withinMs: number): Promise<void> {
    const end = performance.now() + withinMs;
    for (;;) {
      const now = performance.now();
      const restMs = Math.min(this.#askedAt + quietMs, end) - now;
      if (restMs <= 0) return;
      await setTimeout(restMs, undefined, { ref: false });
    }
  }
}
