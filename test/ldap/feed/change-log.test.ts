import { describe, expect, test } from 'vitest';
import { ChangeLog } from '#adapters/ldap/feed/change-log.ts';
import { momentOf, timeOf } from '#adapters/ldap/feed/moments.ts';
import type { Place } from '#adapters/ldap/feed/places.ts';
import type { ResourceId } from '#model/resource.ts';
import { expectFailure } from '#test/contract/subject.ts';

const placeOf = (base: string) => ({ type: 'User', base }) as Place;
const [ours, theirs] = [placeOf('ou=ours'), placeOf('ou=theirs')];

function begun(capacity: number, moment = 'm0'): ChangeLog {
  const log = new ChangeLog(capacity);
  log.reach(moment);
  return log;
}

function tell(log: ChangeLog, id: string, { place = ours, moment = `after ${id}` } = {}): void {
  log.append({ id: id as ResourceId, place, kind: 'updated', at: new Date() }, moment);
}

const idsAfter = (log: ChangeLog, position: string, limit = 10) =>
  log.after(log.find(position, [ours]).serial, [ours], limit).map(({ told }) => told.id);

function failureOf(log: ChangeLog, position: string): unknown {
  try {
    return log.find(position, [ours]);
  } catch (error) {
    return error;
  }
}

describe('a log of changes', () => {
  test('has one position for whoever has read everything, whatever happens to others', () => {
    const log = begun(10);
    const start = log.position([ours]);
    tell(log, 'x', { place: theirs });
    log.reach('m1');
    expect(log.position([ours])).toBe(start);
    tell(log, 'a');
    const [change] = log.after(log.find(start, [ours]).serial, [ours], 10);
    expect(change?.position).toBe(log.position([ours]));
    expect(log.position([ours])).not.toBe(start);
  });

  test('forgets the oldest, which ends the positions before it of those whose it was, and of nobody else', () => {
    const log = begun(3);
    const start = log.position([ours]);
    for (const id of ['x', 'y', 'z']) tell(log, id, { place: theirs });
    tell(log, 'a');
    tell(log, 'b');
    expect(idsAfter(log, start)).toEqual(['a', 'b']);
    tell(log, 'c');
    expect(idsAfter(log, start)).toEqual(['a', 'b', 'c']);
    tell(log, 'x', { place: theirs });
    expectFailure(failureOf(log, start), 'EXPIRED_CURSOR');
    const [, second] = log.after(1, [ours], 10);
    expect(idsAfter(log, second?.position ?? '')).toEqual([]);
  });

  test('takes up what another log has given out at a moment that both know, and nothing else', () => {
    const [one, other] = [begun(10, 'm0'), begun(10, 'after a')];
    for (const id of ['a', 'b', 'c']) tell(one, id);
    for (const id of ['b', 'c']) tell(other, id);
    const [a, b] = one.after(0, [ours], 10);
    expect(idsAfter(other, a?.position ?? '')).toEqual(['b', 'c']);
    expect(idsAfter(other, b?.position ?? '')).toEqual(['c']);
    expectFailure(failureOf(other, begun(10, 'm0').position([ours])), 'EXPIRED_CURSOR');
    // A change without a moment of its own may be told twice elsewhere, and is never left out.
    one.append({ id: 'd' as ResourceId, place: ours, kind: 'updated', at: new Date() });
    tell(other, 'd');
    expect(idsAfter(other, one.position([ours]))).toEqual(['d']);
  });

  test('begins anew under another name after a gap', () => {
    const log = begun(10);
    tell(log, 'a');
    const position = log.position([ours]);
    log.reset();
    expect(log.hasBegun).toBe(false);
    log.reach('m9');
    expectFailure(failureOf(log, position), 'EXPIRED_CURSOR');
    expect(idsAfter(log, log.position([ours]))).toEqual([]);
  });

  test.each(['', '.', 'a.b', 'a.0.', '__proto__.0.x', 'a.zzzzzzzzzzzz.m0'])('has no place for "%s"', (position) => {
    expectFailure(failureOf(begun(10), position), 'EXPIRED_CURSOR');
  });
});

describe('a moment', () => {
  const [first, second] = ['20261127042357.364316Z#000000#001#000000', '20261127042358.000001Z#000000#002#000000'];

  test('is the same whichever server says it, and in whatever order', () => {
    expect(momentOf(`rid=000,csn=${first};${second}`)).toBe(`${first};${second}`);
    expect(momentOf(`rid=001,sid=002,csn=${second};${first},delcsn=x`)).toBe(`${first};${second}`);
    expect(momentOf('opaque')).toBe('opaque');
  });

  test('has the time of its last change', () => {
    expect(timeOf(`${first};${second}`)?.toISOString()).toBe('2026-11-27T04:23:58.000Z');
    expect(timeOf(first)?.toISOString()).toBe('2026-11-27T04:23:57.364Z');
    expect(timeOf('opaque')).toBeUndefined();
  });
});
