import type { Attribute, ReferenceTargets, Schema } from './attribute.ts';
import type { DocumentFaults } from './document-reader.ts';
import type { ResourceTypeDocument } from './resource-type-document.ts';

/** RFC 7643 §7: what a reference may lead to besides resources. */
const ANY_URI = new Set(['external', 'uri']);

/** The schema with what each of its references may lead to; a fault for a reference type that is none. */
export function bindReferences(
  schema: Schema,
  types: ReadonlyMap<string, ResourceTypeDocument>,
  faults: DocumentFaults,
): Schema {
  return { ...schema, attributes: bindAll(schema.attributes, 'attributes', types, faults) };
}

function bindAll(
  attributes: readonly Attribute[],
  path: string,
  types: ReadonlyMap<string, ResourceTypeDocument>,
  faults: DocumentFaults,
): readonly Attribute[] {
  return attributes.map((attribute, index) => {
    const { type, referenceTypes = ['uri'], subAttributes } = attribute;
    const at = `${path}[${index}]`;
    return {
      ...attribute,
      ...(type === 'reference' && { refersTo: targetsOf(referenceTypes, `${at}.referenceTypes`, types, faults) }),
      ...(subAttributes && { subAttributes: bindAll(subAttributes, `${at}.subAttributes`, types, faults) }),
    };
  });
}

function targetsOf(
  referenceTypes: readonly string[],
  path: string,
  types: ReadonlyMap<string, ResourceTypeDocument>,
  faults: DocumentFaults,
): ReferenceTargets {
  const endpoints = referenceTypes.flatMap((name) => {
    if (ANY_URI.has(name)) return [];
    const type = types.get(name.toLowerCase());
    if (type === undefined) faults.add(path, '"external", "uri" or the name of a resource type', name);
    return type === undefined ? [] : [type.endpoint];
  });
  return { anyUri: referenceTypes.some((name) => ANY_URI.has(name)), endpoints };
}
