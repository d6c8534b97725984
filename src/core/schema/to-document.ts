import type { Json, JsonObject } from '#model/resource.ts';
import type { Attribute, ResourceType, Schema } from './attribute.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';

/** The document of RFC 7643 §7, every characteristic stated, without `meta`. */
export function schemaToDocument({ id, name, description, attributes }: Schema): JsonObject {
  return { schemas: [`${CORE}:Schema`], id, name, description, attributes: attributes.map(attributeToDocument) };
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

/** The document of RFC 7643 §6, without `meta`. */
export function resourceTypeToDocument({ name, endpoint, description, schema, extensions }: ResourceType): JsonObject {
  return {
    schemas: [`${CORE}:ResourceType`],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: extensions.map((extension) => ({ schema: extension.schema.id, required: extension.required })),
  };
}
