import { DirectoryError } from '#model/errors.ts';
import type { Limits } from './connection/pool.ts';

/** Work that was begun for several calls, or another's: each waits for it as long as it lasts itself. @throws TIMEOUT with `detail` */
export async function inTime<T>(work: Promise<T>, { deadline, signal }: Limits, detail: string): Promise<T> {
  const late = () => new DirectoryError('TIMEOUT', detail);
  if (signal.aborted) throw late();
  let end = () => {};
  const over = new Promise<never>((_, reject) => {
    const stop = () => reject(late());
    const timer = setTimeout(stop, Math.max(0, deadline - Date.now()));
    signal.addEventListener('abort', stop);
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    end();
  }
}
