import { expect } from 'vitest';
import type { Capabilities } from '#adapters/adapter.ts';
import { type AttributePath, type CompareOperator, type Filter, pathName } from '#model/filter.ts';
import type { StoredResource } from '#model/resource.ts';
import { compareBySort } from '#model/sort.ts';
import type { Chapter } from '../chapter.ts';
import { populate } from '../people.ts';
import { PATHS } from '../sample.ts';
import { expectRejection, idsOf, type Subject } from '../subject.ts';

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

    for (const [list, walk] of walksOf(capabilities)) {
      test(`${list}: a position is good in both directions after its item has gone`, (subject) =>
        checkPositions(subject, walk, (user) => subject.delete(user)));
      test(`${list}: a position is good in both directions after its item has moved`, (subject) =>
        checkPositions(subject, walk, (user) =>
          subject.change(user, { userName: `z-${user.id}`, title: `t-z-${user.id}` }),
        ));
    }

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

interface Walk {
  readonly by: AttributePath;
  readonly filter?: Filter;
}

/** What a client walks by cursors: everything or some of it, by a name, by what several share, by the id. */
function walksOf(capabilities: Capabilities): readonly (readonly [list: string, walk: Walk])[] {
  const filter: Filter = { kind: 'compare', path: PATHS.title, operator: 'sw', literal: 't-' };
  return [PATHS.userName, PATHS.title, PATHS.id]
    .filter((by) => isSorted(by, capabilities))
    .flatMap((by) => [
      [`all by ${pathName(by)}`, { by }] as const,
      ...(isFiltered(PATHS.title, 'sw', capabilities) ? [[`some by ${pathName(by)}`, { by, filter }] as const] : []),
    ]);
}

/** Every second item changes; from each position, theirs too, the others follow in order, whichever order the position is of. */
async function checkPositions(
  subject: Subject,
  { by, filter }: Walk,
  happens: (user: StoredResource) => Promise<unknown>,
): Promise<void> {
  for (const name of ['a', 'b', 'c', 'd', 'e']) await subject.user(name, { title: `t-${name}` });
  const forth = { sort: { by, order: 'ascending' }, ...(filter && { filter }) } as const;
  const back = { sort: { by, order: 'descending' }, ...(filter && { filter }) } as const;
  const page = { limit: 100, positions: true };
  const { items, positions = [] } = await subject.find('User', { ...forth, page });
  const opposite = (await subject.find('User', { ...back, page })).positions?.toReversed() ?? [];
  const staying = new Set(idsOf(items.filter((_, at) => at % 2 === 0)));
  const idsAfter = async (query: typeof forth | typeof back, after: string | undefined) => {
    const found = await subject.foundIds('User', { ...query, page: { limit: 100, after: after ?? '' } });
    return found.filter((id) => staying.has(id));
  };
  for (const user of items.filter((_, at) => at % 2 === 1)) await happens(user);
  for (const at of items.keys()) {
    const behind = idsOf(items.slice(at + 1)).filter((id) => staying.has(id));
    const before = idsOf(items.slice(0, at)).filter((id) => staying.has(id));
    for (const after of [positions[at], opposite[at]]) {
      expect(await idsAfter(forth, after)).toEqual(behind);
      expect(await idsAfter(back, after)).toEqual(before.toReversed());
    }
  }
}

function isFiltered(path: AttributePath, operator: CompareOperator, { filter }: Capabilities): boolean {
  const ability = Object.hasOwn(filter, pathName(path)) ? filter[pathName(path)] : filter['*'];
  return ability?.operators.includes(operator) === true && ability.coarse !== true;
}

function isSorted(by: AttributePath, { sort }: Capabilities): boolean {
  return sort === 'any' || sort.includes(pathName(by));
}
