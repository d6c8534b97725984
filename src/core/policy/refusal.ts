import { DirectoryError } from '#model/errors.ts';
import type { AttributePlace, Visibility } from './visibility.ts';

/** Says what may not be named and why. It is a refusal and never "no match", which would tell of the values. */
export function hiddenRefusal(
  { policy }: Visibility,
  what: string,
  use: string,
  remedy = 'leave it out',
): DirectoryError {
  const detail = `${what} is hidden from this credential by the policy "${policy}", so it cannot be ${use}; ${remedy}`;
  const fault = { path: what, expected: 'what the credential may see' };
  return new DirectoryError('FORBIDDEN', detail, { faults: [fault] });
}

/** `emails.value`, `urn:...:User:department`, or an extension's URN alone. */
export function placeToText({ schema, name, sub }: AttributePlace): string {
  const inner = name === undefined ? '' : `${name}${sub === undefined ? '' : `.${sub}`}`;
  if (schema === undefined) return inner;
  return inner === '' ? schema : `${schema}:${inner}`;
}
