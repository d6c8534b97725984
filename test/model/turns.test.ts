import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { mapInTurns, nextTurn } from '#model/turns.ts';

/** Keeps the process busy, as a comparison of many values does. */
function work(milliseconds: number): number {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return milliseconds;
}

/** How many pieces of work were done between two turns of the others, at most, until `ended`. */
async function mostBetweenTurns(done: () => number, ended: Promise<unknown>): Promise<number> {
  let running = true;
  const end = () => {
    running = false;
  };
  ended.then(end, end);
  let most = 0;
  for (let before = done(); running; before = done()) {
    await turnOfOthers();
    most = Math.max(most, done() - before);
  }
  return most;
}

describe('long work', () => {
  test('keeps others waiting no longer for being many', async () => {
    let done = 0;
    const one = () => {
      done += 1;
      return work(1);
    };
    const all = Promise.all(
      Array.from({ length: 10 }, () =>
        mapInTurns(
          Array.from({ length: 64 }, () => null),
          one,
          () => {},
        ),
      ),
    );
    // Each begins with 16 of its own before it looks at the time; from then on one works at a time, for 20 ms and what it takes to look.
    await turnOfOthers();
    expect(await mostBetweenTurns(() => done, all)).toBeLessThanOrEqual(2 * 36);
    expect(done).toBe(640);
  });

  test('goes on in the order in which it waits, and keeps the order of its items', async () => {
    const order: number[] = [];
    const waiters = [1, 2, 3].map(async (each) => {
      await nextTurn();
      order.push(each);
    });
    const items = Array.from({ length: 100 }, (_, index) => index);
    const doubled = await mapInTurns(
      items,
      (item) => work(1) && item * 2,
      () => {},
    );
    expect(doubled).toEqual(items.map((item) => item * 2));
    await Promise.all(waiters);
    expect(order).toEqual([1, 2, 3]);
  });

  test('ends where nobody waits for it any more', async () => {
    let done = 0;
    const given = new Error('given up');
    const working = mapInTurns(
      Array.from({ length: 1_000 }, () => null),
      () => {
        done += 1;
        return work(1);
      },
      () => {
        throw given;
      },
    );
    await expect(working).rejects.toBe(given);
    expect(done).toBeLessThan(1_000);
  });
});

describe('long work under a clock that a test has stopped', () => {
  test('goes on all the same', async () => {
    vi.useFakeTimers();
    try {
      await nextTurn();
    } finally {
      vi.useRealTimers();
    }
    await nextTurn();
  });
});
