import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';

/** Resolves when the response takes more: what was handed over before has been written by then, and the client reads it. */
export async function untilReady(response: ServerResponse, signal: AbortSignal): Promise<void> {
  await turn();
  if (!response.writableNeedDrain || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
    signal.addEventListener('abort', done);
  });
}
