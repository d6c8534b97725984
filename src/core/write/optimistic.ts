import { setTimeout } from 'node:timers/promises';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';

const ATTEMPTS = 12;
const LONGEST_PAUSE_MS = 50;

/**
 * Runs a read-and-conditional-write again while others keep changing the resource in between: nothing was written, so that
 * trying again is safe. Pauses grow and are random, since the others do the same.
 * @throws {DirectoryError} UNAVAILABLE once the attempts are used up
 */
export async function retryOnMismatch<T>(action: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      return await action(attempt);
    } catch (error) {
      if (asDirectoryError(error)?.code !== 'VERSION_MISMATCH') throw error;
    }
    await setTimeout(Math.random() * Math.min(2 ** attempt, LONGEST_PAUSE_MS));
  }
  throw new DirectoryError('UNAVAILABLE', 'others kept changing the resource; nothing was written; try again', {
    retryAfterMs: 1_000,
  });
}
