import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { OTHER_TENANT, TENANT } from '../subject.ts';

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'];

export const abilities: Chapter = {
  title: 'capabilities',
  define(test) {
    test('capabilities are plain data, the same at every asking and after closing', async (subject) => {
      const ask = () => subject.adapter.capabilities(TENANT, 'User');
      const first = ask();
      expect(JSON.parse(JSON.stringify(first))).toEqual(first);
      expect(ask()).toEqual(first);
      await subject.adapter.close();
      expect(ask()).toEqual(first);
    });

    test('every capability has a value that the contract knows', async (subject) => {
      for (const type of ['User', 'Group', 'Unheard']) {
        for (const tenant of [TENANT, OTHER_TENANT]) {
          const capabilities = subject.adapter.capabilities(tenant, type);
          expect(capabilities).toMatchObject({
            logic: {
              not: expect.any(Boolean),
              element: expect.any(Boolean),
              linked: expect.toBeOneOf(['none', 'direct', 'transitive']),
            },
            total: expect.toBeOneOf(['exact', 'counted', 'scan']),
            nesting: expect.toBeOneOf(['backend', 'levels']),
            passwords: expect.toBeOneOf(['stores-hash', 'hashes', 'none']),
            ids: expect.toBeOneOf(['given', 'assigned']),
            stamps: expect.any(Boolean),
            retain: expect.any(Boolean),
            feed: expect.any(Boolean),
            writable: expect.any(Boolean),
          });
          expect(capabilities.logic.coarseLinks).toBeOneOf([undefined, true, false]);
          expect(['version', 'uniqueness', 'existence', 'cycle']).toEqual(
            expect.arrayContaining([...capabilities.atomic]),
          );
          const operators = Object.values(capabilities.filter).flatMap((ability) => ability.operators);
          expect(OPERATORS).toEqual(expect.arrayContaining(operators));
        }
      }
    });

    test('the adapter has a name', async (subject) => {
      expect(subject.adapter.name).toMatch(/^[\w-]+$/);
    });
  },
};
