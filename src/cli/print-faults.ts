import type { DirectoryError, Fault } from '#model/errors.ts';

/** One line for the whole and one per fault: where, what was expected, what came, what to do. */
export function printFaults(error: DirectoryError): string {
  return [`portico: ${error.message}`, ...error.faults.map(printFault), ''].join('\n');
}

export function printFault({ path, expected, got, remedy }: Fault): string {
  const came = got === undefined ? '' : `, got ${got}`;
  return `  ${path}: expected ${expected}${came}${remedy === undefined ? '' : `; ${remedy}`}`;
}
