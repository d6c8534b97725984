import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';

/** @throws TIMEOUT where nobody waits for the answer any more */
export function checkInTime(call: Call): void {
  if (call.signal.aborted)
    throw new DirectoryError('TIMEOUT', 'the request was given up before the memory backend was asked');
  if (Date.now() >= call.deadline)
    throw new DirectoryError('TIMEOUT', 'the deadline passed before the memory backend answered');
}
