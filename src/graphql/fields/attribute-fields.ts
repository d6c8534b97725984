import type { Attribute, AttributeType, ResourceType, Schema } from '#core/schema/attribute.ts';
import { toAttributePath } from '#core/schema/resolve-path.ts';
import type { Canonical, Field } from './field.ts';
import { enumValueOf, fieldNameOf, pascalCase, singularOf } from './names.ts';
import type { NameScope, Naming } from './naming.ts';

/**
 * GraphQL's Int ends at 32 bits and fails on more; RFC 7643 §2.3.4 sets no bound, so an integer has a scalar of its own.
 */
const SCALARS: Readonly<Record<Exclude<AttributeType, 'complex'>, string>> = {
  string: 'String',
  boolean: 'Boolean',
  decimal: 'Float',
  integer: 'Integer',
  dateTime: 'DateTime',
  reference: 'URI',
  binary: 'Base64',
};

/** Fields of every `where` input, which no attribute may take. */
export const WHERE_WORDS: readonly string[] = ['and', 'or', 'not'];

/** Input types beside that of a complex attribute or an extension. */
export const PART_COMPANIONS: readonly string[] = ['Where', 'ListFilter', 'Input', 'Replacement', 'Patch', 'ListPatch'];

/** Where attributes stand: their resource type, their extension's schema if any, and the complex attribute around them. */
export interface Place {
  readonly resourceType: ResourceType;
  readonly schema?: Schema;
  readonly parent?: Attribute;
  /** The GraphQL type that gets the fields. */
  readonly owner: string;
}

/** What `Naming` knows an attribute by, or what it stands in; names and URNs regardless of case, as RFC 7643 §2.1 has them. */
export function thingOf({ resourceType, schema, parent }: Omit<Place, 'owner'>, attribute?: Attribute): string {
  const words = [resourceType.name, schema?.id, parent?.name, attribute?.name].filter((word) => word !== undefined);
  return words.join(' ').toLowerCase();
}

/** The space of all types of a schema. */
export const TYPES = 'types';

/** Fields of a list of attributes. What is never returned, is write-only, is a secret or is a link between resources has none. */
export function attributeFields(attributes: readonly Attribute[], place: Place, naming: Naming): readonly Field[] {
  return attributes.filter(isShown).map((attribute) => attributeField(attribute, place, naming));
}

/** Names of the fields of one type; `reserved` are those that it has besides. */
export function fieldNames(place: Place, naming: Naming, reserved: readonly string[] = []): NameScope {
  return naming.scope(`fields ${thingOf(place)}`, [...reserved, ...WHERE_WORDS]);
}

/** A complex attribute whose parts are all hidden would be a type without fields, which GraphQL does not have. */
function isShown({ returned, mutability, secret, link, subAttributes }: Attribute): boolean {
  if (returned === 'never' || mutability === 'writeOnly' || secret || link) return false;
  return subAttributes === undefined || subAttributes.some(isShown);
}

/** The name of the attribute's field, in outputs and inputs alike. */
export function attributeName({ name }: Attribute, place: Place, naming: Naming): string {
  return fieldNames(place, naming).claim(name.toLowerCase(), fieldNameOf(name));
}

function attributeField(attribute: Attribute, place: Place, naming: Naming): Field {
  const name = attributeName(attribute, place, naming);
  const { type, fields } = typeOf(attribute, place, naming);
  const canonical = canonicalOf(attribute, name, place, naming);
  return {
    name,
    key: attribute.name,
    description: descriptionOf(attribute, place),
    type,
    multiValued: attribute.multiValued,
    required: attribute.required || attribute.name === 'id',
    attribute,
    filterPath: filterPathOf(attribute, place),
    ...(fields && { fields }),
    ...(canonical && { canonical }),
  };
}

function typeOf(attribute: Attribute, place: Place, naming: Naming): Pick<Field, 'type' | 'fields'> {
  const isCommon = place.parent === undefined && place.schema === undefined;
  if (isCommon && attribute.name === 'id') return { type: 'ID' };
  const type = isCommon && attribute.name === 'meta' ? 'Meta' : attributeType(attribute, place, naming);
  if (attribute.type !== 'complex') return { type };
  const inner: Place = { ...place, parent: attribute, owner: type };
  return { type, fields: attributeFields(attribute.subAttributes ?? [], inner, naming) };
}

/** The scalar of a simple attribute, or the named type of a complex one. */
export function attributeType(attribute: Attribute, place: Place, naming: Naming): string {
  if (attribute.type !== 'complex') return SCALARS[attribute.type];
  const word = pascalCase(attribute.multiValued ? singularOf(attribute.name) : attribute.name);
  return naming.scope(TYPES).claim(thingOf(place, attribute), `${place.owner}${word}`, PART_COMPANIONS);
}

function filterPathOf(attribute: Attribute, { resourceType, schema, parent }: Place) {
  const owner = { type: resourceType, ...(schema && { schema: schema.id }) };
  return toAttributePath(parent ? { ...owner, attribute: parent, sub: attribute } : { ...owner, attribute });
}

function canonicalOf(attribute: Attribute, name: string, place: Place, naming: Naming): Canonical | undefined {
  const { canonicalValues = [], caseExact } = attribute;
  if (canonicalValues.length === 0 || attribute.multiValued || attribute.type !== 'string') return undefined;
  const thing = `${thingOf(place, attribute)}#values`;
  const scope = naming.scope(`values ${thing}`);
  const folded = (value: string) => (caseExact ? value : value.toLowerCase());
  return {
    name: fieldNames(place, naming).claim(`${attribute.name.toLowerCase()}#value`, `${name}Value`),
    type: naming.scope(TYPES).claim(thing, `${place.owner}${pascalCase(name)}Value`),
    values: new Map(canonicalValues.map((value) => [folded(value), scope.claim(folded(value), enumValueOf(value))])),
  };
}

export function descriptionOf(attribute: Attribute, { schema, parent }: Place): string {
  const path = `${schema ? `${schema.id}:` : ''}${parent ? `${parent.name}.` : ''}${attribute.name}`;
  const traits = [
    ...(attribute.caseExact && attribute.type === 'string' ? ['case-exact'] : []),
    ...(attribute.uniqueness === 'none' ? [] : ['unique']),
  ];
  return [attribute.description, `SCIM: \`${path}\`${traits.map((trait) => `, ${trait}`).join('')}`]
    .filter((part) => part !== '')
    .join('\n\n');
}
