import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { PATHS } from '../sample.ts';
import { idsOf, sorted, UNKNOWN_ID } from '../subject.ts';

export const links: Chapter = {
  title: 'direct links',
  define(test) {
    test('members and groups are seen from both ends', async (subject) => {
      const [a, b, c] = await subject.users('a', 'b', 'c');
      const one = await subject.group('One', [a, b]);
      const two = await subject.group('Two', [b]);
      expect(sorted(await subject.members(one))).toEqual(sorted(idsOf([a, b])));
      expect(sorted(await subject.linkedIds('members', 'in', b))).toEqual(sorted(idsOf([one, two])));
      expect(await subject.linkedIds('members', 'in', c)).toEqual([]);
    });

    test('managers and reports are seen from both ends', async (subject) => {
      const boss = await subject.user('boss');
      const a = await subject.user('a', {}, { manager: boss.id });
      const b = await subject.user('b', {}, { manager: boss.id });
      expect(await subject.linkedIds('manager', 'out', a)).toEqual([boss.id]);
      expect(sorted(await subject.linkedIds('manager', 'in', boss))).toEqual(sorted(idsOf([a, b])));
      expect(await subject.linkedIds('manager', 'out', boss)).toEqual([]);
    });

    test('a direct link names id, type and depth 1, and no way', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G', [user]);
      expect((await subject.linked('members', 'out', group)).items).toEqual([{ id: user.id, type: 'User', depth: 1 }]);
      expect((await subject.linked('members', 'in', user)).items).toEqual([{ id: group.id, type: 'Group', depth: 1 }]);
    });

    test('links are answered id by id, in order, an empty page for an unknown id', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const one = await subject.group('One', [a]);
      const two = await subject.group('Two', [b]);
      const ids = [two.id, UNKNOWN_ID, one.id];
      const pages = await subject.adapter.linked(subject.call, 'members', 'out', ids, {
        page: { limit: 10, total: true },
      });
      expect(pages.map(({ items }) => idsOf(items))).toEqual([[b.id], [], [a.id]]);
      expect(pages.map(({ total }) => total)).toEqual([1, 0, 1]);
    });

    test('the attributes asked for come along, at least those', async (subject) => {
      const user = await subject.user('a', { displayName: 'Ada', name: { givenName: 'Ada', familyName: 'Byron' } });
      const group = await subject.group('G', [user]);
      const paths = { with: [PATHS.displayName, PATHS.givenName, PATHS.title] };
      const [member] = (await subject.linked('members', 'out', group, paths)).items;
      expect(member?.attributes).toMatchObject({ displayName: 'Ada', name: { givenName: 'Ada' } });
      expect(member?.attributes).not.toHaveProperty('title');
      const [seenFromBelow] = (await subject.linked('members', 'in', user, { with: [PATHS.displayName] })).items;
      expect(seenFromBelow?.attributes).toMatchObject({ displayName: 'G' });
    });

    test('attributes that come along are those of now', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('Before', [user]);
      const options = { with: [PATHS.displayName] };
      await subject.linked('members', 'in', user, options);
      await subject.change(group, { displayName: 'After' });
      const [link] = (await subject.linked('members', 'in', user, options)).items;
      expect(link?.attributes).toMatchObject({ displayName: 'After' });
    });

    test('one type of members can be asked for', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const inner = await subject.group('Inner');
      const outer = await subject.group('Outer', [a, inner, b]);
      const users = await subject.linked('members', 'out', outer, { type: 'User', page: { limit: 10, total: true } });
      expect(sorted(idsOf(users.items))).toEqual(sorted(idsOf([a, b])));
      expect(users.total).toBe(2);
      expect(await subject.linkedIds('members', 'out', outer, { type: 'Group' })).toEqual([inner.id]);
    });

    test('pages of links tile them, by next, by position and by index', async (subject) => {
      const users = await subject.users('a', 'b', 'c', 'd', 'e', 'f', 'g');
      const group = await subject.group('G', users);
      const { items, positions } = await subject.linked('members', 'out', group, {
        page: { limit: 10, positions: true },
      });
      const all = idsOf(items);
      expect(sorted(all)).toEqual(sorted(idsOf(users)));
      expect(await subject.linkedIds('members', 'out', group)).toEqual(all);
      const first = await subject.linked('members', 'out', group, { page: { limit: 3, total: true } });
      expect({ ids: idsOf(first.items), total: first.total }).toEqual({ ids: all.slice(0, 3), total: 7 });
      const second = { limit: 3, after: first.next ?? '' };
      expect(await subject.linkedIds('members', 'out', group, { page: second })).toEqual(all.slice(3, 6));
      const last = await subject.linked('members', 'out', group, { page: { limit: 10, after: positions?.[5] ?? '' } });
      expect({ ids: idsOf(last.items), next: last.next }).toEqual({ ids: all.slice(6), next: undefined });
      expect(await subject.linkedIds('members', 'out', group, { page: { offset: 5, limit: 10 } })).toEqual(
        all.slice(5),
      );
      expect(await subject.linked('members', 'out', group, { page: { limit: 0, total: true } })).toEqual({
        items: [],
        total: 7,
      });
    });

    test('a reader of members goes on after one who has left', async (subject) => {
      const users = await subject.users('a', 'b', 'c', 'd');
      const group = await subject.group('G', users);
      const all = await subject.linkedIds('members', 'out', group);
      const { next, items } = await subject.linked('members', 'out', group, { page: { limit: 2 } });
      await subject.removeMembers(group, ...items.slice(1));
      const rest = { limit: 10, after: next ?? '' };
      expect(await subject.linkedIds('members', 'out', group, { page: rest })).toEqual(all.slice(2));
    });

    test('a user may manage himself', async (subject) => {
      const boss = await subject.user('boss');
      await subject.change(boss, {}, { manager: boss.id });
      expect(await subject.linkedIds('manager', 'out', boss)).toEqual([boss.id]);
      expect(await subject.linkedIds('manager', 'in', boss)).toEqual([boss.id]);
    });

    test('whether one links to another is answered pair by pair', async (subject) => {
      const boss = await subject.user('boss');
      const a = await subject.user('a', {}, { manager: boss.id });
      const inner = await subject.group('Inner', [a]);
      const outer = await subject.group('Outer', [inner]);
      const ask = (edge: 'members' | 'manager', pairs: readonly { from: typeof a.id; to: typeof a.id }[]) =>
        subject.adapter.areLinked(subject.call, edge, pairs, { transitive: false });
      const pairs = [
        pair(inner, a),
        pair(outer, a),
        pair(a, inner),
        pair(outer, inner),
        { from: UNKNOWN_ID, to: a.id },
      ];
      expect(await ask('members', pairs)).toEqual([true, false, false, true, false]);
      expect(await ask('manager', [pair(a, boss), pair(boss, a)])).toEqual([true, false]);
    });
  },
};

function pair<Id>(from: { readonly id: Id }, to: { readonly id: Id }): { readonly from: Id; readonly to: Id } {
  return { from: from.id, to: to.id };
}
