import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { create, Gateway } from '../gateway.ts';
import { done, mutate, type Values } from './mutate.ts';

describe('members', () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await Gateway.open();
  });
  afterEach(() => gateway[Symbol.asyncDispose]());

  const people = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) => create(gateway.session(), 'User', { userName: `p${index}` })),
    );
  const countOf = async (id: string) =>
    (await done(gateway, 'patchGroup', { id, group: {} }, 'members { totalCount }'))['members'];

  test('come and go in one adapter call, however large the group is', async () => {
    const ids = await people(1_002);
    const members = ids.slice(2).map((value) => ({ value }));
    for (const size of [0, 1_000]) {
      const group = await create(gateway.session(), 'Group', {
        displayName: `G${size}`,
        members: members.slice(0, size),
      });
      for (const name of ['addMembers', 'removeMembers']) {
        gateway.calls.length = 0;
        await done(gateway, name, { group, members: ids.slice(0, 2) }, 'id displayName meta { version }');
        expect(gateway.calls).toEqual(['write']);
      }
      expect(await countOf(group)).toEqual({ totalCount: size });
    }
  });

  test('a hundred that come at once all come, and as many that go', async () => {
    const ids = await people(100);
    const group = await create(gateway.session(), 'Group', { displayName: 'G' });
    for (const [name, left] of [
      ['addMembers', 100],
      ['removeMembers', 0],
    ] as const) {
      const answers = await Promise.all(ids.map((id) => mutate(gateway, name, { group, members: [id] })));
      expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
      expect(await countOf(group)).toEqual({ totalCount: left });
    }
  });

  test('that are there already stay, that are not are passed over, none at all change nothing', async () => {
    const [a = '', b = ''] = await people(2);
    const group = await create(gateway.session(), 'Group', { displayName: 'G', members: [{ value: a }] });
    const version = async (name: string, members: readonly string[]) =>
      (await done(gateway, name, { group, members }, 'etag'))['etag'];
    const before = await version('addMembers', []);
    expect(await version('addMembers', [a])).toBe(before);
    expect(await version('removeMembers', [b, 'nobody'])).toBe(before);
    expect(await version('removeMembers', [])).toBe(before);
    expect(await countOf(group)).toEqual({ totalCount: 1 });
    expect(await version('addMembers', [b, b])).not.toBe(before);
    expect(await countOf(group)).toEqual({ totalCount: 2 });
  });

  test('a patch of members alone reads nothing, one beside a name does', async () => {
    const [a = ''] = await people(1);
    const group = await create(gateway.session(), 'Group', { displayName: 'G' });
    const calls = async (change: Values) => {
      gateway.calls.length = 0;
      await done(gateway, 'patchGroup', { id: group, group: change });
      return [...gateway.calls];
    };
    expect(await calls({ members: { add: [a] } })).toEqual(['write']);
    expect(await calls({ members: { set: [a] } })).toEqual(['write']);
    expect(await calls({ members: { remove: [a] }, displayName: 'H' })).toEqual(['getMany', 'write']);
  });
});
