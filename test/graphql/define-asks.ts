import { readdirSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';

export type LeftOut = readonly [title: string, reason: string];

/** The reason for a whole file, or for tests by the beginning of their titles. */
export interface LeftOuts {
  readonly [file: string]: string | readonly LeftOut[];
}

/** All tests of `asks`, in the file that calls it, but those that `backend` cannot or need not pass, whose reasons are printed. */
export function defineAsks(backend: string, leftOuts: LeftOuts): void {
  const met = new Set<LeftOut>();
  const leaveOut = (title: string, reason: string, skip: (note: string) => void): void => {
    process.stderr.write(`not over ${backend}: "${title}": ${reason}\n`);
    skip(reason);
  };
  const defineBut = async (leftOut: readonly LeftOut[], define: () => Promise<unknown>): Promise<void> => {
    beforeEach(({ task, skip }) => {
      const found = leftOut.find(([title]) => task.name.startsWith(title));
      if (found === undefined) return;
      met.add(found);
      leaveOut(task.name, found[1], skip);
    });
    await define();
  };
  for (const name of readdirSync(new URL('asks', import.meta.url)).sort()) {
    const file = name.replace('.test.ts', '');
    const leftOut = leftOuts[file] ?? [];
    if (typeof leftOut === 'string') test(file, ({ skip }) => leaveOut(file, leftOut, skip));
    else describe(file, () => defineBut(leftOut, () => import(`./asks/${file}.test.ts`)));
  }
  test('what is left out is there', () => {
    const entries = Object.values(leftOuts).flatMap((leftOut) => (typeof leftOut === 'string' ? [] : leftOut));
    expect(entries.filter((entry) => !met.has(entry))).toEqual([]);
  });
}
