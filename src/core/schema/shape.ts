import type { AttributePath } from '#model/filter.ts';
import type { Attribute, ResourceType } from './attribute.ts';

/**
 * Every path of a type that a backend may store, index or compare: attributes and sub-attributes, without `schemas`, links,
 * secrets and `meta.location`, which follow from something else.
 */
export function shapeOf(type: ResourceType): readonly AttributePath[] {
  const own = type.attributes.flatMap((attribute) => pathsOf(attribute));
  const extended = type.extensions.flatMap(({ schema }) =>
    schema.attributes.flatMap((attribute) => pathsOf(attribute, schema.id)),
  );
  return [...own, ...extended];
}

function pathsOf(attribute: Attribute, schema?: string): readonly AttributePath[] {
  const { name, multiValued, link, secret, subAttributes } = attribute;
  if (name === 'schemas' || link || secret) return [];
  const owner = { ...(schema !== undefined && { schema }), name, multiValued };
  if (subAttributes === undefined) return [{ ...owner, comparison: attribute.comparison }];
  return subAttributes
    .filter((sub) => !(name === 'meta' && sub.name === 'location'))
    .map((sub) => ({ ...owner, sub: sub.name, comparison: sub.comparison }));
}
