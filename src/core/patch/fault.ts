import { DirectoryError } from '#model/errors.ts';
import { faultToText } from '../validate/faults.ts';

/** Runs one operation of several; its error tells which one it was, counted from 1. */
export function inOperation<T>(index: number, count: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof DirectoryError) || count === 1) throw error;
    const { code, faults, ids } = error;
    throw new DirectoryError(code, `operation ${index + 1} of ${count}: ${error.message}`, {
      faults,
      ids,
      cause: error,
    });
  }
}

/** One fault as an error of its own, where the operation cannot go on. */
export function refusal(
  code: 'INVALID_PATH' | 'NO_TARGET' | 'MUTABILITY' | 'INVALID_VALUE',
  path: string,
  expected: string,
  more: { readonly got?: string; readonly remedy?: string } = {},
): DirectoryError {
  const fault = { path, expected, ...more };
  return new DirectoryError(code, faultToText(fault), { faults: [fault] });
}
