/** Of an operation that is new. */
export interface Newcomer {
  /** It has not been answered within a moment: whatever bounds it has to be watched from now on. Nothing where it has been. */
  watch(): void;
}

/** Within which nearly everything is answered. */
export const MOMENT_MS = 10;

/**
 * Operations of the last moment. A timer and a listener for each cost more than to send it, so that they come with those alone that
 * are not answered at once.
 */
export class Newcomers {
  #newcomers: Newcomer[] = [];

  add(newcomer: Newcomer): void {
    if (this.#newcomers.length === 0) setTimeout(() => this.#watchAll(), MOMENT_MS);
    this.#newcomers.push(newcomer);
  }

  #watchAll(): void {
    const newcomers = this.#newcomers;
    this.#newcomers = [];
    for (const newcomer of newcomers) newcomer.watch();
  }
}
