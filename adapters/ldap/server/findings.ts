import type { Inspection } from '#adapters/adapter.ts';
import type { Fault } from '#model/errors.ts';

export const NOTHING_FOUND: Inspection = { faults: [], notices: [] };

export function fault(path: string, expected: string, more: Omit<Fault, 'path' | 'expected'> = {}): Inspection {
  return { faults: [{ path, expected, ...more }], notices: [] };
}

export function notice(path: string, expected: string, more: Omit<Fault, 'path' | 'expected'> = {}): Inspection {
  return { faults: [], notices: [{ path, expected, ...more }] };
}

export function together(inspections: readonly Inspection[]): Inspection {
  return {
    faults: inspections.flatMap(({ faults }) => faults),
    notices: inspections.flatMap(({ notices }) => notices),
  };
}
