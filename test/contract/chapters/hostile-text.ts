import { expect } from 'vitest';
import type { ResourceId } from '#model/resource.ts';
import type { Chapter } from '../chapter.ts';
import { keyOf, PATHS } from '../sample.ts';
import { UNKNOWN_ID } from '../subject.ts';

const TEXTS = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '*',
  '*)(uid=*',
  ')(|(uid=*',
  'cn=a,dc=x+uid=b',
  '\\2a',
  `' OR '1'='1`,
  '"; DROP TABLE resources; --',
  '{}',
  '{tenant}:un',
  '%',
  '_',
  '$where',
  '../../etc/passwd',
  '\r\nSET x y\r\n',
  'undefined',
  'null',
  '0',
  '\ud800',
];

export const hostileText: Chapter = {
  title: 'hostile texts',
  define(test, { ids }) {
    for (const text of TEXTS) {
      test(`${JSON.stringify(text)} is a name like any other`, async (subject) => {
        const bystander = await subject.user('bystander', { externalId: 'other' });
        expect(await subject.byKey('User', PATHS.userName, text)).toEqual([]);
        const user = await subject.user(text, { externalId: text, displayName: text });
        expect((await subject.now(user)).attributes).toEqual({ userName: text, externalId: text, displayName: text });
        expect(await subject.byKey('User', PATHS.userName, text)).toEqual([user.id]);
        expect(await subject.byKey('User', PATHS.externalId, text)).toEqual([user.id]);
        await subject.refused(subject.createOf('User', { userName: text }), { code: 'UNIQUENESS', ids: [user.id] });
        await subject.delete(user);
        expect(await subject.foundIds('User')).toEqual([bystander.id]);
      });

      test(`${JSON.stringify(text)} is nobody's id`, async (subject) => {
        const user = await subject.user('a');
        const group = await subject.group('G', [user]);
        const id = text as ResourceId;
        expect(await subject.get({ type: 'User', id })).toBeNull();
        expect(await subject.get({ type: text, id: user.id })).toBeNull();
        expect(await subject.linkedIds('members', 'in', { type: 'User', id })).toEqual([]);
        const pairs = [{ from: id, to: user.id }];
        expect(await subject.adapter.areLinked(subject.call, 'members', pairs, { transitive: false })).toEqual([false]);
        await subject.refused({ kind: 'delete', type: 'User', id }, { code: 'NOT_FOUND' });
        await subject.refused(subject.membersOf(group, { add: [{ id }] }), { code: 'INVALID_VALUE', ids: [id] });
        expect((await subject.done(subject.membersOf(group, { remove: [id] }))).changed).toBe(false);
        await subject.refused(subject.createOf('User', { userName: 'b' }, { manager: id }), { code: 'INVALID_VALUE' });
      });

      test(`${JSON.stringify(text)} names no key`, async (subject) => {
        await subject.user('a');
        const keys = [{ attribute: text, value: 'a' }, keyOf(PATHS.externalId, text)];
        expect(await subject.adapter.byKeys(subject.call, 'User', keys)).toEqual([[], []]);
      });
    }

    test('a text with NUL is stored as it is or refused, and looked up without harm', async (subject) => {
      const answer = await subject.attempt(subject.createOf('User', { userName: 'a\0b', displayName: '\0' }));
      if ('changed' in answer) expect(answer.resource?.attributes).toEqual({ userName: 'a\0b', displayName: '\0' });
      else expect(answer.code).toBe('INVALID_VALUE');
      const stored = 'changed' in answer && answer.resource ? [answer.resource.id] : [];
      expect(await subject.byKey('User', PATHS.userName, 'a\0b')).toEqual(stored);
      expect(await subject.byKey('User', PATHS.userName, 'a')).toEqual([]);
      expect(await subject.get({ type: 'User', id: `${UNKNOWN_ID}\0` as ResourceId })).toBeNull();
    });

    test('an attribute called __proto__ reaches no prototype', async (subject) => {
      const attributes = JSON.parse('{ "userName": "a", "__proto__": { "polluted": true } }');
      await subject.attempt(subject.createOf('User', attributes));
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      for (const { attributes: stored } of (await subject.find('User')).items) {
        expect(Reflect.get(stored, 'polluted')).toBeUndefined();
      }
    });

    if (ids === 'assigned') return;

    test('an id with other letters in upper case is another id', async (subject) => {
      const id = 'abcdefab-cdef-4abc-8def-abcdefabcdef' as ResourceId;
      await subject.done({ ...subject.createOf('User', { userName: 'a' }), id });
      expect(await subject.get({ type: 'User', id: id.toUpperCase() as ResourceId })).toBeNull();
    });
  },
};
