import { expect } from 'vitest';
import type { Change } from '#adapters/adapter.ts';
import type { Chapter } from '../chapter.ts';
import { callOf, expectRejection, OTHER_TENANT, type Subject } from '../subject.ts';

export const feed: Chapter = {
  title: 'the feed of changes',
  define(test, { feed, retain }) {
    if (!feed) {
      test('a feed is not declared, so refused', async (subject) => {
        await expectRejection(subject.adapter.changes(subject.call, null, 10), 'UNSUPPORTED');
      });
      return;
    }

    test('asked for the present position it answers at once, without changes', async (subject) => {
      await subject.user('a');
      const { changes, next } = await subject.adapter.changes(subject.call, null, 10);
      expect(changes).toEqual([]);
      expect(next).not.toBe('');
    });

    test('changes come in commit order, each with its version, deletes as tombstones', async (subject) => {
      const start = await position(subject);
      const user = await subject.user('a');
      const group = await subject.group('G');
      const renamed = await subject.change(user, { title: 'T' });
      const filled = await subject.addMembers(group, user);
      await subject.delete(group);
      const changes = await read(subject, start, 5);
      expect(changes).toMatchObject([
        { kind: 'created', id: user.id, type: 'User', version: user.version },
        { kind: 'created', id: group.id, type: 'Group', version: group.version },
        { kind: 'updated', id: user.id, version: renamed.resource?.version },
        { kind: 'updated', id: group.id, version: filled.resource?.version },
        { kind: 'deleted', id: group.id, type: 'Group' },
      ]);
      expect(changes[4]?.version).toBeUndefined();
      expect(new Set(changes.map((change) => change.position)).size).toBe(5);
      for (const { at } of changes) expect(at).toBeInstanceOf(Date);
    });

    test('a change says who made it and by which request, and which members it moved', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G');
      const start = await position(subject);
      const call = callOf({ actor: 'okta', requestId: 'r-42' });
      await subject.adapter.write(call, [subject.membersOf(group, { add: [{ id: user.id }] })]);
      const [change] = await read(subject, start, 1);
      expect(change).toMatchObject({ actor: 'okta', requestId: 'r-42' });
      expect(change?.members).toEqual({ added: [{ id: user.id, type: 'User' }], removed: [] });
    });

    test('a deletion reports everything that it touched', async (subject) => {
      const boss = await subject.user('boss');
      const report = await subject.user('a', {}, { manager: boss.id });
      const group = await subject.group('G', [boss]);
      const start = await position(subject);
      await subject.delete(boss);
      const changes = await read(subject, start, 3);
      const versions = { group: (await subject.now(group)).version, report: (await subject.now(report)).version };
      expect(changes).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ kind: 'deleted', id: boss.id }),
          expect.objectContaining({ kind: 'updated', id: group.id, version: versions.group }),
          expect.objectContaining({ kind: 'updated', id: report.id, version: versions.report }),
        ]),
      );
    });

    test('what changed nothing, or was refused, leaves no record', async (subject) => {
      const user = await subject.user('a');
      const start = await position(subject);
      await subject.done(subject.contentOf(user, user.attributes));
      await subject.refused(subject.createOf('User', { userName: 'A' }), { code: 'UNIQUENESS' });
      const last = await subject.user('b');
      expect(await read(subject, start, 1)).toMatchObject([{ kind: 'created', id: last.id }]);
    });

    test('a reader takes as many as he asks for and goes on where he stopped', async (subject) => {
      const start = await position(subject);
      const users = await subject.users('a', 'b', 'c');
      const first = await subject.adapter.changes(subject.call, start, 2);
      expect(first.changes).toHaveLength(2);
      expect(first.next).toBe(first.changes[1]?.position);
      const second = await subject.adapter.changes(subject.call, first.next, 2);
      const seen = [...first.changes, ...second.changes].map(({ id }) => id);
      expect(new Set(seen)).toEqual(new Set(users.map(({ id }) => id)));
      const [change] = first.changes;
      expect((await subject.adapter.changes(subject.call, change?.position ?? '', 5)).changes).toHaveLength(2);
    });

    test('a reader who is up to date waits for the next change', async (subject) => {
      const start = await position(subject);
      const waiting = [
        subject.adapter.changes(subject.call, start, 5),
        subject.adapter.changes(subject.call, start, 5),
      ];
      const user = await subject.user('a');
      for (const answer of await Promise.all(waiting)) expect(answer.changes).toMatchObject([{ id: user.id }]);
    });

    test('a reader who gives up while waiting gets what there is: nothing', async (subject) => {
      const start = await position(subject);
      const controller = new AbortController();
      const waiting = subject.adapter.changes(callOf({ signal: controller.signal }), start, 5);
      controller.abort();
      expect(await waiting).toEqual({ changes: [], next: start });
    });

    test('a reader who waits is told when the backend closes', async (subject) => {
      const waiting = subject.adapter.changes(subject.call, await position(subject), 5);
      const outcome = expectRejection(waiting, 'UNAVAILABLE');
      await subject.adapter.close();
      await outcome;
    });

    test('a position from elsewhere has expired', async (subject) => {
      await expectRejection(subject.adapter.changes(subject.call, 'not-a-position', 5), 'EXPIRED_CURSOR');
    });

    test('changes of another tenant do not show', async (subject) => {
      const start = await position(subject);
      await subject.in(OTHER_TENANT).user('theirs');
      const user = await subject.user('ours');
      expect(await read(subject, start, 1)).toMatchObject([{ id: user.id }]);
    });

    if (!retain) return;

    test('a restoration is a change of its own kind', async (subject) => {
      const { id, type } = await subject.user('a');
      await subject.done({ kind: 'delete', type, id, retain: true });
      const start = await position(subject);
      const { resource } = await subject.done({ kind: 'restore', type, id });
      expect(await read(subject, start, 1)).toMatchObject([{ kind: 'restored', id, version: resource?.version }]);
    });
  },
};

async function position(subject: Subject): Promise<string> {
  return (await subject.adapter.changes(subject.call, null, 1)).next;
}

/** Exactly `count` changes, in as many reads as the backend needs. */
async function read(subject: Subject, start: string, count: number): Promise<readonly Change[]> {
  const found: Change[] = [];
  for (let after = start; found.length < count; ) {
    const { changes, next } = await subject.adapter.changes(subject.call, after, count - found.length);
    found.push(...changes);
    after = next;
  }
  return found;
}
