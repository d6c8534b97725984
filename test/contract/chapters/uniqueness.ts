import { expect } from 'vitest';
import type { Draft, Write } from '#adapters/adapter.ts';
import { pathName } from '#model/filter.ts';
import type { Attributes, Key } from '#model/resource.ts';
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

    test('a resource may have several unique values of one attribute, each of which is its own until it gives it up', async (subject) => {
      const create = (userName: string, ...emails: readonly string[]) =>
        unique(subject.createOf('User', { userName, ...addresses(emails) }));
      const ada = await subject.stored(create('ada', 'ada@example.com', 'lovelace@example.com'));
      const taken = { code: 'UNIQUENESS', ids: [ada.id], path: 'emails.value' } as const;
      await subject.refused(create('eve', 'eve@example.com', 'Lovelace@Example.com'), taken);
      const eve = await subject.stored(create('eve', 'eve@example.com'));
      await subject.done(unique(subject.contentOf(ada, { userName: 'ada', ...addresses(['ada@example.com']) })));
      await subject.done(
        unique(subject.contentOf(eve, { userName: 'eve', ...addresses(['eve@example.com', 'lovelace@example.com']) })),
      );
      expect(await subject.byKey('User', PATHS.email, 'lovelace@example.com')).toEqual([eve.id]);
      await subject.refused(create('bob', 'ada@example.com'), taken);
      await subject.delete(ada);
      await subject.stored(create('bob', 'ada@example.com'));
    });

    test('a value becomes unique with the keys alone', async (subject) => {
      const a = await subject.user('a', addresses(['x@example.com']));
      expect(await subject.done(unique(subject.contentOf(a, a.attributes)))).toMatchObject({ changed: false });
      await subject.refused(unique(subject.createOf('User', { userName: 'c', ...addresses(['X@example.com']) })), {
        code: 'UNIQUENESS',
        ids: [a.id],
      });
    });
  },
};

function addresses(values: readonly string[]): Attributes {
  return { emails: values.map((value) => ({ value })) };
}

/** The write as core makes it where a tenant has unique e-mail addresses. */
function unique<Operation extends Extract<Write, { kind: 'create' | 'update' }>>(operation: Operation): Operation {
  const isEmail = ({ attribute }: Key) => attribute === pathName(PATHS.email);
  const strict = ({ uniqueKeys, lookupKeys, ...draft }: Draft): Draft => ({
    ...draft,
    uniqueKeys: [...uniqueKeys, ...lookupKeys.filter(isEmail)],
    lookupKeys: lookupKeys.filter((key) => !isEmail(key)),
  });
  if (operation.kind === 'create') return { ...operation, draft: strict(operation.draft) };
  const { content } = operation;
  return { ...operation, ...(content && { content: { ...content, draft: strict(content.draft) } }) };
}
