import { describe, expect, test } from 'vitest';
import { parseJson } from '#scim/request/parse-json.ts';

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
