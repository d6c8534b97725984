import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { keyOf, PATHS } from '../sample.ts';
import { OTHER_TENANT } from '../subject.ts';

export const tenancy: Chapter = {
  title: 'tenants',
  define(test) {
    test('nothing of one tenant is read in another', async (subject) => {
      const user = await subject.user('a', { externalId: 'x' });
      const group = await subject.group('G', [user]);
      const other = subject.in(OTHER_TENANT);
      expect(await other.get(user)).toBeNull();
      const keys = [keyOf(PATHS.userName, 'a'), keyOf(PATHS.externalId, 'x')];
      expect(await other.adapter.byKeys(other.call, 'User', keys)).toEqual([[], []]);
      expect(await other.find('User', { page: { limit: 10, total: true } })).toEqual({ items: [], total: 0 });
      expect(await other.linkedIds('members', 'out', group)).toEqual([]);
      expect(await other.linkedIds('members', 'in', user)).toEqual([]);
      const pairs = [{ from: group.id, to: user.id }];
      expect(await other.adapter.areLinked(other.call, 'members', pairs, { transitive: false })).toEqual([false]);
      expect(await other.adapter.secrets(other.call, 'User', [user.id])).toEqual([null]);
    });

    test('nothing of one tenant is changed or named from another', async (subject) => {
      const user = await subject.user('a');
      const other = subject.in(OTHER_TENANT);
      const theirs = await other.user('theirs');
      await other.refused(other.contentOf(user, { userName: 'b' }), { code: 'NOT_FOUND' });
      await other.refused({ kind: 'delete', type: 'User', id: user.id }, { code: 'NOT_FOUND' });
      const member = other.createOf('Group', { displayName: 'G' }, {}, { add: [{ id: user.id }] });
      await other.refused(member, { code: 'INVALID_VALUE', ids: [user.id] });
      const managed = other.contentOf(theirs, { userName: 'theirs' }, { manager: user.id });
      await other.refused(managed, { code: 'INVALID_VALUE', ids: [user.id] });
      expect(await subject.now(user)).toEqual(user);
    });

    test('each tenant has its own names', async (subject) => {
      const other = subject.in(OTHER_TENANT);
      const [ours, theirs] = [await subject.user('ada'), await other.user('ada')];
      expect(await subject.byKey('User', PATHS.userName, 'ada')).toEqual([ours.id]);
      expect(await other.byKey('User', PATHS.userName, 'ada')).toEqual([theirs.id]);
      await subject.delete(ours);
      expect(await other.now(theirs)).toEqual(theirs);
    });
  },
};
