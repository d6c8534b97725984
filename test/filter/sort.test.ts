import { describe, expect, test } from 'vitest';
import { resolvePath, toAttributePath } from '#core/schema/resolve-path.ts';
import type { AttributePath } from '#model/filter.ts';
import type { Attributes, StoredResource } from '#model/resource.ts';
import { compareBySort, compareEntries, sortKey } from '#model/sort.ts';
import { stored, USER } from './sample.ts';

function pathOf(text: string): AttributePath {
  const path = resolvePath(USER, text);
  if (path?.attribute === undefined) throw new Error(`no attribute ${text}`);
  return toAttributePath({ ...path, attribute: path.attribute });
}

function sorted(by: string, resources: readonly StoredResource[], order: 'ascending' | 'descending' = 'ascending') {
  return [...resources].sort(compareBySort({ by: pathOf(by), order })).map(({ id }) => id);
}

function users(users: { readonly [id: string]: Attributes }): readonly StoredResource[] {
  return Object.entries(users).map(([id, attributes]) => stored(attributes, id));
}

describe('sorting (RFC 7644 §3.4.2.3)', () => {
  test('ignores case where the attribute does, and puts absent values last', () => {
    const found = users({ a: { userName: 'bob' }, b: {}, c: { userName: 'Alice' }, d: { userName: 'CAROL' } });
    expect(sorted('userName', found)).toEqual(['c', 'a', 'd', 'b']);
  });

  test('descends in the exact reverse, absent values first and ids reversed too', () => {
    const found = users({ a: { title: 'x' }, b: {}, c: { title: 'X' }, d: {}, e: { title: 'w' } });
    const ascending = sorted('title', found);
    expect(ascending).toEqual(['e', 'a', 'c', 'b', 'd']);
    expect(sorted('title', found, 'descending')).toEqual([...ascending].reverse());
  });

  test('takes the primary value, else the first', () => {
    const found = users({
      a: { emails: [{ value: 'z@x' }, { value: 'a@x', primary: true }] },
      b: { emails: [{ value: 'b@x' }, { value: 'c@x', primary: false }] },
      c: { emails: [{ value: 'aa@x' }] },
      d: { emails: [] },
    });
    expect(sorted('emails', found)).toEqual(['a', 'c', 'b', 'd']);
    expect(sorted('emails.value', found)).toEqual(['a', 'c', 'b', 'd']);
  });

  test('passes over a primary value that lacks the sub-attribute', () => {
    const [user] = users({
      a: {
        emails: [
          { value: 'x', display: 'D' },
          { value: 'y', primary: true },
        ],
      },
    });
    expect(user && sortKey(user, pathOf('emails.display'))).toBe('d');
  });

  test('orders by code point above U+FFFF, not by UTF-16 unit', () => {
    const found = users({ a: { title: '\u{1f600}' }, b: { title: '\uff5e' } });
    expect(sorted('title', found)).toEqual(['b', 'a']);
  });

  test('knows instants, booleans and the id', () => {
    const found = users({ b: { active: true }, a: { active: false } });
    expect(sorted('active', found)).toEqual(['a', 'b']);
    expect(sorted('id', found)).toEqual(['a', 'b']);
    expect(sorted('meta.created', found)).toEqual(['a', 'b']);
  });

  test('is by id where nothing is asked', () => {
    const found = users({ b: {}, a: {}, c: {} });
    expect([...found].sort(compareBySort(undefined)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('is the same for keys that were read before', () => {
    const by = pathOf('title');
    const found = users({ a: { title: 'x' }, b: {}, c: { title: 'A' } });
    const entries = found.map((resource) => ({ key: sortKey(resource, by), id: resource.id }));
    for (const order of ['ascending', 'descending'] as const) {
      expect([...entries].sort(compareEntries(order)).map(({ id }) => id)).toEqual(sorted('title', found, order));
    }
  });
});
