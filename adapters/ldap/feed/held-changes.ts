import type { Told } from './mirror.ts';
import type { OwnWrites } from './own-writes.ts';

interface Held {
  readonly told?: Told;
  readonly moment?: string;
  /** What had begun by then. */
  readonly ticket: number;
  /** By `performance.now()`. */
  readonly until: number;
}

/** How long a change waits at most for the answer to a write of ours that it may come from. */
const PATIENCE_MS = 50;

/**
 * A directory often tells of a write before it answers it. What may be a write of this process waits for that answer, and all after
 * it, so that the change says who made it.
 */
export class HeldChanges {
  readonly #own: OwnWrites;
  readonly #release: (told: Told | undefined, moment: string | undefined) => void;
  #held: Held[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `release` gets them in the order of `add`. */
  constructor(own: OwnWrites, release: (told: Told | undefined, moment: string | undefined) => void) {
    this.#own = own;
    this.#release = release;
  }

  add(told: Told | undefined, moment: string | undefined): void {
    this.#held.push({
      ...(told !== undefined && { told }),
      ...(moment !== undefined && { moment }),
      ticket: this.#own.begun,
      until: performance.now() + PATIENCE_MS,
    });
    this.releaseKnown();
  }

  has(id: string): boolean {
    return this.#held.some(({ told }) => told?.id === id);
  }

  /** What need not wait any more. */
  releaseKnown(): void {
    const first = this.#held.findIndex((held) => this.#mustWait(held));
    this.#releaseFirst(first < 0 ? this.#held.length : first);
  }

  releaseAll(): void {
    this.#releaseFirst(this.#held.length);
  }

  #mustWait({ told, ticket, until }: Held): boolean {
    return told !== undefined && performance.now() < until && this.#own.mayBeOurs(told, ticket);
  }

  #releaseFirst(count: number): void {
    const released = this.#held.splice(0, count);
    for (const { told, moment } of released) this.#release(told, moment);
    clearTimeout(this.#timer);
    const [next] = this.#held;
    if (next === undefined) return;
    this.#timer = setTimeout(() => this.releaseKnown(), Math.max(1, next.until - performance.now()));
  }
}
