import { expect } from 'vitest';
import type { Version } from '#model/resource.ts';
import type { Chapter } from '../chapter.ts';
import { draftOf } from '../sample.ts';

export const guards: Chapter = {
  title: 'guards of a write',
  define(test, { passwords }) {
    test('content is refused to one who read before it changed', async (subject) => {
      const before = await subject.user('a', { title: 'One' });
      await subject.change(before, { title: 'Two' });
      const present = await subject.now(before);
      await subject.refused(subject.contentOf(before, { userName: 'a', title: 'Three' }), { code: 'VERSION_MISMATCH' });
      expect(await subject.now(before)).toEqual(present);
    });

    test('content is refused to one who read before a link changed', async (subject) => {
      const boss = await subject.user('boss');
      const before = await subject.user('a');
      await subject.change(before, {}, { manager: boss.id });
      await subject.refused(subject.contentOf(before, { userName: 'a', title: 'New' }), { code: 'VERSION_MISMATCH' });
      expect((await subject.now(before)).links).toEqual({ manager: boss.id });
    });

    test('content passes whatever happened to the members meanwhile', async (subject) => {
      const user = await subject.user('a');
      const before = await subject.group('Before');
      await subject.addMembers(before, user);
      const written = await subject.done(subject.contentOf(before, { displayName: 'After' }));
      expect(written).toMatchObject({ changed: true, resource: { attributes: { displayName: 'After' } } });
      expect(await subject.members(before)).toEqual([user.id]);
    });

    test('what was read may be handed back as a copy', async (subject) => {
      const boss = await subject.user('boss');
      const user = await subject.user(
        'a',
        { emails: [{ value: 'a@example.com', type: 'work' }] },
        { manager: boss.id },
      );
      const { emails, userName } = structuredClone(user).attributes as { [name: string]: string };
      const copy = { ...structuredClone(user), attributes: { emails: emails ?? '', userName: userName ?? '' } };
      const written = await subject.done(subject.contentOf(copy, { userName: 'a' }));
      expect(written.changed).toBe(true);
    });

    test('a version that is no longer the present one stops every kind of write', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G');
      const ifVersion = group.version;
      await subject.addMembers(group, user);
      const present = await subject.now(group);
      const mismatch = { code: 'VERSION_MISMATCH' } as const;
      await subject.refused({ ...subject.contentOf(present, { displayName: 'H' }), ifVersion }, mismatch);
      await subject.refused(
        { kind: 'update', type: 'Group', id: group.id, members: { remove: [user.id] }, ifVersion },
        mismatch,
      );
      await subject.refused({ kind: 'delete', type: 'Group', id: group.id, ifVersion }, mismatch);
      await subject.refused({ kind: 'delete', type: 'Group', id: group.id, ifVersion: 'made up' as Version }, mismatch);
      expect(await subject.now(group)).toEqual(present);
      expect(await subject.members(group)).toEqual([user.id]);
    });

    test('the present version lets every kind of write pass', async (subject) => {
      const user = await subject.user('a');
      const created = await subject.group('G');
      const renamed = await subject.stored({
        ...subject.contentOf(created, { displayName: 'H' }),
        ifVersion: created.version,
      });
      const add = [{ id: user.id }];
      const { id } = created;
      const filled = await subject.stored({
        kind: 'update',
        type: 'Group',
        id,
        members: { add },
        ifVersion: renamed.version,
      });
      await subject.done({ kind: 'delete', type: 'Group', id, ifVersion: filled.version });
      expect(await subject.get(created)).toBeNull();
    });

    test('even a write that would change nothing is stopped by an old version', async (subject) => {
      const before = await subject.user('a');
      await subject.change(before, { title: 'New' });
      const present = await subject.now(before);
      const same = { ...subject.contentOf(present, present.attributes), ifVersion: before.version };
      await subject.refused(same, { code: 'VERSION_MISMATCH' });
    });

    if (passwords !== 'stores-hash') return;

    test('content is refused to one who read before the password changed', async (subject) => {
      const before = await subject.user('a');
      const { id, type } = before;
      const draft = { ...draftOf('User', before.attributes), secrets: { passwordHash: 'hash' } };
      await subject.done({ kind: 'update', type, id, content: { before, draft } });
      await subject.refused(subject.contentOf(before, { userName: 'a', title: 'New' }), { code: 'VERSION_MISMATCH' });
      const present = await subject.now(before);
      expect((await subject.done(subject.contentOf(present, { userName: 'a', title: 'New' }))).changed).toBe(true);
    });
  },
};
