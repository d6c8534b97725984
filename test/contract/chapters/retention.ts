import { expect } from 'vitest';
import type { ResourceTypeName, StoredResource } from '#model/resource.ts';
import type { Chapter } from '../chapter.ts';
import { PATHS } from '../sample.ts';
import { expectRejection, type Subject, UNKNOWN_ID } from '../subject.ts';

export const retention: Chapter = {
  title: 'retaining what is deleted',
  define(test, { retain, atomic }) {
    if (!retain) {
      test('retaining is not declared, so refused', async (subject) => {
        const user = await subject.user('a');
        const { id, type } = user;
        await subject.refused({ kind: 'delete', type, id, retain: true }, { code: 'UNSUPPORTED' });
        await subject.refused({ kind: 'restore', type, id }, { code: 'UNSUPPORTED' });
        await expectRejection(subject.find('User', { retained: true }), 'UNSUPPORTED');
        expect(await subject.get(user)).toEqual(user);
      });
      return;
    }

    test('what is retained is found among the retained alone', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const group = await subject.group('G', [a]);
      expect(await retainingDelete(subject, a)).toMatchObject({ resource: null, touched: [{ id: group.id }] });
      expect(await subject.get(a)).toBeNull();
      expect(await subject.byKey('User', PATHS.userName, 'a')).toEqual([]);
      expect(await subject.foundIds('User')).toEqual([b.id]);
      expect(await subject.members(group)).toEqual([]);
      const retained = await subject.find('User', { retained: true, page: { limit: 10, total: true } });
      expect(retained).toMatchObject({ total: 1, items: [{ id: a.id, attributes: a.attributes, links: {} }] });
      expect(await subject.foundIds('Group', { retained: true })).toEqual([]);
    });

    test('what is deleted without it is not retained', async (subject) => {
      const user = await subject.user('a');
      await subject.delete(user);
      expect(await subject.foundIds('User', { retained: true })).toEqual([]);
      await subject.refused(restore('User', user), { code: 'NOT_FOUND' });
    });

    test('retained resources come in pages, and by filter where filters are declared', async (subject) => {
      for (const user of await subject.users('a', 'b', 'c')) await retainingDelete(subject, user);
      const all = await subject.foundIds('User', { retained: true });
      expect(all).toHaveLength(3);
      expect(await subject.pagedIds('User', { retained: true }, 1)).toEqual(all);
    });

    test('a restored resource has its attributes and keys, a new version, and no links', async (subject) => {
      const boss = await subject.user('boss');
      const user = await subject.user('a', { title: 'T' }, { manager: boss.id });
      const group = await subject.group('G', [user]);
      await retainingDelete(subject, user);
      const { resource } = await subject.done(restore('User', user));
      expect(resource).toMatchObject({
        id: user.id,
        attributes: user.attributes,
        links: {},
        createdAt: user.createdAt,
      });
      expect(resource?.version).not.toBe(user.version);
      expect(await subject.now(user)).toEqual(resource);
      expect(await subject.byKey('User', PATHS.userName, 'a')).toEqual([user.id]);
      expect(await subject.members(group)).toEqual([]);
      expect(await subject.foundIds('User', { retained: true })).toEqual([]);
    });

    test('a name that another has taken meanwhile stops the restoration', async (subject) => {
      const user = await subject.user('a');
      await retainingDelete(subject, user);
      const heir = await subject.user('A');
      await subject.refused(restore('User', user), { code: 'UNIQUENESS', ids: [heir.id], path: 'userName' });
      expect(await subject.foundIds('User', { retained: true })).toEqual([user.id]);
      await subject.delete(heir);
      expect((await subject.done(restore('User', user))).changed).toBe(true);
    });

    if (atomic.includes('uniqueness')) {
      test('of a restoration and creates of its name at once one wins, and the others learn who', async (subject) => {
        const user = await subject.user('a');
        await retainingDelete(subject, user);
        const create = () => subject.attempt(subject.createOf('User', { userName: 'A' }));
        const answers = await Promise.all([create(), subject.attempt(restore('User', user)), create(), create()]);
        const winners = answers.flatMap((answer) => ('changed' in answer ? [answer.resource?.id] : []));
        expect(winners).toHaveLength(1);
        expect(await subject.byKey('User', PATHS.userName, 'a')).toEqual(winners);
        for (const answer of answers) if (!('changed' in answer)) expect(answer.ids).toEqual(winners);
      });
    }

    test('what is retained can be neither changed nor deleted again, nor be linked to', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G');
      await retainingDelete(subject, user);
      await subject.refused(subject.contentOf(user, { userName: 'b' }), { code: 'NOT_FOUND' });
      await subject.refused({ kind: 'delete', type: 'User', id: user.id, retain: true }, { code: 'NOT_FOUND' });
      await subject.refused(subject.membersOf(group, { add: [{ id: user.id }] }), {
        code: 'INVALID_VALUE',
        ids: [user.id],
      });
    });

    test('an id stays taken while its resource is retained', async (subject) => {
      if (subject.capabilities.ids === 'assigned') return;
      const user = await subject.user('a');
      await retainingDelete(subject, user);
      await subject.refused(
        { ...subject.createOf('User', { userName: 'b' }), id: user.id },
        { code: 'UNIQUENESS', path: 'id' },
      );
    });

    test('what was never retained cannot be restored', async (subject) => {
      const user = await subject.user('a');
      await subject.refused(restore('User', user), { code: 'NOT_FOUND' });
      await subject.refused(restore('User', { ...user, id: UNKNOWN_ID }), { code: 'NOT_FOUND' });
      await retainingDelete(subject, user);
      await subject.refused(restore('Group', user), { code: 'NOT_FOUND' });
    });
  },
};

function retainingDelete(subject: Subject, { type, id }: StoredResource) {
  return subject.done({ kind: 'delete', type, id, retain: true });
}

function restore(type: ResourceTypeName, { id }: StoredResource) {
  return { kind: 'restore', type, id } as const;
}
