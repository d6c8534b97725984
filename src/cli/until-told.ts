/** npm passes on a Ctrl-C that the terminal has already sent to everyone: signals this near are one. */
const SAME_WISH_MS = 300;

/** Resolves at the first of the signals; a later one ends the process on the spot. */
export function untilTold(signals: readonly NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const hear = () => {
      const now = performance.now();
      first ??= now;
      if (now - first > SAME_WISH_MS) process.exit(1);
      resolve();
    };
    for (const signal of signals) process.on(signal, hear);
  });
}
