import { expect, test } from 'vitest';
import { BoundedNames } from '#telemetry/bounded-names.ts';
import { resultOf } from '#telemetry/operation-result.ts';

test('a label has so many names and no more; those that an operator has chosen always stand for themselves', () => {
  const names = new BoundedNames();
  expect(names.labelOf(undefined)).toBe('anonymous');
  const seen = Array.from({ length: 1_000 }, (_, at) => names.labelOf(`Q${at}`));
  expect(new Set(seen).size).toBe(201);
  expect(seen.slice(-1)).toEqual(['other']);
  expect(names.labelOf('Q7'), 'what was seen before keeps its name').toBe('Q7');
  names.reserve(['Chosen']);
  expect(names.labelOf('Chosen')).toBe('Chosen');
});

test('a name is a name of GraphQL of some length, so that no text of a client stands in the metrics', () => {
  const names = new BoundedNames();
  for (const name of ['', 'a"} 1\nportico_requests_total 9', 'ünïcode', '1a', 'x'.repeat(65)]) {
    expect(names.labelOf(name)).toBe('other');
  }
  for (const name of ['_', 'x'.repeat(64), '__proto__', 'constructor']) expect(names.labelOf(name)).toBe(name);
});

test.each([
  [{}, 200, 'ok'],
  [{ detail: 'a field failed' }, 200, 'partial'],
  [{ result: 'partial' }, 200, 'partial'],
  [{ result: 'refused' }, 200, 'refused'],
  [{}, 400, 'refused'],
  [{ cause: new Error('a bug'), result: 'partial' }, 200, 'failed'],
  [{}, 499, 'left'],
] as const)('how an operation ended follows from %j and %i: %s', (outcome, status, result) => {
  expect(resultOf({ operation: 'query', ...outcome }, status)).toBe(result);
});
