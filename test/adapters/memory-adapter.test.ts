import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { memory } from '#adapters/memory/memory-adapter.ts';
import type { AttributePath, Filter } from '#model/filter.ts';
import { contractShape, PATHS } from '#test/contract/sample.ts';
import { callOf, expectRejection, idsOf, Subject } from '#test/contract/subject.ts';

const MANY = 9_000;
const TITLED_OLD: Filter = { kind: 'compare', path: PATHS.title, operator: 'eq', literal: 'old' };
const EVERYBODY: Filter = { kind: 'present', path: PATHS.userName };

async function openSubject(options: unknown = {}): Promise<Subject> {
  return new Subject(await memory.open(memory.options.parse(options), contractShape));
}

async function fill(subject: Subject, count: number): Promise<void> {
  const creates = Array.from({ length: count }, (_, i) =>
    subject.createOf('User', { userName: `u${i}`, title: 'old' }),
  );
  for (const answer of await subject.adapter.write(subject.call, creates))
    expect(answer).toMatchObject({ changed: true });
}

describe('options of the memory adapter', () => {
  test('nothing given means the defaults', () => {
    expect(memory.options.parse(undefined)).toEqual({ changesKept: 100_000 });
  });

  test('unknown keys and wrong values are told at once', () => {
    const parse = () => memory.options.parse({ changesKept: 0, size: 1, toString: 2 });
    expect(parse).toThrowError(
      expect.objectContaining({
        code: 'INVALID_VALUE',
        faults: [
          expect.objectContaining({ path: 'size' }),
          expect.objectContaining({ path: 'toString' }),
          expect.objectContaining({ path: 'changesKept', got: '0' }),
        ],
      }),
    );
  });

  test.each(['memory', 7, []])('%j is no table of options', (value) => {
    expect(() => memory.options.parse(value)).toThrowError(expect.objectContaining({ code: 'INVALID_VALUE' }));
  });
});

describe('a list with a filter, while others write', () => {
  test('shows every resource as it was when the list began', async () => {
    const subject = await openSubject();
    await fill(subject, MANY);
    const before = await subject.foundIds('User', { page: { limit: MANY } });
    const reading = subject.find('User', { filter: TITLED_OLD, page: { limit: MANY, total: true } });
    for (const id of before.slice(0, 50)) await subject.delete({ type: 'User', id });
    for (const user of (await subject.find('User', { page: { offset: MANY - 150, limit: 50 } })).items) {
      await subject.change(user, { title: 'new' });
    }
    await fill(await subject.in('other' as never), 10);
    await subject.user('late');
    const { items, total } = await reading;
    expect(idsOf(items)).toEqual(before);
    expect(new Set(items.map(({ attributes }) => attributes['title']))).toEqual(new Set(['old']));
    expect(total).toBe(MANY);
  });

  test('lets other requests have a turn', async () => {
    const subject = await openSubject();
    await fill(subject, MANY);
    let turns = 0;
    let reading = true;
    const others = (async () => {
      while (reading) {
        await nextTurn();
        turns++;
      }
    })();
    await subject.find('User', { filter: EVERYBODY, page: { limit: 1, total: true } });
    reading = false;
    await others;
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  test('ends when nobody waits for it any more', async () => {
    const subject = await openSubject();
    await fill(subject, MANY);
    const controller = new AbortController();
    const call = callOf({ signal: controller.signal });
    const reading = subject.adapter.find(call, 'User', { filter: EVERYBODY, page: { limit: 1, total: true } });
    controller.abort();
    await expectRejection(reading, 'TIMEOUT');
  });
});

describe('the feed of the memory adapter', () => {
  test('past retention a position has expired, within it none is', async () => {
    const subject = await openSubject({ changesKept: 3 });
    const { next: start } = await subject.adapter.changes(subject.call, null, 1);
    await subject.users('a', 'b', 'c');
    const { changes } = await subject.adapter.changes(subject.call, start, 10);
    expect(changes).toHaveLength(3);
    await subject.user('d');
    await expectRejection(subject.adapter.changes(subject.call, start, 10), 'EXPIRED_CURSOR');
    const late = await subject.adapter.changes(subject.call, changes[0]?.position ?? '', 10);
    expect(late.changes).toHaveLength(3);
  });

  test('a position of an earlier process has expired, however near it is', async () => {
    const earlier = await openSubject();
    await earlier.user('a');
    const { next } = await earlier.adapter.changes(earlier.call, null, 1);
    const later = await openSubject();
    await later.users('a', 'b');
    await expectRejection(later.adapter.changes(later.call, next, 10), 'EXPIRED_CURSOR');
  });

  test('a deletion keeps nothing of the resource but its tombstone', async () => {
    const subject = await openSubject();
    const user = await subject.user('a', { displayName: 'Ada' });
    const { next } = await subject.adapter.changes(subject.call, null, 1);
    await subject.delete(user);
    const { changes } = await subject.adapter.changes(subject.call, next, 1);
    expect(JSON.stringify(changes)).not.toContain('Ada');
  });
});

describe('a clock that is set back', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  test('does not date a change before the one it follows', async () => {
    vi.setSystemTime('2026-01-01T12:00:00Z');
    const subject = await openSubject();
    const user = await subject.user('a');
    vi.setSystemTime('2026-01-01T11:00:00Z');
    const { resource } = await subject.change(user, { title: 'T' });
    expect(resource?.modifiedAt).toEqual(user.modifiedAt);
    expect(resource?.version).not.toBe(user.version);
  });
});

describe('sort orders of the memory adapter', () => {
  test('more paths than are kept stay right, whatever is written between', async () => {
    const subject = await openSubject();
    await subject.users('c', 'a', 'b');
    const paths: readonly AttributePath[] = [...Object.values(PATHS), ...Object.values(PATHS)];
    for (const [i, by] of paths.entries()) {
      await subject.user(`n${i}`, { title: `t${100 - i}`, displayName: `d${i % 7}` });
      const sorted = await subject.foundIds('User', { sort: { by, order: 'ascending' } });
      expect(sorted).toHaveLength(4 + i);
      expect(await subject.foundIds('User', { sort: { by, order: 'descending' } })).toEqual(sorted.toReversed());
    }
  });
});

describe('what the memory adapter hands out', () => {
  test('cannot be used to change what is stored', async () => {
    const subject = await openSubject();
    const user = await subject.user('a', { name: { familyName: 'F' } });
    expect(() => Object.assign(user.attributes['name'] as object, { familyName: 'X' })).toThrow(TypeError);
    user.createdAt.setFullYear(1990);
    expect((await subject.now(user)).createdAt.getFullYear()).toBeGreaterThan(1990);
  });

  test('a position that it did not give out is refused', async () => {
    const subject = await openSubject();
    await subject.user('a');
    for (const after of ['', 'x', '{}', '[]', '[1]', '["a",{}]']) {
      await expectRejection(subject.find('User', { page: { limit: 1, after } }), 'INVALID_CURSOR');
    }
    const group = await subject.group('G', [await subject.user('b')]);
    for (const after of ['', '[]', '["User","x"]']) {
      await expectRejection(subject.linked('members', 'out', group, { page: { limit: 1, after } }), 'INVALID_CURSOR');
    }
  });
});

test('members that came and went one by one have the same pages as members that came at once', async () => {
  const subject = await openSubject();
  await fill(subject, 130);
  const users = (await subject.find('User')).items.toSorted((a, b) =>
    String(a.attributes['userName']) < String(b.attributes['userName']) ? -1 : 1,
  );
  const group = await subject.group('G');
  for (const user of users) await subject.addMembers(group, user);
  for (const kept of [130, 60, 30, 10]) {
    for (const user of users.slice(kept)) await subject.removeMembers(group, user);
    const atOnce = await subject.group('H', users.slice(0, kept));
    const expected = await subject.linkedIds('members', 'out', atOnce);
    expect(expected).toHaveLength(kept);
    for (const limit of [1, 7, 1_000]) {
      expect(await subject.pagedLinkIds('members', 'out', group, {}, limit)).toEqual(expected);
    }
  }
});

test('adding one member reads and writes nothing that grows with the group', async () => {
  const subject = await openSubject();
  await fill(subject, MANY);
  const ids = await subject.foundIds('User', { page: { limit: MANY } });
  const add = ids.slice(0, MANY - 1).map((id) => ({ id }));
  const group = await subject.stored(subject.createOf('Group', { displayName: 'G' }, {}, { add }));
  const small = await subject.group('S');
  const cost = async (target: typeof group) => {
    const user = { type: 'User', id: ids[MANY - 1] as typeof group.id };
    const started = process.cpuUsage();
    for (let i = 0; i < 2_000; i++) {
      await subject.addMembers(target, user);
      await subject.removeMembers(target, user);
    }
    return process.cpuUsage(started).user;
  };
  await cost(small);
  // A copy of 9,000 members per change would cost a hundred times as much; the bound leaves room for a busy machine.
  expect(await cost(group)).toBeLessThan(5 * (await cost(small)));
});
