import { excessOf } from './limits/limit-exceeded.ts';

/**
 * The Error that stands where a value could not be loaded, and concerns that value alone.
 * @throws the error itself where it is about a limit of the whole request
 */
export function failureOf(cause: unknown): Error {
  if (excessOf(cause) !== undefined) throw cause;
  return cause instanceof Error ? cause : new Error('something was thrown that is no Error', { cause });
}
