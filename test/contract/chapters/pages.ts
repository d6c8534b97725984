import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { idsOf, type Subject, sorted } from '../subject.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

export const pages: Chapter = {
  title: 'pages of everything',
  define(test) {
    test('a list holds every resource of the type and no other', async (subject) => {
      const users = await subject.users(...NAMES);
      await subject.group('Staff');
      expect(sorted(await subject.foundIds('User'))).toEqual(sorted(idsOf(users)));
    });

    test('the order is the same at every reading', async (subject) => {
      await subject.users(...NAMES);
      expect(await subject.foundIds('User')).toEqual(await subject.foundIds('User'));
    });

    test('pages by index tile the list, and each has the total', async (subject) => {
      await subject.users(...NAMES);
      const all = await subject.foundIds('User');
      for (const offset of [0, 3, 6]) {
        const page = await subject.find('User', { page: { offset, limit: 3, total: true } });
        expect(idsOf(page.items)).toEqual(all.slice(offset, offset + 3));
        expect(page.total).toBe(NAMES.length);
        expect(page.next === undefined).toBe(offset + 3 >= NAMES.length);
      }
    });

    test('pages by next tile the list, and the last one has none', async (subject) => {
      await subject.users(...NAMES);
      const all = await subject.foundIds('User');
      for (const limit of [1, 3, NAMES.length, 100]) expect(await subject.pagedIds('User', {}, limit)).toEqual(all);
    });

    test('positions, when asked for, let a reader go on after any item', async (subject) => {
      await subject.users(...NAMES);
      const { items, positions } = await subject.find('User', { page: { limit: 10, positions: true } });
      expect(positions).toHaveLength(NAMES.length);
      for (const [i, after] of (positions ?? []).entries()) {
        const rest = await subject.foundIds('User', { page: { limit: 10, after } });
        expect(rest).toEqual(idsOf(items.slice(i + 1)));
      }
      expect((await subject.find('User')).positions).toBeUndefined();
    });

    test('a limit of 0 with total is a count', async (subject) => {
      await subject.users(...NAMES);
      expect(await subject.find('User', { page: { limit: 0, total: true } })).toEqual({
        items: [],
        total: NAMES.length,
      });
    });

    test('past the end there is nothing, and no error', async (subject) => {
      await subject.users(...NAMES);
      expect(await subject.find('User', { page: { offset: 100, limit: 3, total: true } })).toEqual({
        items: [],
        total: NAMES.length,
      });
    });

    test('a reader goes on after an item that was deleted meanwhile', async (subject) => {
      await subject.users(...NAMES);
      const { items, positions } = await subject.find('User', { page: { limit: 10, positions: true } });
      const [, , third] = items;
      if (third) await subject.delete(third);
      const rest = await subject.foundIds('User', { page: after(positions, 2) });
      expect(rest).toEqual(idsOf(items.slice(3)));
    });

    test('a change of an item neither repeats nor hides it', async (subject) => {
      await subject.users(...NAMES);
      const first = await subject.find('User', { page: { limit: 3 } });
      await changeTitles(subject, first.items.length);
      const rest = await subject.foundIds('User', { page: { limit: 10, ...(first.next && { after: first.next }) } });
      expect(sorted([...idsOf(first.items), ...rest])).toEqual(sorted(await subject.foundIds('User')));
    });

    test('an empty backend answers empty pages', async (subject) => {
      expect(await subject.find('User', { page: { limit: 10, total: true, positions: true } })).toEqual({
        items: [],
        positions: [],
        total: 0,
      });
    });
  },
};

async function changeTitles(subject: Subject, from: number): Promise<void> {
  const { items } = await subject.find('User');
  for (const user of items.slice(from - 1)) await subject.change(user, { title: 'changed' });
}

function after(positions: readonly string[] | undefined, index: number) {
  const position = positions?.[index];
  return { limit: 10, ...(position !== undefined && { after: position }) };
}
