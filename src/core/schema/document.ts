import type { Comparison } from '#model/filter.ts';
import type { Json } from '#model/resource.ts';
import { isList } from '#model/values.ts';
import { isInherited } from '../validate/names.ts';
import type { Attribute, AttributeType, Link, Mutability, Returned, Schema, Uniqueness } from './attribute.ts';
import { COMMON_ATTRIBUTES } from './common-attributes.ts';
import { checkUrn, DocumentFaults, isUrn, type ObjectReader, openObject, URN_FORM } from './document-reader.ts';

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

export const SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
const SCHEMA_KEYS = ['schemas', 'id', 'name', 'description', 'attributes', 'meta'];
const ATTRIBUTE_KEYS = [
  'name',
  'type',
  'multiValued',
  'description',
  'required',
  'caseExact',
  'mutability',
  'returned',
  'uniqueness',
  'canonicalValues',
  'referenceTypes',
  'subAttributes',
];

/** RFC 7643 §2.1: ALPHA *(nameChar), and `$ref`. */
const ATTRIBUTE_NAME = /^\$?[A-Za-z][A-Za-z0-9_-]{0,127}$/;
const COMMON_NAMES = new Set(COMMON_ATTRIBUTES.map(({ name }) => name.toLowerCase()));
/** In one schema, sub-attributes included: RFC 7643's User has a hundred. */
export const MOST_ATTRIBUTES = 500;

/** The attributes that are projected from links, and the one that is a secret, by the schema that defines them. */
const LINKS: ReadonlyMap<string, Link> = new Map([
  ['urn:ietf:params:scim:schemas:core:2.0:Group:members', { edge: 'members', direction: 'out' }],
  ['urn:ietf:params:scim:schemas:core:2.0:User:groups', { edge: 'members', direction: 'in' }],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', { edge: 'manager', direction: 'out' }],
]);
const PASSWORD = 'urn:ietf:params:scim:schemas:core:2.0:User:password';
const USER_NAME = 'urn:ietf:params:scim:schemas:core:2.0:User:userName';

/**
 * Reads a schema document of RFC 7643 §7 and fills in the defaults of §2.2. What a standard schema lists as canonical values are
 * suggestions (§7); a custom schema's are the only values that there are.
 * @throws {DirectoryError} INVALID_VALUE with every fault of the document, each with its path
 */
export function parseSchemaDocument(document: Json, source: string, kind: 'standard' | 'custom' = 'custom'): Schema {
  const faults = new DocumentFaults(source);
  const reader = new SchemaReader(faults, kind);
  const schema = reader.schema(document);
  faults.check('not a schema of RFC 7643 §7');
  return schema;
}

class SchemaReader {
  readonly #faults: DocumentFaults;
  readonly #kind: 'standard' | 'custom';
  #attributes = 0;

  constructor(faults: DocumentFaults, kind: 'standard' | 'custom') {
    this.#faults = faults;
    this.#kind = kind;
  }

  schema(document: Json): Schema {
    const object = openObject(this.#faults, document, '', SCHEMA_KEYS);
    checkUrn(this.#faults, object.value('schemas'), SCHEMA_URN);
    const id = object.text('id') ?? '';
    if (!isUrn(id)) this.#faults.add('id', URN_FORM, object.value('id'));
    return {
      id,
      name: object.text('name') ?? id,
      description: object.text('description') ?? '',
      attributes: this.#list(object.value('attributes'), 'attributes', id),
    };
  }

  /** `owner` is the schema's URN, or that and the complex attribute's name. */
  #list(value: Json | undefined, path: string, owner: string, complex?: string): readonly Attribute[] {
    if (!isList(value) || (complex !== undefined && value.length === 0)) {
      const what = complex === undefined ? 'an array of attributes' : 'an array of at least one attribute';
      this.#faults.add(path, what, value);
      return [];
    }
    this.#attributes += value.length;
    if (this.#attributes > MOST_ATTRIBUTES) {
      this.#faults.add(path, `at most ${MOST_ATTRIBUTES} attributes in a schema`, value.length);
      return [];
    }
    const names = new Set<string>();
    return value.map((item, index) => {
      const at = `${path}[${index}]`;
      const attribute = this.#attribute(item, at, owner, complex !== undefined);
      const key = attribute.name.toLowerCase();
      if (names.has(key)) this.#faults.add(`${at}.name`, 'a name used once, whatever its case', attribute.name);
      names.add(key);
      return attribute;
    });
  }

  #attribute(item: Json, path: string, owner: string, nested: boolean): Attribute {
    const object = openObject(this.#faults, item, path, ATTRIBUTE_KEYS);
    const name = object.text('name') ?? '';
    this.#checkName(name, object.value('name'), `${path}.name`, nested);
    const type = object.keyword('type', TYPES) ?? 'string';
    if (nested && type === 'complex') {
      this.#faults.add(`${path}.type`, 'a simple type: complex attributes do not nest', type);
    }
    const caseExact = object.flag('caseExact') === true || type === 'reference' || type === 'binary';
    const subAttributes = this.#subAttributes(object, type, `${owner}:${name}`, nested);
    const canonicalValues = object.texts('canonicalValues', type, 'string');
    const referenceTypes = object.texts('referenceTypes', type, 'reference');
    const mutability = object.keyword('mutability', MUTABILITIES) ?? 'readWrite';
    const link = nested ? undefined : LINKS.get(`${owner}:${name}`);
    return {
      name,
      type,
      multiValued: object.flag('multiValued') ?? false,
      description: object.text('description') ?? '',
      required: object.flag('required') ?? false,
      caseExact,
      mutability,
      returned: this.#returned(object, mutability, path),
      uniqueness: this.#uniqueness(object, type, path),
      comparison: comparisonOf(`${owner}:${name}`, type, caseExact, subAttributes),
      ...(canonicalValues && { canonicalValues }),
      ...(canonicalValues && this.#kind === 'custom' && { closed: true as const }),
      ...(referenceTypes && { referenceTypes }),
      ...(subAttributes && { subAttributes }),
      ...(link && { link }),
      ...(`${owner}:${name}` === PASSWORD && { secret: true as const }),
    };
  }

  #checkName(name: string, given: Json | undefined, path: string, nested: boolean): void {
    if (!ATTRIBUTE_NAME.test(name)) {
      this.#faults.add(path, 'a name such as badgeNumber: a letter, then letters, digits, "_" and "-"', given);
    } else if (isInherited(name)) {
      this.#faults.add(path, 'another name: every JavaScript object has this one', given);
    } else if (!nested && this.#kind === 'custom' && COMMON_NAMES.has(name.toLowerCase())) {
      this.#faults.add(path, 'another name: every resource has this attribute already (RFC 7643 §3.1)', given);
    }
  }

  #subAttributes(object: ObjectReader, type: AttributeType, owner: string, nested: boolean) {
    const value = object.value('subAttributes');
    const path = `${object.path}.subAttributes`;
    if (type === 'complex' && !nested) return this.#list(value, path, owner, owner);
    if (value !== undefined && !(isList(value) && value.length === 0)) {
      this.#faults.add(path, 'nothing here, since only complex attributes have sub-attributes', value);
    }
    return undefined;
  }

  /** RFC 7643 §7: a writeOnly value is never returned, so that nothing else can be announced of it. */
  #returned(object: ObjectReader, mutability: Mutability, path: string): Returned {
    const stated = object.keyword('returned', RETURNED);
    if (mutability !== 'writeOnly' || this.#kind === 'standard') return stated ?? 'default';
    if (stated !== undefined && stated !== 'never') {
      this.#faults.add(`${path}.returned`, '"never", since the attribute is writeOnly', stated);
    }
    return 'never';
  }

  #uniqueness(object: ObjectReader, type: AttributeType, path: string): Uniqueness {
    const stated = object.keyword('uniqueness', UNIQUENESS) ?? 'none';
    if (type === 'complex' && stated !== 'none') {
      this.#faults.add(`${path}.uniqueness`, '"none"; state it of the sub-attribute that is unique', stated);
    }
    return stated;
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
