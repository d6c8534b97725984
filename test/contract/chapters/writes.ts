import { expect } from 'vitest';
import type { ResourceId } from '#model/resource.ts';
import type { Chapter } from '../chapter.ts';
import { draftOf, PATHS } from '../sample.ts';
import { expectFailure, sorted, UNKNOWN_ID } from '../subject.ts';

const STAMPS = { createdAt: new Date('2020-02-03T04:05:06Z'), modifiedAt: new Date('2021-02-03T04:05:06Z') };

export const writes: Chapter = {
  title: 'writing',
  define(test, { ids, stamps }) {
    test('create answers the stored resource and says that it changed', async (subject) => {
      const written = await subject.done(subject.createOf('User', { userName: 'a' }));
      expect(written).toMatchObject({
        changed: true,
        resource: { type: 'User', attributes: { userName: 'a' }, links: {} },
      });
      if (written.resource) expect(await subject.now(written.resource)).toEqual(written.resource);
    });

    if (ids === 'given') {
      test('a given id is kept, and taken from then on', async (subject) => {
        const create = subject.createOf('User', { userName: 'a' });
        const { id } = await subject.stored(create);
        expect(create).toMatchObject({ id });
        const again = { ...subject.createOf('Group', { displayName: 'G' }), id };
        await subject.refused(again, { code: 'UNIQUENESS', ids: [id], path: 'id' });
      });
    } else {
      test('ids are assigned here, so a given one is refused', async (subject) => {
        const create = { ...subject.createOf('User', { userName: 'a' }), id: UNKNOWN_ID };
        await subject.refused(create, { code: 'UNSUPPORTED' });
      });
    }

    test('a new content replaces the old one as a whole', async (subject) => {
      const user = await subject.user('a', { title: 'Old', displayName: 'A' });
      const written = await subject.done(subject.contentOf(user, { userName: 'a', title: 'New' }));
      expect(written).toMatchObject({ changed: true, resource: { attributes: { userName: 'a', title: 'New' } } });
      expect((await subject.now(user)).attributes).toEqual({ userName: 'a', title: 'New' });
    });

    test('a change gives a new version, keeps createdAt and never dates back', async (subject) => {
      const user = await subject.user('a');
      const { resource } = await subject.change(user, { title: 'New' });
      expect(resource?.version).not.toBe(user.version);
      expect(resource?.createdAt).toEqual(user.createdAt);
      expect(resource?.modifiedAt.getTime()).toBeGreaterThanOrEqual(user.modifiedAt.getTime());
    });

    test('a write that changes nothing keeps version and modifiedAt, and says so', async (subject) => {
      const boss = await subject.user('boss');
      const user = await subject.user('a', { title: 'T', name: { familyName: 'F' } }, { manager: boss.id });
      const copy = JSON.parse(JSON.stringify(user.attributes));
      expect(await subject.done(subject.contentOf(user, copy))).toEqual({ resource: user, changed: false });
      expect(await subject.now(user)).toEqual(user);
    });

    test('a version never comes back, even with the old content', async (subject) => {
      const first = await subject.user('a', { title: 'A' });
      const second = await subject.stored(subject.contentOf(first, { userName: 'a', title: 'B' }));
      const third = await subject.stored(subject.contentOf(second, { userName: 'a', title: 'A' }));
      expect(new Set([first.version, second.version, third.version]).size).toBe(3);
    });

    test('a manager is set, changed and cleared', async (subject) => {
      const [a, b, user] = await subject.users('a', 'b', 'user');
      const one = await subject.change(user, {}, { manager: a.id });
      expect(one).toMatchObject({ changed: true, resource: { links: { manager: a.id } } });
      const two = await subject.change(await subject.now(user), {}, { manager: b.id });
      expect(two.resource?.links).toEqual({ manager: b.id });
      const three = await subject.change(await subject.now(user), {}, {});
      expect(three).toMatchObject({ changed: true, resource: { links: {} } });
      expect(await subject.linkedIds('manager', 'in', b)).toEqual([]);
    });

    test('a manager who is no user, or nobody, is refused by id', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G');
      for (const manager of [UNKNOWN_ID, group.id]) {
        const change = subject.contentOf(user, { userName: 'a', title: 'New' }, { manager });
        await subject.refused(change, { code: 'INVALID_VALUE', ids: [manager], path: 'manager' });
        await subject.refused(subject.createOf('User', { userName: 'b' }, { manager }), {
          code: 'INVALID_VALUE',
          ids: [manager],
        });
      }
      expect(await subject.now(user)).toEqual(user);
      expect(await subject.byKey('User', PATHS.userName, 'b')).toEqual([]);
    });

    test('what does not exist, or has another type, is not found', async (subject) => {
      const group = await subject.group('G');
      for (const id of [UNKNOWN_ID, group.id]) {
        const before = { ...group, type: 'User', id };
        await subject.refused(subject.contentOf(before, { userName: 'a' }), { code: 'NOT_FOUND' });
        await subject.refused({ kind: 'delete', type: 'User', id }, { code: 'NOT_FOUND' });
      }
      await subject.refused(subject.membersOf(UNKNOWN_ID, { add: [] }), { code: 'NOT_FOUND' });
      expect(await subject.now(group)).toEqual(group);
    });

    test('operations take effect in order, and one that fails leaves the others alone', async (subject) => {
      const create = (userName: string) => subject.createOf('User', { userName });
      const answers = await subject.adapter.write(subject.call, [create('a'), create('a'), create('b')]);
      expect(answers).toMatchObject([{ changed: true }, { code: 'UNIQUENESS' }, { changed: true }]);
      expect(await subject.foundIds('User')).toHaveLength(2);
    });

    if (ids === 'given') {
      test('an operation may build on one before it', async (subject) => {
        const user = subject.createOf('User', { userName: 'a' });
        const id = user.id as ResourceId;
        const group = subject.createOf('Group', { displayName: 'G' }, {}, { add: [{ id }] });
        const [first, second, third] = await subject.adapter.write(subject.call, [
          user,
          group,
          { kind: 'delete', type: 'User', id },
        ]);
        expect([first, second, third]).toMatchObject([{ changed: true }, { changed: true }, { changed: true }]);
        expect((await subject.find('Group')).items).toHaveLength(1);
      });
    }

    test('an operation that fails leaves nothing behind', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const group = await subject.group('Before', [a]);
      const rename = subject.contentOf(group, { displayName: 'After' });
      const members = { add: [{ id: b.id }, { id: UNKNOWN_ID }], remove: [a.id] };
      await subject.refused({ ...rename, members }, { code: 'INVALID_VALUE', ids: [UNKNOWN_ID] });
      expect(await subject.now(group)).toEqual(group);
      expect(await subject.members(group)).toEqual([a.id]);
      expect(await subject.byKey('Group', PATHS.displayName, 'After')).toEqual([]);

      const taken = subject.contentOf(a, { userName: 'b', title: 'New', externalId: 'x' });
      await subject.refused(taken, { code: 'UNIQUENESS', ids: [b.id] });
      expect(await subject.now(a)).toEqual(a);
      expect(await subject.byKey('User', PATHS.externalId, 'x')).toEqual([]);
    });

    test('content and members change together, in one version', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const group = await subject.group('Before', [a]);
      const members = { add: [{ id: b.id }], remove: [a.id] };
      const written = await subject.done({ ...subject.contentOf(group, { displayName: 'After' }), members });
      expect(written).toMatchObject({
        changed: true,
        resource: { attributes: { displayName: 'After' } },
        members: { added: [{ id: b.id, type: 'User' }], removed: [{ id: a.id, type: 'User' }] },
      });
      expect(await subject.members(group)).toEqual([b.id]);
      expect(await subject.now(group)).toEqual(written.resource);
    });

    test('hundreds of operations go through in one call', async (subject) => {
      const names = Array.from({ length: 300 }, (_, i) => `user-${i}`);
      const answers = await subject.adapter.write(
        subject.call,
        names.map((userName) => subject.createOf('User', { userName })),
      );
      expect(answers.filter((answer) => 'changed' in answer)).toHaveLength(names.length);
      expect(sorted(await subject.foundIds('User'))).toHaveLength(names.length);
    });

    if (stamps) {
      test('a copy keeps the times of the original', async (subject) => {
        const created = await subject.stored({ ...subject.createOf('User', { userName: 'a' }), stamps: STAMPS });
        expect(created).toMatchObject(STAMPS);
        const later = { createdAt: STAMPS.createdAt, modifiedAt: new Date('2022-02-03T04:05:06Z') };
        const changed = await subject.stored({ ...subject.contentOf(created, { userName: 'b' }), stamps: later });
        expect(changed).toMatchObject(later);
        expect(await subject.now(created)).toMatchObject(later);
      });
    } else {
      test('times of an original are not declared, so refused', async (subject) => {
        const answer = await subject.attempt({ ...subject.createOf('User', { userName: 'a' }), stamps: STAMPS });
        expectFailure(answer, 'UNSUPPORTED');
      });
    }

    test('an error is a value: nothing is thrown, and its ids lead to the fault', async (subject) => {
      const user = await subject.user('a');
      const draft = draftOf('User', { userName: 'A' });
      const [answer] = await subject.adapter.write(subject.call, [
        { kind: 'create', type: 'User', ...subject.newId(), draft },
      ]);
      expectFailure(answer, 'UNIQUENESS');
      expect(answer.ids).toEqual([user.id]);
    });
  },
};
