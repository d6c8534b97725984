import { expect } from 'vitest';
import type { Capabilities } from '#adapters/adapter.ts';
import { type AttributePath, pathName } from '#model/filter.ts';
import { compareBySort } from '#model/sort.ts';
import type { Chapter } from '../chapter.ts';
import { populate } from '../people.ts';
import { PATHS } from '../sample.ts';
import { expectRejection, idsOf } from '../subject.ts';

export const sorting: Chapter = {
  title: 'sorting',
  define(test, capabilities) {
    for (const by of Object.values(PATHS)) {
      const path = pathName(by);
      if (isSorted(by, capabilities)) {
        test(`by ${path}: absent values last, equal ones by id, descending the exact reverse`, async (subject) => {
          const { users } = await populate(subject);
          const present = (await subject.adapter.getMany(subject.call, 'User', idsOf(users))).filter(
            (user) => user !== null,
          );
          for (const order of ['ascending', 'descending'] as const) {
            const expected = idsOf(present.toSorted(compareBySort({ by, order })));
            expect(await subject.foundIds('User', { sort: { by, order } })).toEqual(expected);
            expect(await subject.pagedIds('User', { sort: { by, order } }, 3)).toEqual(expected);
            const window = { offset: 2, limit: 4, total: true };
            expect(await subject.foundIds('User', { sort: { by, order }, page: window })).toEqual(expected.slice(2, 6));
          }
        });
      } else {
        test(`by ${path}: not declared, so refused and never ignored`, async (subject) => {
          await populate(subject);
          await expectRejection(subject.find('User', { sort: { by, order: 'ascending' } }), 'UNSUPPORTED');
        });
      }
    }

    if (!isSorted(PATHS.userName, capabilities)) return;

    test('an order follows every change, and a reader goes on where he was', async (subject) => {
      const [a, b, c, d] = await subject.users('a', 'b', 'c', 'd');
      const sort = { by: PATHS.userName, order: 'ascending' } as const;
      const { positions } = await subject.find('User', { sort, page: { limit: 2, positions: true } });
      await subject.change(a, { userName: 'e' });
      await subject.delete(b);
      const after = positions?.[1] ?? '';
      expect(await subject.foundIds('User', { sort, page: { limit: 10, after } })).toEqual([c.id, d.id, a.id]);
      expect(await subject.foundIds('User', { sort })).toEqual([c.id, d.id, a.id]);
    });

    test('a position is good in both directions', async (subject) => {
      const [a, b, c] = await subject.users('a', 'b', 'c');
      const by = PATHS.userName;
      const { positions } = await subject.find('User', {
        sort: { by, order: 'ascending' },
        page: { limit: 10, positions: true },
      });
      const back = { limit: 10, after: positions?.[2] ?? '' };
      expect(await subject.foundIds('User', { sort: { by, order: 'descending' }, page: back })).toEqual([b.id, a.id]);
      const forth = { limit: 10, after: positions?.[0] ?? '' };
      expect(await subject.foundIds('User', { sort: { by, order: 'ascending' }, page: forth })).toEqual([b.id, c.id]);
    });
  },
};

function isSorted(by: AttributePath, { sort }: Capabilities): boolean {
  return sort === 'any' || sort.includes(pathName(by));
}
