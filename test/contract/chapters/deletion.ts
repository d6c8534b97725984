import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { PATHS } from '../sample.ts';
import { idsOf, sorted, UNKNOWN_ID } from '../subject.ts';

export const deletion: Chapter = {
  title: 'deleting',
  define(test) {
    test('what is deleted is found by no way', async (subject) => {
      const user = await subject.user('a', { externalId: 'x' });
      expect(await subject.delete(user)).toMatchObject({ resource: null, changed: true });
      expect(await subject.get(user)).toBeNull();
      expect(await subject.byKey('User', PATHS.userName, 'a')).toEqual([]);
      expect(await subject.byKey('User', PATHS.externalId, 'x')).toEqual([]);
      expect(await subject.find('User', { page: { limit: 10, total: true } })).toEqual({ items: [], total: 0 });
      await subject.refused({ kind: 'delete', type: 'User', id: user.id }, { code: 'NOT_FOUND' });
      await subject.refused(subject.contentOf(user, { userName: 'a' }), { code: 'NOT_FOUND' });
    });

    test('its groups lose it, each with a new version, and the answer names them', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const groups = [await subject.group('One', [a, b]), await subject.group('Two', [a])];
      const bystander = await subject.group('Three', [b]);
      const { touched } = await subject.delete(a);
      expect(touched).toHaveLength(2);
      expect(touched).toEqual(expect.arrayContaining(groups.map(({ id, type }) => ({ id, type }))));
      for (const group of groups) {
        expect((await subject.now(group)).version).not.toBe(group.version);
        expect(await subject.members(group)).not.toContain(a.id);
      }
      expect(await subject.now(bystander)).toEqual(bystander);
      expect(await subject.linkedIds('members', 'in', a)).toEqual([]);
    });

    test('its reports lose their manager, each with a new version, and the answer names them', async (subject) => {
      const boss = await subject.user('boss');
      const reports = [
        await subject.user('a', { title: 'T' }, { manager: boss.id }),
        await subject.user('b', {}, { manager: boss.id }),
      ];
      const { touched } = await subject.delete(boss);
      expect(touched).toEqual(expect.arrayContaining(reports.map(({ id, type }) => ({ id, type }))));
      for (const report of reports) {
        const present = await subject.now(report);
        expect(present).toMatchObject({ links: {}, attributes: report.attributes });
        expect(present.version).not.toBe(report.version);
        expect(await subject.linkedIds('manager', 'out', report)).toEqual([]);
      }
    });

    test('its own members and its manager stay as they are', async (subject) => {
      const boss = await subject.user('boss');
      const user = await subject.user('a', {}, { manager: boss.id });
      const group = await subject.group('G', [user]);
      const { touched = [] } = await subject.delete(group);
      expect(touched).toEqual([]);
      expect(await subject.now(user)).toEqual(user);
      expect(await subject.linkedIds('members', 'in', user)).toEqual([]);
      await subject.delete(user);
      expect(await subject.now(boss)).toEqual(boss);
      expect(await subject.linkedIds('manager', 'in', boss)).toEqual([]);
    });

    test('one who manages himself can be deleted', async (subject) => {
      const boss = await subject.user('boss');
      await subject.change(boss, {}, { manager: boss.id });
      const { touched = [] } = await subject.delete(boss);
      expect(touched).toEqual([]);
      expect(await subject.get(boss)).toBeNull();
    });

    test('a deleted member cannot come back by his id', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G', [user]);
      await subject.delete(user);
      const again = subject.membersOf(group, { add: [{ id: user.id }] });
      await subject.refused(again, { code: 'INVALID_VALUE', ids: [user.id] });
    });

    test('who takes over a name takes over no group and no report', async (subject) => {
      const boss = await subject.user('boss');
      await subject.group('G', [boss]);
      const report = await subject.user('a', {}, { manager: boss.id });
      await subject.delete(boss);
      const heir = await subject.user('boss');
      expect(await subject.linkedIds('members', 'in', heir)).toEqual([]);
      expect(await subject.linkedIds('manager', 'in', heir)).toEqual([]);
      expect((await subject.now(report)).links).toEqual({});
    });

    test('others are left alone', async (subject) => {
      const users = await subject.users('a', 'b', 'c');
      await subject.refused({ kind: 'delete', type: 'User', id: UNKNOWN_ID }, { code: 'NOT_FOUND' });
      await subject.delete(users[1]);
      expect(sorted(await subject.foundIds('User'))).toEqual(sorted(idsOf([users[0], users[2]])));
    });
  },
};
