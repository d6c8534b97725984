import { describe, expect, test } from 'vitest';
import { parseJson } from '#model/parse-json.ts';

describe('a body’s JSON is refused by position, without quoting it', () => {
  test.each([
    ['{"a":"x\\q"}', 8],
    ['{"a":"\u0001"}', 6],
    ['{"a\\x":1}', 1],
    ['{"a":"}', 5],
    ['{"a":"b" "c"}', 9],
    ['{"\\u0061":1,"a":2}', 12],
    ['{"__proto__":1}', 1],
  ])('%s', (text, position) => {
    expect(() => parseJson(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_SYNTAX', message: expect.stringContaining(`position ${position} `) }),
    );
  });
});

test('a string of millions of escapes is read', () => {
  expect(parseJson(`{"a":"${'\\n'.repeat(5_000_000)}"}`)).toEqual({ a: '\n'.repeat(5_000_000) });
});

test('a backslash may stand at the end of a string', () => {
  expect(parseJson('{"a":"\\\\","b":"\\\\\\""}')).toEqual({ a: '\\', b: '\\"' });
});

test('a fault says its line and column', () => {
  const fault = /position 12 \(line 3, column 10\)/;
  expect(() => parseJson('{\n\n  "a": 1 x')).toThrow(fault);
});

test('an object has at most 1,000 keys', () => {
  const withKeys = (count: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 1])));
  expect(Object.keys(parseJson(withKeys(1_000)) as object)).toHaveLength(1_000);
  expect(() => parseJson(withKeys(1_001))).toThrow(/at most 1000 keys in an object/);
});

test('a body has at most a million values', () => {
  expect(parseJson(`[${'0,'.repeat(999_998)}0]`)).toHaveLength(999_999);
  expect(() => parseJson(`[${'0,'.repeat(999_999)}0]`)).toThrow(/at most 1000000 values/);
});
