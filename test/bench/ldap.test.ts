import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '#test/support/run-command.ts';

interface Result {
  readonly figures: readonly { readonly measure: string; readonly value: number; readonly unit: string }[];
  readonly rows: readonly { readonly case: string; readonly perSecond: number; readonly failures: number }[];
  readonly trips: readonly { readonly operation: string; readonly counted: { readonly [kind: string]: number } }[];
}

/** Far too short for a figure to mean anything: whether it measures, not what. */
const SMALL = ['--people', '200', '--seconds', '1', '--rounds', '1', '--warm-up', '0', '--connections', '4'];

/** Three servers are started one after the other, beside whatever else runs. */
const WITHIN_MS = 240_000;

describe('the benchmark of a directory, as small as can be', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portico-bench-test-'));
  const file = join(folder, 'result.json');
  let printed: string;
  let result: Result;
  beforeAll(async () => {
    const bench = ['bench/main.ts', '--adapter', 'ldap', '--only', 'get,large,trips', ...SMALL, '--result', file];
    printed = await run(process.execPath, bench);
    result = JSON.parse(readFileSync(file, 'utf8')) as Result;
  }, WITHIN_MS);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('serves a slapd that it has filled, and compares its rate with that of plain searches', () => {
    const row = { against: 'ldapts', people: 200, failures: 0 };
    expect(result.rows).toEqual([
      expect.objectContaining({ case: 'get by id, its entry alone', ...row }),
      expect.objectContaining({ case: 'get by id', ...row }),
    ]);
    for (const { perSecond } of result.rows) expect(perSecond).toBeGreaterThan(0);
    expect(printed).toMatch(/^get by id, its entry alone +200 .* >= 0\.45 +(met|MISSED)$/m);
  });

  test('times what has nothing to be compared with', () => {
    expect(result.figures.map(({ measure }) => measure)).toContain('group of 200: one member more');
    for (const { value, unit } of result.figures) expect([value > 0, unit]).toEqual([true, 'ms']);
  });

  test('counts round trips in the log of the server, and says which are more than they should be', () => {
    const counted = Object.fromEntries(result.trips.map((trips) => [trips.operation, trips.counted]));
    expect(counted).toMatchObject({ 'adapter: create': { ADD: 1 }, PUT: { SRCH: 1, MOD: 1 } });
    expect(printed).toMatch(/^adapter: create +1 +1 ADD +<= 1 +met$/m);
  });
});
