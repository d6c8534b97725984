import { describe, expect, test } from 'vitest';
import { memberChangeOf } from '#core/patch/members.ts';
import type { PatchOperation } from '#core/patch/operation.ts';
import { validateBody } from '#core/validate/body.ts';
import type { JsonObject } from '#model/resource.ts';
import { LENIENT } from '#test/support/lenient.ts';
import { GROUP, memberChange, patch, refused, USER } from './patched.ts';

const ATTACKS = [
  '{"op":"add","path":"__proto__","value":{"x":1}}',
  '{"op":"add","path":"__proto__.x","value":1}',
  '{"op":"add","path":"constructor.prototype","value":{"x":1}}',
  '{"op":"add","path":"name.__proto__","value":{"x":1}}',
  '{"op":"add","path":"emails[__proto__ eq \\"x\\"].x","value":1}',
  '{"op":"add","path":"emails[type eq \\"x\\"].__proto__","value":{"x":1}}',
  '{"op":"add","path":"urn:ietf:params:scim:schemas:core:2.0:User:__proto__","value":{"x":1}}',
  '{"op":"add","value":{"__proto__":{"x":1}}}',
  '{"op":"add","value":{"constructor":{"prototype":{"x":1}}}}',
  '{"op":"add","value":{"constructor.prototype":{"x":1}}}',
  '{"op":"add","value":{"toString.x":1}}',
  '{"op":"add","value":{"name.__proto__":{"x":1}}}',
  '{"op":"add","value":{"emails[constructor eq \\"x\\"].x":1}}',
  '{"op":"add","path":"name","value":{"__proto__":{"x":1}}}',
  '{"op":"add","path":"emails","value":[{"constructor":{"x":1}}]}',
  '{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","value":{"__proto__":{"x":1}}}',
  '{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":{"prototype":"x"}}',
].map((text): [string, object] => [text, JSON.parse(text)]);

describe('names that every object inherits are refused and set nothing', () => {
  test.each(ATTACKS)('%s', (_, operation) => {
    expect(refused(() => patch([operation]))).toMatch(/^INVALID_(PATH|VALUE|FILTER)/);
    expect(({} as { x?: unknown }).x).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('in members', () => {
    const operation = JSON.parse('{"op":"add","path":"members","value":[{"value":"a","__proto__":{"x":1}}]}');
    expect(refused(() => memberChange([operation]))).toContain('INVALID_VALUE');
  });

  test.each([
    '{"userName":"babs","__proto__":{"x":1}}',
    '{"userName":"babs","constructor":{"prototype":{"x":1}}}',
    '{"userName":"babs","name":{"__proto__":{"x":1}}}',
    '{"userName":"babs","unknown":[{"deep":{"prototype":1}}]}',
    '{"userName":"babs","emails":[{"value":"a","__proto__":{"x":1}}]}',
  ])('in a body: %s', (text) => {
    const body = JSON.parse(text) as JsonObject;
    expect(refused(() => validateBody(USER, body, { leniency: LENIENT }))).toMatch(/^INVALID_VALUE .*attribute name/);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

test('a value nested without end is refused without exhausting the stack', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(refused(() => patch([{ op: 'add', path: 'emails', value: deep }]))).toContain('INVALID_VALUE');
  expect(refused(() => validateBody(USER, { userName: 'babs', unknown: deep }, { leniency: LENIENT }))).toContain(
    'at most 32 objects and arrays',
  );
});

describe('work grows with the request, not with its square', () => {
  /** Milliseconds of this thread's own work: other tests run beside it. */
  const timed = (run: () => unknown) => {
    const before = process.threadCpuUsage();
    run();
    return process.threadCpuUsage(before).user / 1_000;
  };

  test('100,000 members in one operation take less than a second', () => {
    const value = Array.from({ length: 100_000 }, (_, index) => ({ value: `id-${index}`, display: `User ${index}` }));
    for (const op of ['add', 'replace', 'remove']) {
      expect(timed(() => memberChange([{ op, path: 'members', value }]))).toBeLessThan(1_000);
    }
    expect(refused(() => memberChange([{ op: 'add', path: 'members', value: [...value, { value: 'x' }] }]))).toContain(
      'INVALID_VALUE members: expected at most 100000 values',
    );
  });

  test('10,000 operations of one member each take less than half a second', () => {
    const operations = (count: number): readonly PatchOperation[] =>
      Array.from({ length: count }, (_, index) => ({
        op: 'add',
        path: { path: { text: 'members', at: 0 } },
        value: [{ value: `id-${index}` }],
      }));
    const run = (count: number) => timed(() => memberChangeOf(GROUP, operations(count), LENIENT));
    run(10_000);
    expect(run(10_000)).toBeLessThan(500);
  });

  test('operations on a large attribute are cut off before they take seconds', () => {
    const emails = Array.from({ length: 1_000 }, (_, index) => ({ value: `a${index}@example.com` }));
    const operations = Array.from({ length: 10_000 }, (_, index) => ({
      op: 'replace',
      path: `emails[value eq "a${index % 1_000}@example.com"].display`,
      value: String(index),
    }));
    const took = timed(() => {
      expect(refused(() => patch(operations, { attributes: { emails } }))).toContain('TOO_LARGE');
    });
    expect(took).toBeLessThan(3_000);
  });

  test('operations with many values each are cut off too', () => {
    const value = (from: number) => Array.from({ length: 900 }, (_, index) => ({ value: `a${from + index}` }));
    const operations = Array.from({ length: 300 }, (_, index) => ({
      op: 'replace',
      path: 'roles',
      value: value(index),
    }));
    expect(refused(() => patch(operations, { attributes: {} }))).toContain('TOO_LARGE');
  });

  test('an attribute holds at most 1,000 values', () => {
    const emails = Array.from({ length: 1_000 }, (_, index) => ({ value: `a${index}@example.com` }));
    const more = { op: 'add', path: 'emails', value: [{ value: 'one more' }] };
    expect(refused(() => patch([more], { attributes: { emails } }))).toContain(
      'expected at most 1000 values, got 1001',
    );
    expect(patch([{ ...more, value: [emails[0]] }], { attributes: { emails } }).attributes['emails']).toHaveLength(
      1_000,
    );
  });
});
