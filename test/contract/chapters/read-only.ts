import type { Chapter } from '../chapter.ts';
import { UNKNOWN_ID } from '../subject.ts';

export const readOnly: Chapter = {
  title: 'a backend that is only read',
  define(test) {
    test('every write is refused', async (subject) => {
      const readOnlyFailure = { code: 'READ_ONLY' } as const;
      await subject.refused(subject.createOf('User', { userName: 'a' }), readOnlyFailure);
      await subject.refused(subject.membersOf(UNKNOWN_ID, { replace: true }), readOnlyFailure);
      await subject.refused({ kind: 'delete', type: 'User', id: UNKNOWN_ID }, readOnlyFailure);
      await subject.refused({ kind: 'restore', type: 'User', id: UNKNOWN_ID }, readOnlyFailure);
    });

    test('a backend that serves says so', async (subject) => {
      await subject.adapter.ping(subject.call);
    });
  },
};
