import type { AttributePlace, Visibility } from '#core/policy/visibility.ts';
import type { Field } from './field.ts';

/** A field that a policy of the tenant hides from some of its callers. */
export interface Hideable {
  /** Of the resource type whose attribute it is, as the registry has it. */
  readonly typeName: string;
  readonly place: AttributePlace;
}

/**
 * Fields of a resource type as a tenant with policies has them: whatever one of them hides may be null, for all callers, since they share
 * one schema.
 */
export function withHideable(
  fields: readonly Field[],
  typeName: string,
  visibilities: readonly Visibility[],
): readonly Field[] {
  if (visibilities.length === 0) return fields;
  return fields.map((field) => marked(field, typeName, {}, visibilities));
}

export function isHidden(visibility: Visibility, { typeName, place }: Hideable): boolean {
  return visibility.hides(typeName, place);
}

/** `owner` is what the field stands in: an extension, an attribute, or nothing. */
function marked(field: Field, typeName: string, owner: AttributePlace, visibilities: readonly Visibility[]): Field {
  const place = placeOf(field, owner);
  const fields = field.fields?.map((inner) => marked(inner, typeName, place, visibilities));
  const hideable = { typeName, place };
  const isHideable = visibilities.some((visibility) => isHidden(visibility, hideable));
  return { ...field, ...(fields && { fields }), ...(isHideable && { required: false, hideable }) };
}

function placeOf({ key, attribute }: Field, owner: AttributePlace): AttributePlace {
  if (attribute === undefined) return { schema: key };
  return owner.name === undefined ? { ...owner, name: key } : { ...owner, sub: key };
}
