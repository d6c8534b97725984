import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsList, writeJson } from '#graphql/http/write-json.ts';
import { BodyBytes } from '#model/body-bytes.ts';

const values = fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }) as fc.Arbitrary<unknown>;

function written(value: unknown, limit = Number.MAX_SAFE_INTEGER): { readonly text: string; readonly whole: boolean } {
  const bytes = new BodyBytes(1);
  const whole = writeJson(bytes, value, limit);
  const text = bytes.view().toString();
  bytes.release();
  return { text, whole };
}

describe('an answer written piece by piece', () => {
  test('is what JSON.stringify makes of it, whatever the characters', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(written(value)).toEqual({ text: JSON.stringify(value), whole: true });
        const result = { errors: undefined, data: { page: [value, value] }, extensions: undefined };
        expect(written(result).text).toBe(JSON.stringify(result));
      }),
    );
  });

  test('grows past any buffer', () => {
    const value = { data: { nodes: Array.from({ length: 3_000 }, (_, at) => ({ id: at, name: 'Ł'.repeat(500) })) } };
    expect(written(value).text).toBe(JSON.stringify(value));
  });

  test('is whole up to the limit, and given up soon after it', () => {
    const value = { nodes: Array.from({ length: 1_000 }, () => 'é') };
    const length = Buffer.byteLength(JSON.stringify(value));
    expect(written(value, length).whole).toBe(true);
    expect(written(value, length - 1).whole).toBe(false);
    expect(written(value, 100)).toMatchObject({ whole: false, text: expect.stringMatching(/^.{50,110}$/) });
  });

  test('is in pieces where a list stands in it', () => {
    expect([{ a: { b: [] } }, [1]].map(holdsList)).toEqual([true, true]);
    expect([null, 'x', { a: { b: null, c: 'x' } }].map(holdsList)).toEqual([false, false, false]);
  });
});
