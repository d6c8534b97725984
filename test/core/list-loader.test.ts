import { describe, expect, test } from 'vitest';
import { openListLoader } from '#core/list-loader.ts';

/** A loader of squares that fails for negative keys, and the batches that it was asked for. */
function squares(keysPerBatch = 100) {
  const batches: (readonly number[])[] = [];
  const loadBatch = async (keys: readonly number[]) => {
    batches.push(keys);
    if (keys.some((key) => key < 0)) throw new Error('negative');
    return keys.map((key) => key * key);
  };
  return { loader: openListLoader({ loadBatch, keysPerBatch }), batches };
}

describe('what is asked for together is loaded together', () => {
  test('by whoever asks, also where one only asks once another promise is there', async () => {
    const { loader, batches } = squares();
    const late = Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => loader.load(3));
    expect(await Promise.all([loader.loadMany([1, 2]), loader.load(2), late])).toEqual([[1, 4], 4, 9]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  test('each key once, also later', async () => {
    const { loader, batches } = squares();
    expect(await loader.loadMany([1, 1, 2])).toEqual([1, 1, 4]);
    expect(await loader.loadMany([2, 3])).toEqual([4, 9]);
    expect(batches).toEqual([[1, 2], [3]]);
  });

  test('in parts where there are more than one call may have', async () => {
    const { loader, batches } = squares(2);
    expect(await loader.loadMany([1, 2, 3, 4, 5])).toEqual([1, 4, 9, 16, 25]);
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  test('keys of one identity are one', async () => {
    const asked: string[] = [];
    const loader = openListLoader({
      loadBatch: async (keys: readonly string[]) => keys.map((key) => asked.push(key)),
      keysPerBatch: 10,
      identityOf: (key: string) => key.toLowerCase(),
    });
    expect(await loader.loadMany(['a', 'A', 'b'])).toEqual([1, 1, 2]);
    expect(asked).toEqual(['a', 'b']);
  });
});

describe('a failure', () => {
  test('stands for each key of its part, and for no other', async () => {
    const { loader } = squares(2);
    const failure = new Error('negative');
    expect(await loader.loadMany([1, -1, 3, 4])).toEqual([failure, failure, 9, 16]);
    await expect(loader.load(-1)).rejects.toEqual(failure);
    expect(await loader.load(3)).toBe(9);
  });

  test('is told where too few values come back', async () => {
    const loader = openListLoader<number, number>({ loadBatch: async () => [1], keysPerBatch: 10 });
    expect(await loader.loadMany([1, 2])).toEqual([expect.any(TypeError), expect.any(TypeError)]);
  });

  test('that nobody waits for ends nothing', async () => {
    const { loader } = squares();
    void loader.loadMany([-1]);
    expect(await loader.load(2).catch(() => 'failed')).toBe('failed');
  });
});
