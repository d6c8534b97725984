import type { z } from 'zod';
import type { Fault } from '#model/errors.ts';
import { nearestName } from '#model/nearest-name.ts';
import { type KeyNode, keyAt } from './key-table.ts';

/** `auth.tokens[0].scopes`: a path as it is said to a reader. */
export function printPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('');
}

/** What a schema issue means to the author of a configuration: one fault each, one per key where several are unknown. */
export function issueToFaults(issue: z.core.$ZodIssue, raw: unknown): readonly Fault[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(keyAt(issue.path)?.properties ?? {});
    return issue.keys.map((key) => unknownKey([...issue.path, key], key, known));
  }
  const node = keyAt(issue.path);
  const value = valueAt(raw, issue.path);
  const nearest = nearestAmong(value, node?.enum);
  return [
    {
      path: printPath(issue.path),
      expected: (node && expectedAt(node)) ?? issue.message,
      got: node ? showValue(value, node) : typeName(value),
      ...(nearest === undefined ? {} : { remedy: `did you mean "${nearest}"?` }),
    },
  ];
}

function unknownKey(path: readonly PropertyKey[], key: string, known: readonly string[]): Fault {
  const nearest = nearestName(key, known);
  const remedy = nearest === undefined ? `the keys here are ${known.join(', ')}` : `did you mean "${nearest}"?`;
  return { path: printPath(path), expected: 'a known key', remedy };
}

/** A remedy for a name that is none of the known ones; undefined where none is near. */
export function nearestAmong(value: unknown, known: readonly unknown[] = []): string | undefined {
  const names = known.filter((name) => typeof name === 'string');
  return typeof value === 'string' ? nearestName(value, names) : undefined;
}

function expectedAt({ description, type }: KeyNode): string | undefined {
  if (type === 'object') return description ?? 'a mapping of keys';
  return description ?? (type === 'array' ? 'a list' : undefined);
}

/** Where a mapping or a list belongs, what came instead may well be a secret in the wrong place. */
function showValue(value: unknown, node: KeyNode): string {
  const mayShow = node.secret === undefined && node.description !== undefined && node.type !== 'object';
  return mayShow && (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    ? JSON.stringify(value)
    : typeName(value);
}

function typeName(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : `a ${typeof value}`;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined,
    raw,
  );
}
