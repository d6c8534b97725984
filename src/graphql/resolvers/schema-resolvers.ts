import { RESOURCE_OPERATIONS } from '#core/schema/attribute.ts';
import { constantCase } from '../fields/names.ts';
import type {
  ScimAttributeResolvers,
  ScimDiscoveryResolvers,
  ScimResourceTypeResolvers,
  ScimSchemaExtensionResolvers,
  ScimSchemaResolvers,
} from '../generated/resolvers.ts';

const discovery: ScimDiscoveryResolvers = {
  schemas: ({ schemas }) => schemas,
  resourceTypes: ({ types }) => types,
};

const schema: ScimSchemaResolvers = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  description: ({ description }) => description,
  attributes: ({ attributes }) => attributes,
};

const attribute: ScimAttributeResolvers = {
  name: ({ name }) => name,
  type: ({ type }) => enumValue(type),
  multiValued: ({ multiValued }) => multiValued,
  description: ({ description }) => description,
  required: ({ required }) => required,
  caseExact: ({ caseExact }) => caseExact,
  mutability: ({ mutability }) => enumValue(mutability),
  returned: ({ returned }) => enumValue(returned),
  uniqueness: ({ uniqueness }) => enumValue(uniqueness),
  canonicalValues: ({ canonicalValues }) => canonicalValues ?? null,
  referenceTypes: ({ referenceTypes }) => referenceTypes ?? null,
  subAttributes: ({ subAttributes }) => subAttributes ?? null,
};

const resourceType: ScimResourceTypeResolvers = {
  name: ({ name }) => name,
  endpoint: ({ endpoint }) => endpoint,
  description: ({ description }) => description,
  schema: (type) => type.schema.id,
  schemaExtensions: ({ extensions }) => extensions,
  operations: ({ operations = RESOURCE_OPERATIONS }) => operations.map(enumValue),
};

const extension: ScimSchemaExtensionResolvers = {
  schema: (named) => named.schema.id,
  required: ({ required }) => required,
};

/** What the registry says of itself; nothing that SCIM's discovery would not, RFC 7643 §6 and §7. */
export const schemaResolvers = {
  ScimDiscovery: discovery,
  ScimSchema: schema,
  ScimAttribute: attribute,
  ScimResourceType: resourceType,
  ScimSchemaExtension: extension,
};

type Screaming<Word extends string> = Word extends 'dateTime' | 'readOnly' | 'readWrite' | 'writeOnly'
  ? { dateTime: 'DATE_TIME'; readOnly: 'READ_ONLY'; readWrite: 'READ_WRITE'; writeOnly: 'WRITE_ONLY' }[Word]
  : Uppercase<Word>;

/** `readOnly` is `READ_ONLY`, as enum values are written. */
function enumValue<Word extends string>(word: Word): Screaming<Word> {
  return constantCase(word) as Screaming<Word>;
}
