import { DirectoryError, type Fault } from '#model/errors.ts';
import type { Json } from '#model/resource.ts';
import { isList } from '#model/values.ts';
import enterpriseUser from '#schema/scim/enterprise-user.json' with { type: 'json' };
import group from '#schema/scim/group.json' with { type: 'json' };
import resourceTypes from '#schema/scim/resource-types.json' with { type: 'json' };
import user from '#schema/scim/user.json' with { type: 'json' };
import type { Attribute, ResourceType, Schema } from './attribute.ts';
import { bindReferences } from './bind-references.ts';
import { COMMON_ATTRIBUTES } from './common-attributes.ts';
import { parseSchemaDocument } from './document.ts';
import { DocumentFaults } from './document-reader.ts';
import { parseResourceType, RESOURCE_TYPE_URN, type ResourceTypeDocument } from './resource-type-document.ts';

const USER_URN = 'urn:ietf:params:scim:schemas:core:2.0:User';
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

/** A file's content and its name, which faults mention; an empty name is not mentioned. */
export interface SchemaSource {
  readonly name: string;
  readonly content: Json;
  /** A schema may be there before the resource type that will name it, since the two arrive one after the other. */
  readonly inParts?: boolean;
}

export interface RegistryOptions {
  /** Extension schemas and resource types, RFC 7643 §6 and §7: each source holds one document or an array of them. */
  readonly sources?: readonly SchemaSource[];
  /** Announces and enforces Group.displayName as unique, which Entra's matching by name needs. */
  readonly uniqueGroupNames?: boolean;
  /** The same for User.emails.value: an address belongs to one user at most. */
  readonly uniqueEmails?: boolean;
  /** The same for externalId, which RFC 7643 §3.1 leaves to clients, within each resource type. */
  readonly uniqueExternalIds?: boolean;
}

/**
 * The schemas of RFC 7643 and those of the sources.
 * A schema that no resource type names extends the type that its URN ends with (`...:User`).
 * @throws {DirectoryError} INVALID_VALUE with all faults of all sources
 */
export function openRegistry({ sources = [], ...unique }: RegistryOptions = {}): SchemaRegistry {
  const { uniqueGroupNames = true, uniqueEmails = false, uniqueExternalIds = false } = unique;
  const faults: Fault[] = [];
  const gathered: Gathered = { schemas: new Map(), types: new Map(), custom: new Map() };
  for (const document of [user, group, enterpriseUser]) addStandard(gathered, document);
  for (const document of resourceTypes) addResourceType(gathered.types, parseResourceType(document, document.name), '');
  for (const source of sources) {
    for (const document of isList(source.content) ? source.content : [source.content]) {
      gatherFaults(faults, () => addCustom(gathered, document, source));
    }
  }
  extendByUrn(gathered, faults);
  checkEndpoints(gathered.types, faults);
  bindCustom(gathered, faults);
  const { schemas, types: documents } = gathered;
  if (uniqueGroupNames) makeUnique(schemas, GROUP_URN, ['displayName']);
  if (uniqueEmails) makeUnique(schemas, USER_URN, ['emails', 'value']);
  const common = uniqueExternalIds ? withUnique(COMMON_ATTRIBUTES, ['externalId']) : COMMON_ATTRIBUTES;
  const types = [...documents.values()].flatMap((document) => bindType(document, schemas, common, faults));
  if (faults.length > 0) throw new DirectoryError('INVALID_VALUE', 'the schemas have faults', { faults });
  return registryOf([...schemas.values()], types);
}

/** Documents by URN and name in lower case. */
interface Gathered {
  readonly schemas: Map<string, Schema>;
  readonly types: Map<string, ResourceTypeDocument>;
  /** Where each custom schema comes from. */
  readonly custom: Map<string, SchemaSource>;
}

function gatherFaults(faults: Fault[], add: () => void): void {
  try {
    add();
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    faults.push(...error.faults);
  }
}

function addStandard({ schemas }: Gathered, document: Json & { readonly name: string }): void {
  const schema = parseSchemaDocument(document, document.name, 'standard');
  schemas.set(schema.id.toLowerCase(), schema);
}

function addCustom(gathered: Gathered, document: Json, source: SchemaSource): void {
  if (isResourceType(document)) {
    addResourceType(gathered.types, parseResourceType(document, source.name), source.name);
    return;
  }
  const schema = parseSchemaDocument(document, source.name);
  addSchema(gathered.schemas, schema, source.name);
  gathered.custom.set(schema.id.toLowerCase(), source);
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
    const faults = new DocumentFaults(source);
    faults.add('id', 'a URN that no other schema has', schema.id, 'put further attributes into a schema of your own');
    faults.check('a schema that is there already');
  }
  schemas.set(key, schema);
}

/** A document for a type that exists adds its extensions, and says what is offered; it cannot change the type itself. */
function addResourceType(
  documents: Map<string, ResourceTypeDocument>,
  added: ResourceTypeDocument,
  source: string,
): void {
  const key = added.name.toLowerCase();
  const existing = documents.get(key);
  documents.set(key, existing === undefined ? added : extended(existing, added, source));
}

function extended(existing: ResourceTypeDocument, added: ResourceTypeDocument, source: string): ResourceTypeDocument {
  const faults = new DocumentFaults(source);
  for (const name of ['name', 'endpoint', 'schema'] as const) {
    if (existing[name].toLowerCase() === added[name].toLowerCase()) continue;
    faults.add(name, `"${existing[name]}": ${existing.name} is there already, and keeps it`, added[name]);
  }
  faults.check('a resource type that is there already');
  const extensions = new Map(existing.extensions.map((extension) => [extension.schema.toLowerCase(), extension]));
  for (const extension of added.extensions) extensions.set(extension.schema.toLowerCase(), extension);
  return {
    ...existing,
    ...(added.operations && { operations: added.operations }),
    extensions: [...extensions.values()],
  };
}

function extendByUrn({ schemas, types, custom }: Gathered, faults: Fault[]): void {
  const named = new Set(
    [...types.values()].flatMap((type) => [type.schema, ...type.extensions.map((extension) => extension.schema)]),
  );
  const namedKeys = new Set([...named].map((urn) => urn.toLowerCase()));
  for (const [key, schema] of schemas) {
    if (namedKeys.has(key)) continue;
    const typeName = key.slice(key.lastIndexOf(':') + 1);
    const type = types.get(typeName);
    if (type !== undefined) {
      const extensions = [...type.extensions, { schema: schema.id, required: false }];
      types.set(typeName, { ...type, extensions });
    } else if (!custom.get(key)?.inParts) {
      faults.push({
        path: schema.id,
        expected: 'a resource type that names this schema',
        remedy: `end the URN with the type that it extends (":User"), or add a ResourceType document (RFC 7643 §6)`,
      });
    }
  }
}

function checkEndpoints(types: ReadonlyMap<string, ResourceTypeDocument>, faults: Fault[]): void {
  const owners = new Map<string, string>();
  for (const { name, endpoint } of types.values()) {
    const owner = owners.get(endpoint.toLowerCase());
    if (owner !== undefined) {
      faults.push({ path: `${name}: endpoint`, expected: `another endpoint than ${owner}'s`, got: endpoint });
    }
    owners.set(endpoint.toLowerCase(), name);
  }
}

/** What can be said of a custom schema only when all resource types are known. */
function bindCustom({ schemas, types, custom }: Gathered, faults: Fault[]): void {
  for (const [key, source] of custom) {
    const schema = schemas.get(key);
    if (schema === undefined) continue;
    gatherFaults(faults, () => {
      const found = new DocumentFaults(source.name);
      schemas.set(key, bindReferences(schema, types, found));
      found.check('a schema with references that lead nowhere');
    });
  }
}

function bindType(
  document: ResourceTypeDocument,
  schemas: ReadonlyMap<string, Schema>,
  common: readonly Attribute[],
  faults: Fault[],
): readonly ResourceType[] {
  const find = (urn: string) => {
    const schema = schemas.get(urn.toLowerCase());
    if (schema === undefined) {
      const remedy = 'add the schema first, or take its name out of the resource type';
      faults.push({ path: document.name, expected: 'a schema that is defined', got: urn, remedy });
    }
    return schema;
  };
  const schema = find(document.schema);
  const extensions = document.extensions.flatMap(({ schema: urn, required }) => {
    const extension = find(urn);
    return extension ? [{ schema: extension, required }] : [];
  });
  if (schema === undefined) return [];
  if (extensions.some((extension) => extension.schema === schema)) {
    faults.push({ path: `${document.name}: schemaExtensions`, expected: 'schemas besides its own', got: schema.id });
  }
  const { name, endpoint, description, operations } = document;
  const attributes = [...common, ...schema.attributes];
  return [{ name, endpoint, description, schema, extensions, attributes, ...(operations && { operations }) }];
}

function makeUnique(schemas: Map<string, Schema>, urn: string, path: readonly string[]): void {
  const key = urn.toLowerCase();
  const schema = schemas.get(key);
  if (schema !== undefined) schemas.set(key, { ...schema, attributes: withUnique(schema.attributes, path) });
}

/** The attributes, the one at the path with `uniqueness: server`. */
function withUnique(attributes: readonly Attribute[], [name, ...rest]: readonly string[]): readonly Attribute[] {
  return attributes.map((attribute): Attribute => {
    if (attribute.name !== name) return attribute;
    if (rest.length === 0) return { ...attribute, uniqueness: 'server' };
    return { ...attribute, subAttributes: withUnique(attribute.subAttributes ?? [], rest) };
  });
}
