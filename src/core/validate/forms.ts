import type { Attribute } from '../schema/attribute.ts';
import { canonicalEmail } from './email.ts';

/** Attributes whose `value` RFC 7643 §4.1.2 gives a canonical form. That of a country is a matter of its syntax. */
const FORMS: readonly { readonly of: RegExp; write(value: string): string }[] = [
  { of: /^emails\b/, write: canonicalEmail },
  { of: /^ims\b/, write: (value) => value.replace(/\s+/g, '').toLowerCase() },
];

/** The value in the form that RFC 7643 §2.4 wants it kept in; as it is where there is none, or nothing would be left. */
export function canonicalForm(attribute: Attribute, value: string, path: string): string {
  const form = attribute.name === 'value' ? FORMS.find(({ of }) => of.test(path)) : undefined;
  return form?.write(value) || value;
}

/** A custom type's `emails` are the same. */
export function isEmail(attribute: Attribute, path: string): boolean {
  return attribute.name === 'value' && attribute.type === 'string' && /^emails\b/.test(path);
}
