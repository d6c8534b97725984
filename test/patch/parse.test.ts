import { describe, expect, test } from 'vitest';
import { parseOperations } from '#core/patch/parse.ts';
import type { DirectoryError } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { LENIENT_MESSAGE } from '#test/support/lenient.ts';
import { refused } from './patched.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const RFC = { missingMessageSchema: 'refuse', emptyOperations: 'refuse', capitalOperations: 'refuse' } as const;

describe('a PatchOp message, RFC 7644 §3.5.2', () => {
  test('gives its operations in order, their names in any case', () => {
    const body = {
      schemas: [PATCH_OP],
      operations: [
        { OP: 'add', Path: 'title', Value: 'x' },
        { op: 'remove', path: 'title' },
        { op: 'replace', path: null, value: { title: null } },
      ],
    };
    expect(parseOperations(body, RFC)).toEqual([
      { op: 'add', path: { path: { text: 'title', at: 0 } }, value: 'x' },
      { op: 'remove', path: { path: { text: 'title', at: 0 } } },
      { op: 'replace', value: { title: null } },
    ]);
  });

  test('has operations in capitals where the profile says so', () => {
    const body = { schemas: [PATCH_OP], Operations: [{ op: 'REMOVE', path: 'title' }] };
    expect(parseOperations(body, LENIENT_MESSAGE)).toMatchObject([{ op: 'remove' }]);
    expect(refused(() => parseOperations(body, RFC))).toContain(
      'INVALID_SYNTAX Operations[0].op: expected add, remove or replace, got "REMOVE"',
    );
  });

  test('may lack its schema and its operations where the profile says so', () => {
    expect(parseOperations({ Operations: [] }, LENIENT_MESSAGE)).toEqual([]);
    expect(refused(() => parseOperations({ Operations: [] }, RFC))).toMatch(/^INVALID_SYNTAX schemas.*Operations/);
    expect(refused(() => parseOperations({ schemas: ['urn:x'], Operations: [] }, LENIENT_MESSAGE))).toContain(
      'INVALID_SYNTAX schemas',
    );
  });

  test.each<[Json, string]>([
    [[], 'INVALID_SYNTAX expected a PatchOp message'],
    [{}, 'INVALID_SYNTAX Operations: expected an array of one or more operations'],
    [{ Operations: {} }, 'INVALID_SYNTAX Operations: expected an array of one or more operations, got an object'],
    [{ op: 'replace', path: 'active', value: false }, 'wrap it in "Operations"'],
    [{ Operations: ['x'] }, 'INVALID_SYNTAX Operations[0]: expected an operation'],
    [{ Operations: [{ path: 'x' }] }, 'INVALID_SYNTAX Operations[0].op: expected add, remove or replace'],
    [
      { Operations: [{ op: 'move', path: 'x' }] },
      'INVALID_SYNTAX Operations[0].op: expected add, remove or replace, got "move"',
    ],
    [{ Operations: [{ op: 'add', Op: 'remove' }] }, 'INVALID_SYNTAX op is given twice'],
    [{ Operations: [{ op: 'add', path: 'x' }] }, 'INVALID_VALUE Operations[0].value: expected a value to add'],
    [{ Operations: [{ op: 'replace', path: 'x' }] }, 'INVALID_VALUE Operations[0].value'],
    [{ Operations: [{ op: 'remove', path: 7 }] }, 'INVALID_SYNTAX Operations[0].path: expected a path'],
    [{ Operations: [{ op: 'remove', path: '' }] }, 'INVALID_PATH'],
    [
      {
        Operations: [
          { op: 'remove', path: 'a' },
          { op: 'remove', path: 'a b' },
        ],
      },
      'INVALID_PATH operation 2 of 2',
    ],
    [{ Operations: Array.from({ length: 10_001 }, () => ({ op: 'remove', path: 'x' })) }, 'TOO_LARGE at most 10000'],
  ])('%j', (body, expected) => expect(refused(() => parseOperations(body, LENIENT_MESSAGE))).toContain(expected));

  test('tells all faults of its form at once', () => {
    try {
      parseOperations({ Operations: [{ op: 'x' }, { op: 'add' }, 7] }, LENIENT_MESSAGE);
      expect.unreachable();
    } catch (error) {
      expect((error as DirectoryError).faults.map(({ path }) => path)).toEqual([
        'Operations[0].op',
        'Operations[1].value',
        'Operations[2]',
      ]);
    }
  });
});
