import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { PATHS } from '../sample.ts';

export const uniqueness: Chapter = {
  title: 'unique keys',
  define(test) {
    test('a taken name is refused with its holder and the attribute', async (subject) => {
      const holder = await subject.user('ada');
      const taken = { code: 'UNIQUENESS', ids: [holder.id], path: 'userName' } as const;
      await subject.refused(subject.createOf('User', { userName: 'ADA' }), taken);
      const other = await subject.user('bob');
      await subject.refused(subject.contentOf(other, { userName: 'Ada' }), taken);
      expect(await subject.now(other)).toEqual(other);
      expect(await subject.byKey('User', PATHS.userName, 'ada')).toEqual([holder.id]);
    });

    test('a resource may change how its own name is written', async (subject) => {
      const user = await subject.user('ada');
      const written = await subject.change(user, { userName: 'ADA' });
      expect(written).toMatchObject({ changed: true, resource: { attributes: { userName: 'ADA' } } });
    });

    test('a name is free again once its holder has another, or is gone', async (subject) => {
      const [ada, bob] = await subject.users('ada', 'bob');
      await subject.change(ada, { userName: 'eve' });
      const second = await subject.user('ada');
      await subject.delete(bob);
      const third = await subject.user('bob');
      expect(await subject.byKey('User', PATHS.userName, 'ada')).toEqual([second.id]);
      expect(await subject.byKey('User', PATHS.userName, 'bob')).toEqual([third.id]);
    });

    test('a refused name stays free for another', async (subject) => {
      const ada = await subject.user('ada');
      await subject.refused(
        subject.contentOf(ada, { userName: 'new', externalId: 'x' }, { manager: 'nobody' as never }),
        {
          code: 'INVALID_VALUE',
        },
      );
      const user = await subject.user('new');
      expect(await subject.byKey('User', PATHS.userName, 'new')).toEqual([user.id]);
    });

    test('two names can be swapped by way of a third', async (subject) => {
      const [a, b] = await subject.users('a', 'b');
      await subject.change(a, { userName: 'spare' });
      await subject.change(b, { userName: 'a' });
      await subject.change(await subject.now(a), { userName: 'b' });
      expect(await subject.byKey('User', PATHS.userName, 'a')).toEqual([b.id]);
      expect(await subject.byKey('User', PATHS.userName, 'b')).toEqual([a.id]);
    });
  },
};
