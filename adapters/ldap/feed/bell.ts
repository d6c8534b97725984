/** Wakes those who wait, each for what concerns him. */
export class Bell<Subject> {
  readonly #waiting = new Map<() => void, readonly Subject[] | undefined>();

  /** Without a subject everybody wakes. */
  ring(subject?: Subject): void {
    for (const [wake, subjects] of this.#waiting) {
      if (subject === undefined || subjects === undefined || subjects.includes(subject)) wake();
    }
  }

  /** Resolves at the next ring for one of the subjects, for any where absent, or when the signal aborts. */
  heard(signal: AbortSignal, subjects?: readonly Subject[]): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.set(wake, subjects);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }
}
