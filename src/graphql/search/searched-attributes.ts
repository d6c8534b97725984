import type { Visibility } from '#core/policy/visibility.ts';
import type { AttributePath } from '#model/filter.ts';
import type { Field, TypeFields } from '../fields/field.ts';

/** SCIM paths, weightiest first. */
export const SEARCHED: readonly string[] = [
  'displayName',
  'userName',
  'name.familyName',
  'name.givenName',
  'name.formatted',
  'emails.value',
];

/**
 * The attributes of a type that `search` looks at, weightiest first; none where people cannot be told by any of them. What is
 * hidden from the caller is not looked at: a hit tells which value it was.
 */
export function searchedAttributes(
  { fields, resourceType }: TypeFields,
  visibility?: Visibility,
): readonly AttributePath[] {
  return SEARCHED.flatMap((path) => {
    const [name = '', sub] = path.split('.');
    const field = fieldOf(fields, name);
    const asked = sub === undefined ? field : fieldOf(field?.fields ?? [], sub);
    if (asked?.attribute?.type !== 'string' || asked.filterPath === undefined) return [];
    return visibility?.hides(resourceType.name, asked.filterPath) ? [] : [asked.filterPath];
  });
}

function fieldOf(fields: readonly Field[], key: string): Field | undefined {
  return fields.find((field) => field.key === key);
}
