import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { draftOf, keyOf, PATHS } from '../sample.ts';
import { idsOf, sorted } from '../subject.ts';

export const keys: Chapter = {
  title: 'reading by key',
  define(test) {
    test('keys are answered one by one, in order, an empty list where nobody has them', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const asked = ['b', 'nobody', 'a'].map((name) => keyOf(PATHS.userName, name));
      const found = await subject.adapter.byKeys(subject.call, 'User', asked);
      expect(found).toEqual([[b], [], [a]]);
    });

    test('a unique key is found however its value was written', async (subject) => {
      const user = await subject.user('Ada@Example.COM');
      expect(await subject.byKey('User', PATHS.userName, 'aDA@eXAMPLE.com')).toEqual([user.id]);
      expect(user.attributes['userName']).toBe('Ada@Example.COM');
    });

    test('a look-up key may belong to several', async (subject) => {
      const a = await subject.user('a', { externalId: 'shared' });
      const b = await subject.user('b', { externalId: 'shared' });
      await subject.user('c', { externalId: 'Shared' });
      expect(sorted(await subject.byKey('User', PATHS.externalId, 'shared'))).toEqual(sorted([a.id, b.id]));
    });

    test('every value of a multi-valued attribute is a key', async (subject) => {
      const emails = [{ value: 'one@example.com' }, { value: 'Two@example.com' }];
      const user = await subject.user('a', { emails });
      expect(await subject.byKey('User', PATHS.email, 'one@example.com')).toEqual([user.id]);
      expect(await subject.byKey('User', PATHS.email, 'two@EXAMPLE.com')).toEqual([user.id]);
    });

    test('keys of one type lead to that type alone', async (subject) => {
      const user = await subject.user('a', { externalId: 'x' });
      const group = await subject.stored(subject.createOf('Group', { displayName: 'G', externalId: 'x' }));
      expect(await subject.byKey('User', PATHS.externalId, 'x')).toEqual([user.id]);
      expect(await subject.byKey('Group', PATHS.externalId, 'x')).toEqual([group.id]);
    });

    test('after a change the new value leads to the resource and the old one nowhere', async (subject) => {
      const user = await subject.user('before', { externalId: 'x1' });
      await subject.change(user, { userName: 'after', externalId: 'x2' });
      expect(await subject.byKey('User', PATHS.userName, 'before')).toEqual([]);
      expect(await subject.byKey('User', PATHS.externalId, 'x1')).toEqual([]);
      expect(await subject.byKey('User', PATHS.userName, 'after')).toEqual([user.id]);
      expect(await subject.byKey('User', PATHS.externalId, 'x2')).toEqual([user.id]);
    });

    test('groups may share a displayName', async (subject) => {
      const groups = [await subject.group('Staff'), await subject.group('staff')];
      expect(sorted(await subject.byKey('Group', PATHS.displayName, 'STAFF'))).toEqual(sorted(idsOf(groups)));
    });

    test('new keys alone are stored and are no change', async (subject) => {
      const user = await subject.user('a');
      const draft = { ...draftOf('User', user.attributes), lookupKeys: [keyOf(PATHS.externalId, 'late')] };
      const { id, type } = user;
      const written = await subject.done({ kind: 'update', type, id, content: { before: user, draft } });
      expect(written).toMatchObject({ changed: false, resource: { version: user.version } });
      expect(await subject.byKey('User', PATHS.externalId, 'late')).toEqual([id]);
    });
  },
};
