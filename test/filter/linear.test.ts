import { describe, expect, test } from 'vitest';
import { parseFilter } from '#core/filter/parse.ts';
import { resolveFilter } from '#core/filter/resolve.ts';
import { parsePatchPath } from '#core/patch/path.ts';
import { parseInstant } from '#model/fold.ts';
import { matches } from '#model/matches.ts';
import { printFilter } from './print-filter.ts';
import { linkedTo, refusalOf, stored, USER } from './sample.ts';

const RAISED = { length: 100_000_000, depth: 1_000, terms: 1_000_000 };

const user = stored({ userName: 'zoe', emails: [{ value: 'zoe@x.org', type: 'work' }] });

/** The least of several runs: noise only ever adds. */
function leastMs(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** Step by step, so that everything is alive at once: a garbage collection has as much to carry for ten small filters as for a large one. */
function evaluate(texts: readonly string[]): boolean[] {
  const parsed = texts.map((text) => parseFilter(text, RAISED));
  const resolved = parsed.map((syntax) => resolveFilter(USER, syntax));
  return resolved.map((filter) => matches(filter, user, linkedTo({})));
}

function terms(count: number, term: (index: number) => string, joint: string): string {
  return Array.from({ length: count }, (_, index) => term(index)).join(joint);
}

function timesTheCost(small: string, large: string): number {
  const tenSmall = Array<string>(10).fill(small);
  return leastMs(3, () => evaluate([large])) / (leastMs(3, () => evaluate(tenSmall)) / 10);
}

describe('a filter costs time linear in its terms: 10,000 cost at most 12 times 1,000', () => {
  test.each<[string, (count: number) => string]>([
    ['alternatives on one path', (count) => terms(count, (i) => `userName eq "user${i}"`, ' or ')],
    ['alternatives on several', (count) => terms(count, (i) => `${i % 2 ? 'title' : 'nickName'} sw "x${i}"`, ' or ')],
    ['demands', (count) => terms(count, (i) => `userName ne "user${i}"`, ' and ')],
    ['both, in groups', (count) => terms(count / 2, (i) => `(userName ne "a${i}" or title eq "b${i}")`, ' and ')],
    ['negations', (count) => terms(count, (i) => `not (userName eq "user${i}")`, ' and ')],
    ['value paths', (count) => terms(count / 2, (i) => `emails[type eq "t${i}" and value eq "v${i}"]`, ' or ')],
    ['one value path', (count) => `emails[${terms(count, (i) => `value ne "v${i}"`, ' and ')}]`],
    ['links', (count) => terms(count, (i) => `groups eq "g${i}"`, ' or ')],
  ])('%s', (_, text) => {
    const [small, large] = [text(1_000), text(10_000)];
    evaluate([small, large]);
    // The machine is shared: one quiet attempt tells, and a cost that grew with the square would show 100 in each.
    const attempts: number[] = [];
    while (attempts.length < 20 && !attempts.some((times) => times < 12)) attempts.push(timesTheCost(small, large));
    expect(Math.min(...attempts)).toBeLessThan(12);
  });
});

describe('hostile text is refused in milliseconds', () => {
  const million = 1_000_000;
  const wide = terms(100_000, () => 'a pr', ' or ');
  test.each<[string, string, string]>([
    ['opening parentheses', '('.repeat(million), 'nested more than 1000 deep'],
    ['not', 'not ('.repeat(million), 'nested more than 1000 deep'],
    ['opening brackets', 'a['.repeat(million), 'brackets within brackets'],
    ['a word', 'a'.repeat(million), 'expected an operator'],
    ['a word for an operator', `a ${'b'.repeat(million)}`, 'expected an operator'],
    ['a word for a value', `a eq ${'b'.repeat(million)}`, 'put the value in double quotes'],
    ['digits', `a eq ${'1'.repeat(million)}`, 'put the value in double quotes'],
    ['a word after a value', `a pr ${'b'.repeat(million)}`, 'expected "and", "or" or the end'],
    ['dots', '.'.repeat(million), 'expected an attribute path'],
    ['colons', `a${':'.repeat(million)}`, 'expected an attribute path'],
    ['a URN with a wrong end', `urn:${'a.'.repeat(million)}=`, 'expected an attribute path'],
    ['white space', `a pr${' '.repeat(million)}x`, 'expected "and", "or" or the end'],
    ['a string without end', `a eq "${'b'.repeat(million)}`, 'expected a closing double quote'],
    ['backslashes', `a eq "${'\\'.repeat(million)}`, 'expected a closing double quote'],
    ['a string with a bad escape at its end', `a eq "${'b'.repeat(million)}\\x"`, 'expected a JSON string'],
  ])('%s', (_, text, expected) => {
    const parsing = () => refusalOf(() => parseFilter(text, RAISED));
    expect(parsing()).toContain(expected);
    expect(parsing().length).toBeLessThan(300);
    expect(leastMs(3, parsing)).toBeLessThan(250);
  });

  test('past the default limits before anything is read', () => {
    expect(refusalOf(() => parseFilter('('.repeat(million)))).toContain('longer than 65536 characters');
    expect(refusalOf(() => parseFilter('('.repeat(60_000)))).toContain('nested more than 32 deep');
    expect(refusalOf(() => parseFilter(wide.slice(0, 60_003)))).toMatch(/^TOO_MANY filter: more than 1000 comparisons/);
    expect(leastMs(3, () => refusalOf(() => parseFilter('('.repeat(million))))).toBeLessThan(10);
  });

  test('and a wide filter within raised ones neither overflows the stack nor takes long', () => {
    const filter = parseFilter(wide, RAISED);
    expect(printFilter(filter)).toBe(wide);
    expect(leastMs(3, () => parseFilter(wide, RAISED))).toBeLessThan(1_000);
  });

  test.each([
    ['an open bracket', `emails[${'a'.repeat(million)}`],
    ['an open string', `emails[value eq "${'a'.repeat(million)}`],
    ['strings without a bracket', `emails[${'"a"'.repeat(million / 3)}`],
    ['digits', `emails[${'1'.repeat(million)}]x`],
    ['brackets', '['.repeat(million)],
  ])('in a PATCH path too: %s', (_, text) => {
    expect(leastMs(3, () => refusalOf(() => parsePatchPath(text, RAISED)))).toBeLessThan(250);
  });

  test('in a date and time too', () => {
    const text = `2011-05-13T04:42:34.${'1'.repeat(million)}`;
    expect(parseInstant(`${text}x`)).toBeUndefined();
    expect(leastMs(3, () => parseInstant(`${text}Z`))).toBeLessThan(100);
  });
});
