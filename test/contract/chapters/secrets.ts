import { expect } from 'vitest';
import type { Secrets } from '#adapters/adapter.ts';
import type { StoredResource } from '#model/resource.ts';
import type { Chapter } from '../chapter.ts';
import { draftOf } from '../sample.ts';
import { type Subject, UNKNOWN_ID } from '../subject.ts';

export const secrets: Chapter = {
  title: 'secrets',
  define(test, { passwords }) {
    test('without any, secrets are empty; of nobody they are null', async (subject) => {
      const user = await subject.user('a');
      const group = await subject.group('G');
      const asked = [UNKNOWN_ID, user.id, group.id];
      expect(await subject.adapter.secrets(subject.call, 'User', asked)).toEqual([null, {}, null]);
    });

    if (passwords !== 'stores-hash') {
      test('a hash is not declared, so refused', async (subject) => {
        await subject.refused(withSecrets(subject, { passwordHash: 'h' }), { code: 'UNSUPPORTED' });
      });
    }

    if (passwords !== 'hashes') {
      test('a password in clear is not declared, so refused', async (subject) => {
        await subject.refused(withSecrets(subject, { password: 'clear' }), { code: 'UNSUPPORTED' });
        expect(await subject.foundIds('User')).toEqual([]);
      });
    }

    if (passwords === 'hashes') {
      test('a password in clear is taken and nowhere read again', async (subject) => {
        const user = await subject.stored(withSecrets(subject, { password: 'correct horse' }));
        const read = await subject.adapter.secrets(subject.call, 'User', [user.id]);
        expect(JSON.stringify([read, await subject.now(user), await subject.find('User')])).not.toContain(
          'correct horse',
        );
      });
    }

    if (passwords !== 'stores-hash') return;

    test('a hash is read by secrets() and by nothing else', async (subject) => {
      const user = await subject.stored(withSecrets(subject, { passwordHash: 'argon2-hash' }));
      expect(await hashOf(subject, user)).toBe('argon2-hash');
      const others = [
        user,
        await subject.now(user),
        await subject.find('User'),
        await subject.linked('members', 'in', user),
      ];
      expect(JSON.stringify(others)).not.toContain('argon2-hash');
    });

    test('a write without secrets leaves them, null clears them', async (subject) => {
      const user = await subject.stored(withSecrets(subject, { passwordHash: 'one' }));
      const titled = await subject.stored(subject.contentOf(user, { userName: 'a', title: 'T' }));
      expect(await hashOf(subject, user)).toBe('one');
      await subject.done(contentWith(subject, titled, { passwordHash: null }));
      expect(await hashOf(subject, user)).toBeUndefined();
    });

    test('a write that carries secrets is always a change', async (subject) => {
      const user = await subject.stored(withSecrets(subject, { passwordHash: 'one' }));
      const same = await subject.done(contentWith(subject, user, { passwordHash: 'one' }));
      expect(same.changed).toBe(true);
      expect(same.resource?.version).not.toBe(user.version);
    });

    test('who takes over a name takes over no password', async (subject) => {
      const user = await subject.stored(withSecrets(subject, { passwordHash: 'one' }));
      await subject.delete(user);
      const heir = await subject.user('a');
      expect(await hashOf(subject, heir)).toBeUndefined();
    });
  },
};

function withSecrets(subject: Subject, secrets: Secrets) {
  const draft = { ...draftOf('User', { userName: 'a' }), secrets };
  return { kind: 'create', type: 'User', ...subject.newId(), draft } as const;
}

function contentWith(subject: Subject, before: StoredResource, secrets: Secrets) {
  const write = subject.contentOf(before, before.attributes);
  return { ...write, content: { before, draft: { ...draftOf('User', before.attributes), secrets } } };
}

async function hashOf(subject: Subject, { id }: StoredResource): Promise<string | null | undefined> {
  const [found] = await subject.adapter.secrets(subject.call, 'User', [id]);
  return found?.passwordHash;
}
