import type { Write } from '#adapters/adapter.ts';
import type { Attributes } from '#model/resource.ts';
import { isList, isObject, own } from '#model/values.ts';
import { isEmailAddress } from '../validate/email.ts';

/** Where an operation writes an e-mail address that is none and was not there before: `emails[0].value`, ... */
export function malformedEmails(operation: Write): readonly string[] {
  if (operation.kind === 'create') return pathsIn(operation.draft.attributes, new Set());
  if (operation.kind !== 'update' || operation.content === undefined) return [];
  const { before, draft } = operation.content;
  return before.attributes['emails'] === draft.attributes['emails']
    ? []
    : pathsIn(draft.attributes, new Set(addressesIn(before.attributes)));
}

function pathsIn(attributes: Attributes, known: ReadonlySet<unknown>): readonly string[] {
  return addressesIn(attributes).flatMap((address, index) =>
    typeof address !== 'string' || known.has(address) || isEmailAddress(address) ? [] : [`emails[${index}].value`],
  );
}

function addressesIn(attributes: Attributes): readonly unknown[] {
  const emails = own(attributes, 'emails');
  return isList(emails) ? emails.map((email) => (isObject(email) ? own(email, 'value') : undefined)) : [];
}
