import type { Json } from '#model/resource.ts';
import { isList } from '#model/values.ts';
import { RESOURCE_OPERATIONS, type ResourceOperation } from './attribute.ts';
import { checkUrn, DocumentFaults, isUrn, openObject, URN_FORM } from './document-reader.ts';

/** A resource type as its document gives it, RFC 7643 §6; schemas by URN. */
export interface ResourceTypeDocument {
  readonly name: string;
  readonly endpoint: string;
  readonly description: string;
  readonly schema: string;
  readonly extensions: readonly { readonly schema: string; readonly required: boolean }[];
  /** Absent where everything is offered. */
  readonly operations?: readonly ResourceOperation[];
}

export const RESOURCE_TYPE_URN = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
/** Portico's own attribute of resource types, under which a document says what clients may do with resources of the type. */
export const OPERATIONS_URN = 'urn:portico:params:scim:schemas:extension:operations:1.0:ResourceType';

const KEYS = ['schemas', 'id', 'name', 'endpoint', 'description', 'schema', 'schemaExtensions', OPERATIONS_URN, 'meta'];
/** Each makes every answer of the type longer to put together. */
const MOST_EXTENSIONS = 50;

/** Endpoints that the protocol itself answers. */
const RESERVED_ENDPOINTS = new Set(['/schemas', '/resourcetypes', '/serviceproviderconfig', '/bulk', '/me']);

/** @throws {DirectoryError} INVALID_VALUE with every fault of the document */
export function parseResourceType(document: Json, source: string): ResourceTypeDocument {
  const faults = new DocumentFaults(source);
  const object = openObject(faults, document, '', KEYS);
  const needed = (key: string, expected: string, fits: (value: string) => boolean): string => {
    const text = object.text(key) ?? '';
    if (!fits(text)) faults.add(key, expected, object.value(key));
    return text;
  };
  checkUrn(faults, object.value('schemas'), RESOURCE_TYPE_URN);
  object.text('id');
  const operations = readOperations(faults, object.value(OPERATIONS_URN));
  const type = {
    name: needed('name', 'a name such as Device', (name) => /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)),
    endpoint: needed('endpoint', 'a path such as /Devices that the protocol does not use itself', isEndpoint),
    description: object.text('description') ?? '',
    schema: needed('schema', URN_FORM, isUrn),
    extensions: readExtensions(faults, object.value('schemaExtensions')),
    ...(operations && { operations }),
  };
  faults.check('not a resource type of RFC 7643 §6');
  return type;
}

function isEndpoint(value: string): boolean {
  return /^\/[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(value) && !RESERVED_ENDPOINTS.has(value.toLowerCase());
}

function readExtensions(faults: DocumentFaults, value: Json | undefined): ResourceTypeDocument['extensions'] {
  const path = 'schemaExtensions';
  if (value === undefined) return [];
  if (!isList(value) || value.length > MOST_EXTENSIONS) {
    faults.add(path, `an array of at most ${MOST_EXTENSIONS} objects`, value);
    return [];
  }
  const named = new Set<string>();
  return value.map((item, index) => {
    const object = openObject(faults, item, `${path}[${index}]`, ['schema', 'required']);
    const schema = object.text('schema') ?? '';
    if (!isUrn(schema)) faults.add(`${object.path}.schema`, URN_FORM, object.value('schema'));
    else if (named.has(schema.toLowerCase())) faults.add(`${object.path}.schema`, 'a schema named once', schema);
    named.add(schema.toLowerCase());
    return { schema, required: object.flag('required') ?? false };
  });
}

function readOperations(faults: DocumentFaults, value: Json | undefined): readonly ResourceOperation[] | undefined {
  if (value === undefined) return undefined;
  const object = openObject(faults, value, OPERATIONS_URN, ['operations']);
  const listed = object.value('operations');
  const path = `${OPERATIONS_URN}.operations`;
  const offered = RESOURCE_OPERATIONS.filter((operation) => isList(listed) && listed.includes(operation));
  if (isList(listed) && offered.includes('read') && offered.length === listed.length) return offered;
  faults.add(path, `an array of different ones of ${RESOURCE_OPERATIONS.join(', ')}, with "read" among them`, listed);
  return undefined;
}
