import { describe, expect, test } from 'vitest';
import { checkUnder } from './check-under.ts';
import { FAULTS } from './faults.ts';
import { checkRegister, checkSequence } from './linearizable.ts';
import { PLANTS } from './plants.ts';

const OPERATIONS = process.env['PORTICO_SOAK'] === undefined ? 3_400 : 170_000;
const FOUND_WITHIN = 40_000;

describe('what the cache answers can be explained by an order of the acknowledged writes', () => {
  test.each(FAULTS)(
    'Redis: %s',
    async (fault) => {
      const checked = await checkUnder(fault, { seed: 20_261_127, operations: OPERATIONS, onMarkFailure: 'refuse' });
      expect(checked.violations).toEqual([]);
      expect(checked.operations).toBeGreaterThanOrEqual(OPERATIONS);
      expect(checked.events.mark).toBeGreaterThan(0);
    },
    600_000,
  );
});

describe('a fault that is put into the protocol is found', () => {
  test.each(PLANTS)(
    '%s',
    async (plant) => {
      let found = 0;
      for (let seed = 1; found === 0 && seed * 6_000 <= FOUND_WITHIN; seed++) {
        const options = { seed, operations: 6_000, onMarkFailure: 'refuse', plant } as const;
        found = (await checkUnder('none', options)).violations.length;
      }
      expect(found).toBeGreaterThan(0);
    },
    120_000,
  );
});

const write = (value: string, begin: number, end: number) => ({ value, begin, end });
const read = (value: string, begin: number, end: number) => ({ value, begin, end, how: 'a read' });

describe('a register', () => {
  const writes = [write('a', 0, 1), write('b', 10, 20)];
  test.each([
    [
      'the old value while a write is under way, and the new one after it',
      [read('a', 11, 12), read('b', 13, 14), read('b', 21, 22)],
      0,
    ],
    ['the old value after the new one was seen', [read('b', 11, 12), read('a', 13, 14)], 1],
    ['the old value after the write was acknowledged', [read('a', 21, 22)], 1],
    ['what nobody wrote', [read('c', 2, 3)], 1],
    ['a value before it was written', [read('b', 2, 3)], 1],
  ] as const)('%s', (_, reads, violations) => {
    expect(checkRegister('key', { writes, reads: [...reads] })).toHaveLength(violations);
  });

  test('a write that nobody was told of may happen at any time, or never', () => {
    const unknown = {
      writes: [write('a', 0, 1), write('b', 10, Number.POSITIVE_INFINITY)],
      reads: [read('a', 50, 51)],
    };
    expect(checkRegister('key', unknown)).toEqual([]);
    const happened = { ...unknown, reads: [read('a', 50, 51), read('b', 60, 61)] };
    expect(checkRegister('key', happened)).toEqual([]);
    expect(checkRegister('key', { ...happened, reads: [...happened.reads, read('a', 70, 71)] })).toHaveLength(1);
  });
});

describe('values that recur', () => {
  const writes = [write('false', 0, 0), write('true', 10, 20), write('false', 30, 40)];
  test.each([
    ['each in its time', [read('false', 1, 2), read('true', 21, 22), read('false', 41, 42)], 0],
    ['the new and then the old while a write is under way', [read('true', 11, 12), read('false', 13, 14)], 1],
    ['the one before after it was acknowledged', [read('false', 21, 22)], 1],
    ['the next before it has begun', [read('true', 1, 2)], 1],
  ] as const)('%s', (_, reads, violations) => {
    expect(checkSequence('key', { writes, reads: [...reads] })).toHaveLength(violations);
  });
});
