import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { draftOf, ENTERPRISE } from '../sample.ts';
import { UNKNOWN_ID } from '../subject.ts';

const FULL = {
  userName: 'ada@example.com',
  externalId: 'Ext-1',
  displayName: 'Ada Łovelace',
  title: 'Analyst',
  active: true,
  name: { familyName: 'Łovelace', givenName: 'Ada' },
  emails: [
    { value: 'ada@example.com', type: 'work', primary: true },
    { value: 'ada@example.net', type: 'home' },
  ],
  [ENTERPRISE]: { department: 'Analysis' },
} as const;

export const reads: Chapter = {
  title: 'reading by id',
  define(test) {
    test('a resource reads back as it was written', async (subject) => {
      const boss = await subject.user('boss');
      const started = Date.now() - 5_000;
      const { id } = await subject.user('ada@example.com', FULL, { manager: boss.id });
      const stored = await subject.now({ type: 'User', id });
      expect(stored.type).toBe('User');
      expect(stored.attributes).toEqual(FULL);
      expect(stored.links).toEqual({ manager: boss.id });
      expect(stored.version).not.toBe('');
      expect(stored.createdAt).toEqual(stored.modifiedAt);
      expect(stored.createdAt.getTime()).toBeGreaterThan(started);
    });

    test('ids are answered one by one, in order, null where nothing is', async (subject) => {
      const [first, second] = await subject.users('a', 'b');
      const found = await subject.adapter.getMany(subject.call, 'User', [second.id, UNKNOWN_ID, first.id, second.id]);
      expect(found).toEqual([second, null, first, second]);
    });

    test('an id of another type is as good as none', async (subject) => {
      const group = await subject.group('Staff');
      expect(await subject.get({ type: 'User', id: group.id })).toBeNull();
      expect(await subject.get(group)).toEqual(group);
    });

    test('no ids, no answers', async (subject) => {
      expect(await subject.adapter.getMany(subject.call, 'User', [])).toEqual([]);
      expect(await subject.adapter.byKeys(subject.call, 'User', [])).toEqual([]);
      expect(await subject.adapter.linked(subject.call, 'members', 'out', [], { page: { limit: 10 } })).toEqual([]);
      expect(await subject.adapter.areLinked(subject.call, 'members', [], { transitive: false })).toEqual([]);
      expect(await subject.adapter.write(subject.call, [])).toEqual([]);
    });

    test('what a caller does to his draft after the write changes nothing', async (subject) => {
      const attributes = { userName: 'ada', name: { familyName: 'Byron' } };
      const draft = draftOf('User', attributes);
      const user = await subject.stored({ kind: 'create', type: 'User', ...subject.newId(), draft });
      attributes.userName = 'eve';
      attributes.name.familyName = 'Eve';
      expect((await subject.now(user)).attributes).toEqual({ userName: 'ada', name: { familyName: 'Byron' } });
    });
  },
};
