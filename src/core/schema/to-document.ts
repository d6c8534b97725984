import type { Json, JsonObject } from '#model/resource.ts';
import type { Attribute, ResourceType, Schema } from './attribute.ts';
import { SCHEMA_URN } from './document.ts';
import { OPERATIONS_URN, RESOURCE_TYPE_URN } from './resource-type-document.ts';

/** The document of RFC 7643 §7, every characteristic stated, without `meta`. */
export function schemaToDocument({ id, name, description, attributes }: Schema): JsonObject {
  return { schemas: [SCHEMA_URN], id, name, description, attributes: attributes.map(attributeToDocument) };
}

/** Only the characteristics of RFC 7643 §7; what Portico adds to them for itself is not a client's business. */
function attributeToDocument(attribute: Attribute): JsonObject {
  const { name, type, multiValued, description, required, caseExact, mutability, returned, uniqueness } = attribute;
  const { canonicalValues, referenceTypes, subAttributes } = attribute;
  return {
    name,
    type,
    multiValued,
    description,
    required,
    caseExact,
    mutability,
    returned,
    uniqueness,
    ...(canonicalValues && { canonicalValues }),
    ...(referenceTypes && { referenceTypes }),
    ...(subAttributes && { subAttributes: subAttributes.map(attributeToDocument) as Json[] }),
  };
}

/** The document of RFC 7643 §6, without `meta`; what is offered is told where it is not everything. */
export function resourceTypeToDocument(type: ResourceType): JsonObject {
  const { name, endpoint, description, schema, extensions, operations } = type;
  return {
    schemas: [RESOURCE_TYPE_URN, ...(operations ? [OPERATIONS_URN] : [])],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: extensions.map((extension) => ({ schema: extension.schema.id, required: extension.required })),
    ...(operations && { [OPERATIONS_URN]: { operations } }),
  };
}
