/** What stands for an assertion on servers that have none: values are taken away as they were read, which is refused where they are others by now. */
import { randomUUID } from 'node:crypto';
import type { Modification, Value } from '../connection/operations.ts';
import type { Container, Found } from '../tenant-view.ts';

/**
 * The changes with every value that they replace named as `current` has it, so that nothing is overwritten that was not read.
 * `isGuarded`: refused as well where Portico has written anything to the entry since.
 */
export function comparing(
  current: Found,
  changes: readonly Modification[],
  isGuarded: boolean,
): readonly Modification[] {
  return [...changes.flatMap((change) => compared(current, change)), ...guardChanges(current, isGuarded)];
}

/** Writes of Portico change the guard, so that those who read it before are refused. */
export function touch({ guard }: Container): readonly Modification[] {
  return guard === undefined ? [] : [{ operation: 'replace', attribute: guard, values: [randomUUID()] }];
}

function guardChanges({ container, entry }: Found, isGuarded: boolean): readonly Modification[] {
  const { guard } = container;
  if (guard === undefined || !isGuarded) return touch(container);
  return replacing(guard, entry.buffers(guard), [randomUUID()]);
}

/** What is never read, such as a password, is replaced as it comes. */
function compared({ container, entry }: Found, change: Modification): readonly Modification[] {
  const { operation, attribute, values } = change;
  if (operation !== 'replace' || !isRead(container, attribute)) return [change];
  return replacing(attribute, entry.buffers(attribute), values);
}

export function isRead({ read }: Container, attribute: string): boolean {
  return read.some((name) => name.toLowerCase() === attribute.toLowerCase());
}

function replacing(attribute: string, present: readonly Buffer[], values: readonly Value[]): readonly Modification[] {
  const wanted = values.map((value) => Buffer.from(value as string));
  const gone = present.filter((value) => !wanted.some((each) => each.equals(value)));
  const come = wanted.filter((value) => !present.some((each) => each.equals(value)));
  return [
    ...(gone.length > 0 ? [{ operation: 'delete', attribute, values: gone } as const] : []),
    ...(come.length > 0 ? [{ operation: 'add', attribute, values: come } as const] : []),
  ];
}
