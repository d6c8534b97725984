import { describe, expect, test } from 'vitest';
import { openCursors } from '#core/search/cursor.ts';
import type { TenantId } from '#model/resource.ts';

const ACME = 'acme' as TenantId;
const OTHER = 'other' as TenantId;
const cursors = openCursors('a secret');

test('a cursor opens for the tenant and query that it was sealed for', () => {
  const cursor = cursors.seal(ACME, 'User active eq true', 'posítion 7');
  expect(cursors.open(ACME, 'User active eq true', cursor)).toBe('posítion 7');
});

test('a cursor has unreserved characters only (RFC 9865 §2)', () => {
  expect(cursors.seal(ACME, 'q', 'ÿþ?&=/+ '.repeat(9))).toMatch(/^[A-Za-z0-9._~-]+$/);
});

test('what a cursor holds cannot be read from it (RFC 9865 §5.2)', () => {
  const position = 'lovelace '.repeat(20);
  const [body = ''] = cursors.seal(ACME, 'q', position).split('.');
  expect(Buffer.from(body, 'base64url').toString('latin1')).not.toMatch(/lovelace|(.)\1\1\1/);
  expect(cursors.open(ACME, 'q', cursors.seal(ACME, 'q', position))).toBe(position);
});

test('replicas that share a secret open each other’s cursors, others do not', () => {
  const cursor = cursors.seal(ACME, 'q', 'p');
  expect(openCursors('a secret').open(ACME, 'q', cursor)).toBe('p');
  expect(() => openCursors('another').open(ACME, 'q', cursor)).toThrow(
    expect.objectContaining({ code: 'INVALID_CURSOR' }),
  );
});

describe('a cursor of another tenant, query or making gives the same refusal', () => {
  const cursor = cursors.seal(ACME, 'User', 'p');
  const flipped = [...cursor].map((_, index) => {
    const swapped = cursor[index] === 'A' ? 'B' : 'A';
    return cursor.slice(0, index) + swapped + cursor.slice(index + 1);
  });
  const cases: readonly [string, TenantId, string, string][] = [
    ['another tenant', OTHER, 'User', cursor],
    ['another query', ACME, 'Group', cursor],
    ['tenant and query run together', 'acmeU' as TenantId, 'ser', cursor],
    ['empty', ACME, 'User', ''],
    ['more text', ACME, 'User', `${cursor}.x`],
    ...flipped
      .filter((text) => text !== cursor)
      .map((text): [string, TenantId, string, string] => [text, ACME, 'User', text]),
  ];
  test.each(cases)('%s', (_name, tenant, query, text) => {
    expect(() => cursors.open(tenant, query, text)).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }));
  });
});

test('a cursor past its lifetime says that it expired', () => {
  let now = 1_000;
  const timed = openCursors('s', 500, () => now);
  const cursor = timed.seal(ACME, 'q', 'p');
  now = 1_500;
  expect(timed.open(ACME, 'q', cursor)).toBe('p');
  now = 1_501;
  expect(() => timed.open(ACME, 'q', cursor)).toThrow(expect.objectContaining({ code: 'EXPIRED_CURSOR' }));
});
