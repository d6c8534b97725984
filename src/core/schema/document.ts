import { DirectoryError, type Fault } from '#model/errors.ts';
import type { Comparison } from '#model/filter.ts';
import type { Json, JsonObject } from '#model/resource.ts';
import { isObject } from '#model/values.ts';
import type { Attribute, AttributeType, Link, Mutability, Returned, Schema, Uniqueness } from './attribute.ts';

const TYPES: readonly AttributeType[] = [
  'string',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'reference',
  'binary',
  'complex',
];
const MUTABILITIES: readonly Mutability[] = ['readOnly', 'readWrite', 'immutable', 'writeOnly'];
const RETURNED: readonly Returned[] = ['always', 'never', 'default', 'request'];
const UNIQUENESS: readonly Uniqueness[] = ['none', 'server', 'global'];

/** RFC 7643 §2.1: ALPHA *(nameChar), and `$ref`. */
const ATTRIBUTE_NAME = /^\$?[A-Za-z][A-Za-z0-9_-]{0,127}$/;
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** The attributes that are projected from links, and the one that is a secret, by the schema that defines them. */
const LINKS: ReadonlyMap<string, Link> = new Map([
  ['urn:ietf:params:scim:schemas:core:2.0:Group:members', { edge: 'members', direction: 'out' }],
  ['urn:ietf:params:scim:schemas:core:2.0:User:groups', { edge: 'members', direction: 'in' }],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', { edge: 'manager', direction: 'out' }],
]);
const PASSWORD = 'urn:ietf:params:scim:schemas:core:2.0:User:password';
const USER_NAME = 'urn:ietf:params:scim:schemas:core:2.0:User:userName';

/**
 * Reads a schema document of RFC 7643 §7 and fills in the defaults of §2.2.
 * @throws {DirectoryError} INVALID_VALUE with every fault of the document, each with its path
 */
export function parseSchemaDocument(document: Json, source: string): Schema {
  const reader = new DocumentReader(source);
  const schema = reader.schema(document);
  if (reader.faults.length > 0) {
    throw new DirectoryError('INVALID_VALUE', `${source} is not a schema of RFC 7643 §7`, { faults: reader.faults });
  }
  return schema;
}

class DocumentReader {
  readonly faults: Fault[] = [];
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  schema(document: Json): Schema {
    const object = isObject(document) ? document : {};
    const id = this.text(object, 'id', '');
    if (!/^urn:[^\s]+$/i.test(id)) this.fault('id', 'a URN', id);
    return {
      id,
      name: this.text(object, 'name', id),
      description: this.text(object, 'description', ''),
      attributes: this.attributes(object['attributes'], 'attributes', id, false),
    };
  }

  private attributes(value: Json | undefined, path: string, owner: string, nested: boolean): readonly Attribute[] {
    if (!Array.isArray(value)) {
      this.fault(path, 'an array of attributes', value);
      return [];
    }
    const names = new Set<string>();
    return value.map((item: Json, index) => {
      const attribute = this.attribute(isObject(item) ? item : {}, `${path}[${index}]`, owner, nested);
      if (names.has(attribute.name.toLowerCase()))
        this.fault(`${path}[${index}].name`, 'a name used once', attribute.name);
      names.add(attribute.name.toLowerCase());
      return attribute;
    });
  }

  private attribute(item: JsonObject, path: string, owner: string, nested: boolean): Attribute {
    const name = this.text(item, 'name', '');
    if (!ATTRIBUTE_NAME.test(name) || RESERVED_NAMES.has(name)) this.fault(`${path}.name`, 'an attribute name', name);
    const type = this.keyword(item, 'type', TYPES, 'string', path);
    if (nested && type === 'complex') this.fault(`${path}.type`, 'a simple type: complex attributes do not nest', type);
    const caseExact = item['caseExact'] === true || type === 'reference' || type === 'binary';
    const subAttributes =
      type === 'complex' && !nested
        ? this.attributes(item['subAttributes'], `${path}.subAttributes`, `${owner}:${name}`, true)
        : undefined;
    const canonicalValues = this.texts(item['canonicalValues']);
    const referenceTypes = this.texts(item['referenceTypes']);
    const link = nested ? undefined : LINKS.get(`${owner}:${name}`);
    return {
      name,
      type,
      multiValued: item['multiValued'] === true,
      description: this.text(item, 'description', ''),
      required: item['required'] === true,
      caseExact,
      mutability: this.keyword(item, 'mutability', MUTABILITIES, 'readWrite', path),
      returned: this.keyword(item, 'returned', RETURNED, 'default', path),
      uniqueness: this.keyword(item, 'uniqueness', UNIQUENESS, 'none', path),
      comparison: comparisonOf(`${owner}:${name}`, type, caseExact, subAttributes),
      ...(canonicalValues && { canonicalValues }),
      ...(referenceTypes && { referenceTypes }),
      ...(subAttributes && { subAttributes }),
      ...(link && { link }),
      ...(`${owner}:${name}` === PASSWORD && { secret: true as const }),
    };
  }

  private text(object: JsonObject, key: string, fallback: string): string {
    const value = object[key];
    return typeof value === 'string' ? value : fallback;
  }

  private texts(value: Json | undefined): readonly string[] | undefined {
    return Array.isArray(value) ? value.filter((entry: Json) => typeof entry === 'string') : undefined;
  }

  private keyword<T extends string>(item: JsonObject, key: string, known: readonly T[], fallback: T, path: string): T {
    const value = item[key];
    if (value === undefined) return fallback;
    const found = known.find((keyword) => keyword === value);
    if (found === undefined) this.fault(`${path}.${key}`, `one of ${known.join(', ')}`, value);
    return found ?? fallback;
  }

  private fault(path: string, expected: string, got: Json | undefined): void {
    this.faults.push({ path: `${this.source}: ${path}`, expected, got: JSON.stringify(got) ?? 'nothing' });
  }
}

function comparisonOf(
  id: string,
  type: AttributeType,
  caseExact: boolean,
  subAttributes: readonly Attribute[] | undefined,
): Comparison {
  switch (type) {
    case 'boolean':
      return 'boolean';
    case 'decimal':
    case 'integer':
      return 'number';
    case 'dateTime':
      return 'instant';
    case 'reference':
    case 'binary':
      return 'exact';
    case 'string':
      if (id === USER_NAME) return 'username';
      return caseExact ? 'exact' : 'caseless';
    case 'complex':
      return subAttributes?.find((sub) => sub.name === 'value')?.comparison ?? 'caseless';
  }
}
