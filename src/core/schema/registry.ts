import { DirectoryError, type Fault } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import enterpriseUser from '#schema/scim/enterprise-user.json' with { type: 'json' };
import group from '#schema/scim/group.json' with { type: 'json' };
import resourceTypes from '#schema/scim/resource-types.json' with { type: 'json' };
import user from '#schema/scim/user.json' with { type: 'json' };
import type { Attribute, ResourceType, Schema } from './attribute.ts';
import { COMMON_ATTRIBUTES } from './common-attributes.ts';
import { parseSchemaDocument } from './document.ts';
import { parseResourceType, type ResourceTypeDocument } from './resource-type-document.ts';

const RESOURCE_TYPE_URN = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const GROUP_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/**
 * A tenant's schemas and resource types: the only source of validation, projection, discovery and GraphQL types.
 * Names and URNs are looked up regardless of case (RFC 7643 §2.1, RFC 7644 §3.10); answers carry the canonical spelling.
 */
export interface SchemaRegistry {
  readonly schemas: readonly Schema[];
  readonly types: readonly ResourceType[];
  schema(urn: string): Schema | undefined;
  type(name: string): ResourceType | undefined;
  /** By endpoint as in the URL, with leading slash: `/Users`; case-exact. */
  typeAt(endpoint: string): ResourceType | undefined;
}

/** A file's content and its name, which faults mention. */
export interface SchemaSource {
  readonly name: string;
  readonly content: Json;
}

export interface RegistryOptions {
  /** Extension schemas and resource types, RFC 7643 §6 and §7: each source holds one document or an array of them. */
  readonly sources?: readonly SchemaSource[];
  /** Announces and enforces Group.displayName as unique, which Entra's matching by name needs. */
  readonly uniqueGroupNames?: boolean;
}

/**
 * The schemas of RFC 7643 and those of the sources.
 * A schema that no resource type names extends the type that its URN ends with (`...:User`).
 * @throws {DirectoryError} INVALID_VALUE with all faults of all sources
 */
export function openRegistry({ sources = [], uniqueGroupNames = true }: RegistryOptions = {}): SchemaRegistry {
  const faults: Fault[] = [];
  const schemas = new Map<string, Schema>();
  const documents = new Map<string, ResourceTypeDocument>();
  const add = (document: Json, source: string) => {
    try {
      if (isResourceType(document)) addResourceType(documents, parseResourceType(document, source));
      else addSchema(schemas, parseSchemaDocument(document, source), source);
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
      faults.push(...error.faults);
    }
  };
  for (const document of [user, group, enterpriseUser]) add(document, document.name);
  for (const document of resourceTypes) add(document, document.name);
  for (const { name, content } of sources) {
    for (const document of Array.isArray(content) ? content : [content]) add(document, name);
  }
  extendByUrn(schemas, documents, faults);
  if (uniqueGroupNames) makeUnique(schemas, GROUP_URN, 'displayName');
  const types = [...documents.values()].flatMap((document) => bindType(document, schemas, faults));
  if (faults.length > 0) throw new DirectoryError('INVALID_VALUE', 'the schemas have faults', { faults });
  return registryOf([...schemas.values()], types);
}

function registryOf(schemas: readonly Schema[], types: readonly ResourceType[]): SchemaRegistry {
  const byUrn = new Map(schemas.map((schema) => [schema.id.toLowerCase(), schema]));
  const byName = new Map(types.map((type) => [type.name.toLowerCase(), type]));
  const byEndpoint = new Map(types.map((type) => [type.endpoint, type]));
  return {
    schemas,
    types,
    schema: (urn) => byUrn.get(urn.toLowerCase()),
    type: (name) => byName.get(name.toLowerCase()),
    typeAt: (endpoint) => byEndpoint.get(endpoint),
  };
}

function isResourceType(document: Json): boolean {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return false;
  const schemas = (document as { readonly schemas?: Json }).schemas;
  return Array.isArray(schemas) && schemas.includes(RESOURCE_TYPE_URN);
}

function addSchema(schemas: Map<string, Schema>, schema: Schema, source: string): void {
  const key = schema.id.toLowerCase();
  if (schemas.has(key)) {
    const fault = { path: `${source}: id`, expected: 'a URN that no other schema has', got: schema.id };
    throw new DirectoryError('INVALID_VALUE', 'a schema is defined twice', { faults: [fault] });
  }
  schemas.set(key, schema);
}

/** A document for a type that exists adds its extensions; it cannot change the type itself. */
function addResourceType(documents: Map<string, ResourceTypeDocument>, added: ResourceTypeDocument): void {
  const existing = documents.get(added.name.toLowerCase());
  documents.set(
    added.name.toLowerCase(),
    existing ? { ...existing, extensions: [...existing.extensions, ...added.extensions] } : added,
  );
}

function extendByUrn(
  schemas: ReadonlyMap<string, Schema>,
  documents: Map<string, ResourceTypeDocument>,
  faults: Fault[],
): void {
  const named = new Set(
    [...documents.values()].flatMap((type) => [type.schema, ...type.extensions.map((extension) => extension.schema)]),
  );
  const namedKeys = new Set([...named].map((urn) => urn.toLowerCase()));
  for (const [key, schema] of schemas) {
    if (namedKeys.has(key)) continue;
    const typeName = key.slice(key.lastIndexOf(':') + 1);
    const type = documents.get(typeName);
    if (type === undefined) {
      faults.push({
        path: schema.id,
        expected: 'a resource type that names this schema',
        remedy: `end the URN with the type that it extends (":User"), or add a ResourceType document (RFC 7643 §6)`,
      });
      continue;
    }
    const extensions = [...type.extensions, { schema: schema.id, required: false }];
    documents.set(typeName, { ...type, extensions });
  }
}

function bindType(
  document: ResourceTypeDocument,
  schemas: ReadonlyMap<string, Schema>,
  faults: Fault[],
): readonly ResourceType[] {
  const find = (urn: string) => {
    const schema = schemas.get(urn.toLowerCase());
    if (schema === undefined) faults.push({ path: document.name, expected: 'a schema that is defined', got: urn });
    return schema;
  };
  const schema = find(document.schema);
  const extensions = document.extensions.flatMap(({ schema: urn, required }) => {
    const extension = find(urn);
    return extension ? [{ schema: extension, required }] : [];
  });
  if (schema === undefined) return [];
  const { name, endpoint, description } = document;
  return [
    { name, endpoint, description, schema, extensions, attributes: [...COMMON_ATTRIBUTES, ...schema.attributes] },
  ];
}

function makeUnique(schemas: Map<string, Schema>, urn: string, name: string): void {
  const key = urn.toLowerCase();
  const schema = schemas.get(key);
  if (schema === undefined) return;
  const attributes = schema.attributes.map(
    (attribute): Attribute => (attribute.name === name ? { ...attribute, uniqueness: 'server' } : attribute),
  );
  schemas.set(key, { ...schema, attributes });
}
