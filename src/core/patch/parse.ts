import { DirectoryError } from '#model/errors.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import { isList, isObject } from '#model/values.ts';
import { Faults, shown } from '../validate/faults.ts';
import { inOperation } from './fault.ts';
import type { PatchOperation } from './operation.ts';
import { parsePatchPath } from './path.ts';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const OPS = new Set(['add', 'remove', 'replace']);

/** A batch of members is one operation with many values; this many single ones is a client's mistake, or an attack. */
const MOST_OPERATIONS = 10_000;

/** The rules of RFC 7644 §3.5.2 that identity providers are known to break. */
export interface MessageTolerance {
  /** A body without `schemas` (Okta's push now). */
  readonly missingMessageSchema: 'accept' | 'refuse';
  /** `Operations: []` (Entra's validator). */
  readonly emptyOperations: 'accept' | 'refuse';
  /** `Add` (Entra). */
  readonly capitalOperations: 'accept' | 'refuse';
}

/**
 * The operations of a PatchOp message, RFC 7644 §3.5.2, in order and as many as the body has; names in any case.
 * @throws {DirectoryError} INVALID_SYNTAX for the form of the message, INVALID_VALUE for an operation that lacks its value,
 *   INVALID_PATH, INVALID_FILTER, TOO_LARGE past 10,000 operations
 */
export function parseOperations(body: Json, tolerance: MessageTolerance): readonly PatchOperation[] {
  if (!isObject(body)) throw new DirectoryError('INVALID_SYNTAX', 'expected a PatchOp message, which is an object');
  const message = byLowerName(body);
  const operations = message.get('operations');
  if (operations === undefined && message.has('op')) throw noMessage();
  const faults = new Faults();
  checkSchema(message.get('schemas'), tolerance, faults);
  if (!isList(operations) || (operations.length === 0 && tolerance.emptyOperations === 'refuse')) {
    faults.add('INVALID_SYNTAX', {
      path: 'Operations',
      expected: 'an array of one or more operations',
      ...(operations !== undefined && { got: shown(operations) }),
    });
  }
  const listed = isList(operations) ? operations : [];
  if (listed.length > MOST_OPERATIONS) throw tooMany(listed.length);
  const raw = listed.map((operation, index) => readOperation(operation, `Operations[${index}]`, tolerance, faults));
  faults.check();
  return raw.map((operation, index) => inOperation(index, raw.length, () => withPath(operation)));
}

interface RawOperation {
  readonly op: PatchOperation['op'];
  readonly path: Json | undefined;
  readonly value: Json | undefined;
}

function readOperation(operation: Json, at: string, tolerance: MessageTolerance, faults: Faults): RawOperation {
  if (!isObject(operation)) {
    faults.add('INVALID_SYNTAX', { path: at, expected: 'an operation, which is an object', got: shown(operation) });
    return { op: 'add', path: undefined, value: undefined };
  }
  const parts = byLowerName(operation);
  const [given, path, value] = [parts.get('op'), parts.get('path'), parts.get('value')];
  const word = typeof given === 'string' ? given : '';
  const op = tolerance.capitalOperations === 'accept' ? word.toLowerCase() : word;
  if (!OPS.has(op)) {
    faults.add('INVALID_SYNTAX', {
      path: `${at}.op`,
      expected: 'add, remove or replace',
      ...(given !== undefined && { got: shown(given) }),
    });
  } else if (op !== 'remove' && value === undefined) {
    faults.add('INVALID_VALUE', { path: `${at}.value`, expected: `a value to ${op}; null takes a value away` });
  }
  if (path !== undefined && path !== null && typeof path !== 'string') {
    faults.add('INVALID_SYNTAX', { path: `${at}.path`, expected: 'a path, which is a string', got: shown(path) });
  }
  return { op: op as PatchOperation['op'], path, value };
}

function withPath({ op, path, value }: RawOperation): PatchOperation {
  return {
    op,
    ...(typeof path === 'string' && { path: parsePatchPath(path) }),
    ...(value !== undefined && { value }),
  };
}

function checkSchema(schemas: Json | undefined, tolerance: MessageTolerance, faults: Faults): void {
  if (schemas === undefined && tolerance.missingMessageSchema === 'accept') return;
  const listed = isList(schemas) ? schemas : [schemas];
  const named = listed.some((urn) => typeof urn === 'string' && urn.toLowerCase() === PATCH_OP.toLowerCase());
  if (!named) faults.add('INVALID_SYNTAX', { path: 'schemas', expected: `["${PATCH_OP}"]` });
}

function byLowerName(object: JsonObject): ReadonlyMap<string, Json> {
  const names = new Map<string, Json>();
  for (const [name, value] of Object.entries(object)) {
    const lower = name.toLowerCase();
    if (names.has(lower)) throw new DirectoryError('INVALID_SYNTAX', `${lower} is given twice; keep one of the two`);
    names.set(lower, value);
  }
  return names;
}

function noMessage(): DirectoryError {
  return new DirectoryError(
    'INVALID_SYNTAX',
    'expected a PatchOp message, got a single operation; wrap it in "Operations"',
    {
      faults: [
        {
          path: 'Operations',
          expected: 'an array of operations',
          remedy: `{ "schemas": ["${PATCH_OP}"], "Operations": [{ "op": ... }] }`,
        },
      ],
    },
  );
}

function tooMany(count: number): DirectoryError {
  const detail = `at most ${MOST_OPERATIONS} operations in a request, got ${count}; name many members in one operation's value`;
  return new DirectoryError('TOO_LARGE', detail);
}
