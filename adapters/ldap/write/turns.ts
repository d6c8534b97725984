import type { Limits } from '../connection/pool.ts';
import { inTime } from '../in-time.ts';

/** One at a time by name, in the order in which they came; within this process. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** @returns whether others came first, and how to let the next one in. @throws TIMEOUT */
  async take(name: string, limits: Limits): Promise<{ readonly waited: boolean; readonly end: () => void }> {
    const before = this.#last.get(name);
    let end = () => {};
    const own = new Promise<void>((resolve) => {
      end = resolve;
    });
    const last = (before ?? Promise.resolve()).then(() => own);
    this.#last.set(name, last);
    void last.then(() => {
      if (this.#last.get(name) === last) this.#last.delete(name);
    });
    if (before === undefined) return { waited: false, end };
    try {
      await inTime(before, limits, 'other writes of the same unique value took too long; nothing was written');
    } catch (error) {
      end();
      throw error;
    }
    return { waited: true, end };
  }
}
