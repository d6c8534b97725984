import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { PATHS } from '../sample.ts';
import { expectFailure, idsOf, type Subject, sorted } from '../subject.ts';

const NUMBERS_50 = Array.from({ length: 50 }, (_, i) => i);

export const races: Chapter = {
  title: 'writes at the same time',
  define(test, { atomic }) {
    test('a hundred members added at once are all there', async (subject) => {
      const names = Array.from({ length: 100 }, (_, i) => `u${i}`);
      const users = await subject.users(...names);
      const group = await subject.group('G');
      const written = await Promise.all(users.map((user) => subject.addMembers(group, user)));
      expect(new Set(written.map(({ resource }) => resource?.version)).size).toBe(users.length);
      expect(sorted(await subject.members(group))).toEqual(sorted(idsOf(users)));
    });

    test('members added and removed at once do not disturb each other', async (subject) => {
      const users = await subject.users('a', 'b', 'c', 'd', 'e', 'f');
      const group = await subject.group('G', users.slice(0, 3));
      await Promise.all([
        ...users.slice(3).map((user) => subject.addMembers(group, user)),
        ...users.slice(0, 3).map((user) => subject.removeMembers(group, user)),
        subject.change(group, { displayName: 'H' }),
      ]);
      expect(sorted(await subject.members(group))).toEqual(sorted(idsOf(users.slice(3))));
      expect((await subject.now(group)).attributes).toEqual({ displayName: 'H' });
    });

    if (atomic.includes('uniqueness')) {
      test('of fifty creates of one name one wins, and the others learn who', async (subject) => {
        const answers = await Promise.all(
          NUMBERS_50.map(() => subject.attempt(subject.createOf('User', { userName: 'ada' }))),
        );
        const winners = answers.flatMap((answer) => ('changed' in answer ? [answer.resource?.id] : []));
        expect(winners).toHaveLength(1);
        for (const answer of answers) {
          if ('changed' in answer) continue;
          expectFailure(answer, 'UNIQUENESS');
          expect(answer.ids).toEqual(winners);
        }
        expect(await subject.byKey('User', PATHS.userName, 'ada')).toEqual(winners);
      });

      test('of many renames to one name one wins', async (subject) => {
        const users = await subject.users('a', 'b', 'c', 'd', 'e');
        const answers = await Promise.all(
          users.map((user) => subject.attempt(subject.contentOf(user, { userName: 'x' }))),
        );
        expect(answers.filter((answer) => 'changed' in answer)).toHaveLength(1);
        expect(await subject.byKey('User', PATHS.userName, 'x')).toHaveLength(1);
      });
    }

    if (atomic.includes('version')) {
      test('of many writes that ask for one version one wins', async (subject) => {
        const user = await subject.user('a');
        const answers = await Promise.all(
          NUMBERS_50.map((i) =>
            subject.attempt({ ...subject.contentOf(user, { userName: 'a', title: `T${i}` }), ifVersion: user.version }),
          ),
        );
        const winners = answers.flatMap((answer) => ('changed' in answer ? [answer.resource] : []));
        expect(winners).toHaveLength(1);
        for (const answer of answers) if (!('changed' in answer)) expectFailure(answer, 'VERSION_MISMATCH');
        expect(await subject.now(user)).toEqual(winners[0]);
      });

      test('of many writes of one content none is lost unseen', async (subject) => {
        const user = await subject.user('a', { title: '0' });
        const increment = async (): Promise<void> => {
          const before = await subject.now(user);
          const title = String(Number(before.attributes['title']) + 1);
          const answer = await subject.attempt(subject.contentOf(before, { userName: 'a', title }));
          if ('changed' in answer) return;
          expectFailure(answer, 'VERSION_MISMATCH');
          return increment();
        };
        await Promise.all(NUMBERS_50.slice(0, 10).map(increment));
        expect((await subject.now(user)).attributes['title']).toBe('10');
      });
    }

    if (atomic.includes('existence')) {
      test('a member deleted while he is added is in no group', async (subject) => {
        for (const i of NUMBERS_50.slice(0, 10)) {
          const user = await subject.user(`u${i}`);
          const group = await subject.group(`G${i}`);
          const add = { add: [{ id: user.id }] };
          const race = [() => subject.attempt(subject.membersOf(group, add)), () => subject.delete(user)];
          await Promise.all((i % 2 === 0 ? race : race.reverse()).map((start) => start()));
          expect(await subject.linkedIds('members', 'out', group)).toEqual([]);
        }
      });

      test('a manager deleted while he is named manages nobody', async (subject) => {
        const boss = await subject.user('boss');
        const user = await subject.user('a');
        await Promise.all([
          subject.attempt(subject.contentOf(user, { userName: 'a' }, { manager: boss.id })),
          subject.delete(boss),
        ]);
        expect((await subject.now(user)).links).toEqual({});
      });
    }

    if (atomic.includes('cycle')) {
      test('two additions that together close a cycle do not both succeed', async (subject) => {
        for (const i of NUMBERS_50.slice(0, 10)) {
          const a = await subject.group(`A${i}`);
          const b = await subject.group(`B${i}`);
          const answers = await addEachToTheOther(subject, a, b);
          expect(answers.filter((answer) => 'changed' in answer)).toHaveLength(1);
        }
      });
    }
  },
};

type Group = Awaited<ReturnType<Subject['group']>>;

function addEachToTheOther(subject: Subject, a: Group, b: Group) {
  return Promise.all([
    subject.attempt(subject.membersOf(a, { add: [{ id: b.id }] })),
    subject.attempt(subject.membersOf(b, { add: [{ id: a.id }] })),
  ]);
}
