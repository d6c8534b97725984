import type { RequestListener, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** A moment in which nobody waits for an answer, for work that would keep them waiting. It is waited for once. */
export class Lull {
  #underWay = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #isOver = false;

  /** The same listener, whose requests are noticed until the lull is there. */
  noticing(listener: RequestListener): RequestListener {
    return (request, response) => {
      if (!this.#isOver) this.#notice(response);
      listener(request, response);
    };
  }

  #notice(response: ServerResponse): void {
    this.#underWay += 1;
    response.once('close', () => {
      this.#underWay -= 1;
      this.#answeredAt = performance.now();
    });
  }

  /** Resolves when all have been answered for `quietMs`; at the end of `withinMs` anyway. Keeps no process alive. */
  async begin(quietMs: number, withinMs: number): Promise<void> {
    const end = performance.now() + withinMs;
    for (;;) {
      const now = performance.now();
      const quietAt = this.#underWay > 0 ? now + quietMs : this.#answeredAt + quietMs;
      const restMs = Math.min(quietAt, end) - now;
      if (restMs <= 0) break;
      await setTimeout(restMs, undefined, { ref: false });
    }
    this.#isOver = true;
  }
}
