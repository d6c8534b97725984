import fc from 'fast-check';
import { vi } from 'vitest';

/** Printed with the titles, so that a failure on another machine can be had again: `PORTICO_SEED=... vitest run test/properties`. */
export const SEED = Number(process.env['PORTICO_SEED'] ?? Date.now() % 2 ** 31);

/** How many times more cases than usual; for soak runs. */
const SOAK = Number(process.env['PORTICO_SOAK'] ?? 1);

vi.setConfig({ testTimeout: 20_000 * Math.max(1, SOAK) });

/** Checks a property on `cases` random inputs, shrinking and printing the smallest that breaks it. */
export function holdsFor<Input extends [unknown, ...unknown[]]>(cases: number, property: fc.IProperty<Input>): void {
  fc.assert(property, { seed: SEED, numRuns: Math.ceil(cases * SOAK) });
}

/** The same for properties that ask an adapter. */
export async function holdsForAsync<Input extends [unknown, ...unknown[]]>(
  cases: number,
  property: fc.IAsyncProperty<Input>,
): Promise<void> {
  await fc.assert(property, { seed: SEED, numRuns: Math.ceil(cases * SOAK) });
}
