import type { Call } from '#model/call.ts';
import type { Directory } from '../directory.ts';
import { createCircle } from './circle.ts';
import type { BulkAnswer, BulkOperation, BulkOptions } from './operation.ts';
import { inOrderOfNeed } from './order.ts';
import { BulkRun } from './run.ts';

/**
 * Carries out many operations, each atomic alone (ADR 0020). One answer per operation, in the order of the list whatever the order
 * of work; undefined for those that were left undone after too many errors.
 */
export async function carryOutMany(
  directory: Directory,
  call: Call,
  operations: readonly BulkOperation[],
  { failOnErrors = Number.POSITIVE_INFINITY }: BulkOptions,
): Promise<readonly (BulkAnswer | undefined)[]> {
  const run = new BulkRun(directory, call, operations);
  const needs = operations.map((operation) => operation.needs.map(({ position }) => position).sort((a, b) => a - b));
  let alone: number[] = [];
  const carryOutAlone = async () => {
    const steps = alone.map((position) => run.stepOf(position));
    alone = [];
    await run.carryOut(steps, failOnErrors);
  };
  for (const group of inOrderOfNeed(needs)) {
    const [first = 0] = group;
    if (group.length === 1 && !needs[first]?.includes(first)) {
      alone.push(first);
      continue;
    }
    await carryOutAlone();
    if (run.failures >= failOnErrors) return run.answers;
    await createCircle(run, group);
  }
  await carryOutAlone();
  return run.answers;
}
