import { expect } from 'vitest';
import type { Gateway } from './gateway.ts';

/** Of groups in groups and of managers, as far as conditions of the tests go: the last finds nobody above. */
const LEVELS = 4;

/**
 * The gateway has called its backend as often as `expected` says, in any order. That is of a backend that follows links by itself; of one that
 * does not, core makes the same other calls, and asks about links once for each level at most, for each of the `questions` about them.
 */
export function expectCalls(
  { calls, capabilities }: Pick<Gateway, 'calls' | 'capabilities'>,
  expected: readonly string[],
  questions = 1,
): void {
  if (capabilities().nesting === 'backend') {
    expect(calls.toSorted()).toEqual(expected.toSorted());
    return;
  }
  const isOther = (method: string) => !isOfLinks(method);
  expect(calls.filter(isOther).toSorted()).toEqual(expected.filter(isOther).toSorted());
  const further = calls.filter(isOfLinks);
  expect(further.length, further.join(' ')).toBeLessThanOrEqual(questions * LEVELS);
  if (expected.some(isOfLinks)) expect(further).not.toEqual([]);
}

function isOfLinks(method: string): boolean {
  return method === 'linked' || method === 'areLinked';
}
