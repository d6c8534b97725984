import { expect } from 'vitest';
import type { Chapter } from '../chapter.ts';
import { PATHS } from '../sample.ts';

/** Pairs that a user means as one name, and that core folds to one key. */
const SAME = [
  ['ADA', 'ada'],
  ['\u00dcnal', 'u\u0308NAL'],
  ['\uff21\uff24\uff21', 'ada'],
  ['\u{10400}x', '\u{10428}X'],
] as const;

/** Pairs that some collation takes for one, and that are two names here. */
const DIFFERENT = [
  ['ada', 'ada '],
  ['a b', 'a  b'],
  ['e', '\u00e9'],
  ['strasse', 'straße'],
  ['\u0131', 'i'],
  ['\u{1f600}', '\u{1f601}'],
  ['\uffee', '\u{1f600}'],
  ['a', 'a\u200d'],
] as const;

const WRITTEN = [
  'Ünal',
  'U\u0308nal',
  '山田太郎',
  '\u{20bb7}野家',
  '\u{1f469}\u200d\u{1f680}',
  'a\tb\nc',
  '  spaces  ',
  'ß ẞ ſ İ ı',
];

export const collation: Chapter = {
  title: 'texts',
  define(test) {
    for (const [one, two] of SAME) {
      test(`${JSON.stringify(one)} and ${JSON.stringify(two)} are one name`, async (subject) => {
        const user = await subject.user(one);
        expect(await subject.byKey('User', PATHS.userName, two)).toEqual([user.id]);
        await subject.refused(subject.createOf('User', { userName: two }), { code: 'UNIQUENESS', ids: [user.id] });
      });
    }

    for (const [one, two] of DIFFERENT) {
      test(`${JSON.stringify(one)} and ${JSON.stringify(two)} are two names`, async (subject) => {
        const first = await subject.user(one);
        expect(await subject.byKey('User', PATHS.userName, two)).toEqual([]);
        const second = await subject.user(two);
        expect(await subject.byKey('User', PATHS.userName, one)).toEqual([first.id]);
        expect(await subject.byKey('User', PATHS.userName, two)).toEqual([second.id]);
      });
    }

    for (const text of WRITTEN) {
      test(`${JSON.stringify(text)} is stored as it was written`, async (subject) => {
        const user = await subject.user('a', { displayName: text });
        expect((await subject.now(user)).attributes['displayName']).toBe(text);
      });
    }
  },
};
