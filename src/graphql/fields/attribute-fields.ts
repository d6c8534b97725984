import type { Attribute, AttributeType, ResourceType, Schema } from '#core/schema/attribute.ts';
import { toAttributePath } from '#core/schema/resolve-path.ts';
import type { Canonical, Field } from './field.ts';
import { enumValueOf, fieldNameOf, NameScope, pascalCase, singularOf } from './names.ts';

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
export const PART_COMPANIONS: readonly string[] = ['Where', 'ListFilter'];

/** Where attributes stand: their resource type, their extension's schema if any, and the complex attribute around them. */
interface Place {
  readonly resourceType: ResourceType;
  readonly schema?: Schema;
  readonly parent?: Attribute;
  /** The GraphQL type that gets the fields. */
  readonly owner: string;
}

/**
 * Fields of a list of attributes. What is never returned, is write-only, is a secret or is a link between resources has none.
 * `names` are those of the owner's fields, `types` those of the whole schema.
 */
export function attributeFields(
  attributes: readonly Attribute[],
  place: Place,
  names: NameScope,
  types: NameScope,
): readonly Field[] {
  return attributes.filter(isShown).map((attribute) => attributeField(attribute, place, names, types));
}

/** A complex attribute whose parts are all hidden would be a type without fields, which GraphQL does not have. */
function isShown({ returned, mutability, secret, link, subAttributes }: Attribute): boolean {
  if (returned === 'never' || mutability === 'writeOnly' || secret || link) return false;
  return subAttributes === undefined || subAttributes.some(isShown);
}

function attributeField(attribute: Attribute, place: Place, names: NameScope, types: NameScope): Field {
  const name = names.claim(fieldNameOf(attribute.name));
  const { type, fields } = typeOf(attribute, place, types);
  const canonical = canonicalOf(attribute, name, place, names, types);
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

function typeOf(attribute: Attribute, place: Place, types: NameScope): Pick<Field, 'type' | 'fields'> {
  const isCommon = place.parent === undefined && place.schema === undefined;
  if (isCommon && attribute.name === 'id') return { type: 'ID' };
  if (attribute.type !== 'complex') return { type: SCALARS[attribute.type] };
  const word = pascalCase(attribute.multiValued ? singularOf(attribute.name) : attribute.name);
  const type = isCommon && attribute.name === 'meta' ? 'Meta' : types.claim(`${place.owner}${word}`, PART_COMPANIONS);
  const inner: Place = { ...place, parent: attribute, owner: type };
  return { type, fields: attributeFields(attribute.subAttributes ?? [], inner, new NameScope(WHERE_WORDS), types) };
}

function filterPathOf(attribute: Attribute, { resourceType, schema, parent }: Place) {
  const owner = { type: resourceType, ...(schema && { schema: schema.id }) };
  return toAttributePath(parent ? { ...owner, attribute: parent, sub: attribute } : { ...owner, attribute });
}

function canonicalOf(
  attribute: Attribute,
  name: string,
  place: Place,
  names: NameScope,
  types: NameScope,
): Canonical | undefined {
  const { canonicalValues = [], caseExact } = attribute;
  if (canonicalValues.length === 0 || attribute.multiValued || attribute.type !== 'string') return undefined;
  const scope = new NameScope();
  return {
    name: names.claim(`${name}Value`),
    type: types.claim(`${place.owner}${pascalCase(name)}Value`),
    values: new Map(
      canonicalValues.map((value) => [caseExact ? value : value.toLowerCase(), scope.claim(enumValueOf(value))]),
    ),
  };
}

function descriptionOf(attribute: Attribute, { schema, parent }: Place): string {
  const path = `${schema ? `${schema.id}:` : ''}${parent ? `${parent.name}.` : ''}${attribute.name}`;
  const traits = [
    ...(attribute.caseExact && attribute.type === 'string' ? ['case-exact'] : []),
    ...(attribute.uniqueness === 'none' ? [] : ['unique']),
  ];
  return [attribute.description, `SCIM: \`${path}\`${traits.map((trait) => `, ${trait}`).join('')}`]
    .filter((part) => part !== '')
    .join('\n\n');
}
