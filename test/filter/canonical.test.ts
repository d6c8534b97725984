import { describe, expect, test } from 'vitest';
import { filterToText, sortToText } from '#core/filter/canonical.ts';
import { parseFilter } from '#core/filter/parse.ts';
import { resolveFilter } from '#core/filter/resolve.ts';
import { openRegistry } from '#core/schema/registry.ts';
import { resolveSort } from '#core/search/sort-path.ts';

const user = openRegistry().type('User');
if (user === undefined) throw new Error('the registry has users');

const textOf = (filter: string) => filterToText(resolveFilter(user, parseFilter(filter)));

describe('filters that ask the same have one text', () => {
  test.each([
    ['active eq true and title pr', 'title pr and active eq true'],
    ['title eq "a" or title eq "b"', 'TITLE eq "B" or title eq "A" or title eq "a"'],
    ['title pr or (active eq true and userName sw "x")', '(userName sw "X" and active eq true) or title pr'],
    ['emails[type eq "work" and value pr]', 'emails[value pr and type eq "WORK"]'],
    ['groups.value eq "1" or groups.value eq "2"', 'groups.value eq "2" or groups.value eq "1"'],
    ['title pr and title pr', 'title pr'],
    ['not (active eq true and title pr)', 'not (title pr and active eq true)'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:title pr', 'title pr'],
  ])('%s | %s', (one, other) => {
    expect(textOf(one)).toBe(textOf(other));
  });
});

describe('filters that ask something else have another', () => {
  test.each([
    ['active eq true', 'active eq false'],
    ['title eq "true"', 'active eq true'],
    ['title eq "a"', 'title ne "a"'],
    ['title eq "a"', 'displayName eq "a"'],
    ['externalId eq "a"', 'externalId eq "A"'],
    ['title pr and active eq true', 'title pr or active eq true'],
    ['title eq "a" and (title eq "b" or title eq "c")', '(title eq "a" and title eq "b") or title eq "c"'],
    ['title eq "a" or title eq "b"', 'title eq "a,b"'],
    ['title eq "[\\"pr\\"]"', 'title pr'],
    ['not (title pr)', 'title pr'],
    ['emails[type eq "work" and value pr]', 'emails.type eq "work" and emails.value pr'],
    ['groups.value eq "1"', 'groups pr'],
    ['groups.value eq "*"', 'groups pr'],
    ['groups.value eq "1"', 'manager eq "1"'],
  ])('%s | %s', (one, other) => {
    expect(textOf(one)).not.toBe(textOf(other));
  });
});

test('a deep filter has a text no longer than itself, but for the paths', () => {
  const deep = (levels: number): string =>
    levels === 0 ? 'title eq "\\"\\\\\\""' : `not (active eq true and ${deep(levels - 1)})`;
  expect(textOf(deep(20)).length).toBeLessThan(20 * 60);
});

test('the same path under another comparison is another order', () => {
  const sort = resolveSort(user, 'title', 'ascending');
  const exact = { ...sort, by: { ...sort.by, comparison: 'exact' } } as const;
  expect(sortToText(sort)).not.toBe(sortToText(exact));
  expect(sortToText(sort)).not.toBe(sortToText({ ...sort, order: 'descending' }));
});
