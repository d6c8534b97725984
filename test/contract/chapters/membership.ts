import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { idsOf, sorted, UNKNOWN_ID } from '../subject.ts';

export const membership: Chapter = {
  title: 'membership',
  define(test) {
    test('members are added and removed, and the answer says which', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const group = await subject.group('G', [a]);
      expect(await subject.addMembers(group, b)).toMatchObject({
        changed: true,
        members: { added: [{ id: b.id, type: 'User' }], removed: [] },
      });
      expect(await subject.removeMembers(group, a)).toMatchObject({
        changed: true,
        members: { added: [], removed: [{ id: a.id, type: 'User' }] },
      });
      expect(await subject.members(group)).toEqual([b.id]);
    });

    test('what is there already, or is not there, changes nothing', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const group = await subject.group('G', [a]);
      const nothing = { changed: false, resource: group, members: { added: [], removed: [] } };
      expect(await subject.addMembers(group, a)).toEqual(nothing);
      expect(await subject.removeMembers(group, b)).toEqual(nothing);
      const gone = await subject.done(subject.membersOf(group, { remove: [UNKNOWN_ID] }));
      expect(gone).toEqual(nothing);
      expect(await subject.now(group)).toEqual(group);
    });

    test('a change gives the group a new version, and its members none', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G');
      const { resource } = await subject.addMembers(group, user);
      expect(resource?.version).not.toBe(group.version);
      expect(await subject.now(group)).toEqual(resource);
      expect(await subject.now(user)).toEqual(user);
    });

    test('removals come before additions', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const group = await subject.group('G', [a]);
      const change = { remove: [a.id, b.id], add: [{ id: a.id }, { id: b.id }] };
      const written = await subject.done(subject.membersOf(group, change));
      expect(written.members).toEqual({ added: [{ id: b.id, type: 'User' }], removed: [] });
      expect(sorted(await subject.members(group))).toEqual(sorted(idsOf([a, b])));
    });

    test('replace empties the group first, and the answer holds the difference alone', async (subject) => {
      const [a, b, c] = await subject.users('a', 'b', 'c');
      const group = await subject.group('G', [a, b]);
      const written = await subject.done(
        subject.membersOf(group, { replace: true, add: [{ id: b.id }, { id: c.id }] }),
      );
      expect(written.members).toEqual({ added: [{ id: c.id, type: 'User' }], removed: [{ id: a.id, type: 'User' }] });
      expect(sorted(await subject.members(group))).toEqual(sorted(idsOf([b, c])));
      const same = await subject.done(subject.membersOf(group, { replace: true, add: [{ id: c.id }, { id: b.id }] }));
      expect(same.changed).toBe(false);
      expect((await subject.done(subject.membersOf(group, { replace: true }))).changed).toBe(true);
      expect(await subject.members(group)).toEqual([]);
    });

    test('a member named twice is one member', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G');
      const written = await subject.done(
        subject.membersOf(group, { add: [{ id: user.id }, { id: user.id, type: 'User' }] }),
      );
      expect(written.members).toEqual({ added: [{ id: user.id, type: 'User' }], removed: [] });
      expect((await subject.linked('members', 'out', group, { page: { limit: 5, total: true } })).total).toBe(1);
    });

    test('a group is created with its members', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      const group = await subject.group('G', [a, b]);
      expect(sorted(await subject.members(group))).toEqual(sorted(idsOf([a, b])));
      const unknown = subject.createOf('Group', { displayName: 'H' }, {}, { add: [{ id: a.id }, { id: UNKNOWN_ID }] });
      await subject.refused(unknown, { code: 'INVALID_VALUE', ids: [UNKNOWN_ID] });
      expect(await subject.foundIds('Group')).toEqual([group.id]);
    });

    test('ids that do not exist are refused, all of them and no other', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G');
      const other = UNKNOWN_ID.replace('4000', '4001') as typeof UNKNOWN_ID;
      const change = { add: [{ id: UNKNOWN_ID }, { id: user.id }, { id: other }] };
      await subject.refused(subject.membersOf(group, change), {
        code: 'INVALID_VALUE',
        ids: [UNKNOWN_ID, other],
        path: 'members',
      });
      expect(await subject.members(group)).toEqual([]);
    });

    test('a stated type must be the type of the member', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G');
      const wrong = subject.membersOf(group, { add: [{ id: user.id, type: 'Group' }] });
      await subject.refused(wrong, { code: 'INVALID_VALUE', ids: [user.id] });
      await subject.done(subject.membersOf(group, { add: [{ id: user.id, type: 'User' }] }));
      expect(await subject.members(group)).toEqual([user.id]);
    });

    test('a group holds users and groups', async (subject) => {
      const user = await subject.user('a');
      const inner = await subject.group('Inner');
      const outer = await subject.group('Outer', [user, inner]);
      expect(sorted(await subject.members(outer))).toEqual(sorted(idsOf([user, inner])));
    });

    test('a group cannot contain itself, directly or through others', async (subject) => {
      const a = await subject.group('A');
      const b = await subject.group('B', [a]);
      const c = await subject.group('C', [b]);
      for (const closing of [a, b, c]) {
        await subject.refused(subject.membersOf(a, { add: [{ id: closing.id }] }), {
          code: 'CYCLE',
          ids: [closing.id],
        });
      }
      expect(await subject.members(a)).toEqual([]);
      const replace = subject.membersOf(a, { replace: true, add: [{ id: c.id }] });
      await subject.refused(replace, { code: 'CYCLE', ids: [c.id] });
    });

    test('a diamond of groups is no cycle', async (subject) => {
      const bottom = await subject.group('Bottom');
      const left = await subject.group('Left', [bottom]);
      const right = await subject.group('Right', [bottom]);
      const top = await subject.group('Top', [left, right, bottom]);
      expect(sorted(await subject.members(top))).toEqual(sorted(idsOf([left, right, bottom])));
    });

    test('a cycle is possible again once the chain is broken', async (subject) => {
      const a = await subject.group('A');
      const b = await subject.group('B', [a]);
      await subject.removeMembers(b, a);
      await subject.addMembers(a, b);
      expect(await subject.members(a)).toEqual([b.id]);
    });

    test('past a thousand the answer says many, and all are there', async (subject) => {
      const creates = Array.from({ length: 1_001 }, (_, i) => subject.createOf('User', { userName: `u${i}` }));
      const answers = await subject.adapter.write(subject.call, creates);
      const add = answers.map((answer) => ({
        id: 'changed' in answer && answer.resource ? answer.resource.id : UNKNOWN_ID,
      }));
      const group = await subject.group('G');
      expect((await subject.done(subject.membersOf(group, { add }))).members).toBe('many');
      const counted = { page: { limit: 0, total: true } };
      expect(await subject.linked('members', 'out', group, counted)).toEqual({ items: [], total: 1_001 });
      expect(
        (await subject.done(subject.membersOf(group, { remove: [add[0]?.id ?? UNKNOWN_ID] }))).members,
      ).toMatchObject({
        added: [],
        removed: [{ id: add[0]?.id }],
      });
      expect((await subject.done(subject.membersOf(group, { replace: true }))).members).toMatchObject({ added: [] });
    });
  },
};
