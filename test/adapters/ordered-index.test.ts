import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OrderedIndex } from '#adapters/memory/ordered-index.ts';
import { holdsFor, SEED } from '#test/properties/runs.ts';

const byNumber = (a: number, b: number) => a - b;
const commands = fc.array(
  fc.record({ kind: fc.constantFrom('insert', 'insert', 'delete'), value: fc.integer({ min: 0, max: 700 }) }),
  {
    maxLength: 900,
    size: 'max',
  },
);

describe(`the ordered index of the memory adapter (PORTICO_SEED=${SEED})`, () => {
  test('has, rank and slice agree with a sorted array after any inserts and deletes', () => {
    holdsFor(
      100,
      fc.property(commands, (list) => {
        const index = new OrderedIndex<number>(byNumber);
        const model = new Set<number>();
        for (const { kind, value } of list) {
          if (kind === 'insert') expect(index.insert(value)).toBe(!model.has(value) && !!model.add(value));
          else expect(index.delete(value)).toBe(model.delete(value));
        }
        const expected = [...model].sort(byNumber);
        expect([...index]).toEqual(expected);
        expect(index.size).toBe(expected.length);
        for (const probe of [-1, 0, 250, 699, 701]) {
          expect(index.rank(probe)).toBe(expected.filter((value) => value < probe).length);
          expect(index.has(probe)).toBe(model.has(probe));
        }
        for (const start of [0, 1, 255, 256, 300, 900]) {
          expect(index.slice(start, 20)).toEqual(expected.slice(start, start + 20));
        }
      }),
    );
  });

  test('a large one, built at once or by inserts in any order, selects every rank', () => {
    const sorted = Array.from({ length: 5_000 }, (_, i) => i * 2);
    const built = new OrderedIndex<number>(byNumber, sorted);
    const inserted = new OrderedIndex<number>(byNumber);
    for (const value of sorted) inserted.insert((value * 7_919) % 10_000);
    for (const index of [built, inserted]) {
      for (const [rank, value] of sorted.entries()) {
        expect(index.slice(rank, 1)).toEqual([value]);
        expect(index.rank(value)).toBe(rank);
      }
    }
  });

  test('a snapshot holds still while the index changes', () => {
    const sorted = Array.from({ length: 2_000 }, (_, i) => i);
    const index = new OrderedIndex<number>(byNumber, sorted);
    const snapshot = index.snapshot();
    for (const value of sorted) if (value % 3 > 0) index.delete(value);
    for (let value = 0.5; value < 2_000; value += 1) index.insert(value);
    expect(snapshot.flat()).toEqual(sorted);
    expect(index.size).toBe(667 + 2_000);
  });
});
