import type { Visibility } from '#core/policy/visibility.ts';
import type { Attribute, ResourceType } from '#core/schema/attribute.ts';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import type { TypeTraits } from '../expand/loaded-field.ts';
import { LOADED_FIELDS } from '../expand/loaded-fields.ts';
import { BASE_QUERIES, BASE_TYPES, COMPUTED_FIELDS } from '../sdl/base-sdl.ts';
import { attributeFields, fieldNames, PART_COMPANIONS, TYPES, thingOf } from './attribute-fields.ts';
import { nameExtension } from './extension-name.ts';
import type { Field, FieldMap, Lookup, TypeFields } from './field.ts';
import { withHideable } from './hideable.ts';
import { inputFields, mutationNames } from './input-fields.ts';
import { camelCase, constantCase, pascalCase } from './names.ts';
import type { NameScope, Naming } from './naming.ts';

/** What links members and groups, whatever their types are called. */
const MEMBERSHIP_TYPES = [
  'Member',
  'MemberEdge',
  'MemberConnection',
  'MembershipEdge',
  'MembershipConnection',
  'MemberWhere',
  'MemberLinkFilter',
  'AddMembersInput',
  'AddMembersPayload',
  'RemoveMembersInput',
  'RemoveMembersPayload',
];

/** Input and connection types that every resource type brings. */
const COMPANIONS = [
  'Where',
  'LinkFilter',
  'By',
  'OrderBy',
  'OrderField',
  'Edge',
  'Connection',
  'ReportEdge',
  'ReportConnection',
  'Input',
  'Patch',
];

/**
 * Names of every type, field and enum value that a registry needs; the same registry and naming always give the same names.
 * `visibilities` are those of the tenant's policies.
 */
export function mapFields(
  registry: SchemaRegistry,
  naming: Naming,
  visibilities: readonly Visibility[] = [],
): FieldMap {
  const typeNames = naming.scope(TYPES, [...BASE_TYPES, ...MEMBERSHIP_TYPES]);
  const queryNames = naming.scope('queries', BASE_QUERIES);
  const named = registry.types.map((resourceType) => ({
    resourceType,
    name: typeNames.claim(thingOf({ resourceType }), pascalCase(resourceType.name), COMPANIONS),
  }));
  const memberTypes = new Set(registry.types.flatMap(referencedMembers));
  const types = named.map(({ resourceType, name }): TypeFields => {
    const traits = traitsOf(resourceType, memberTypes);
    const loaded = LOADED_FIELDS.filter((field) => field.appliesTo(traits));
    const fields = withHideable(fieldsOf(resourceType, name, naming), resourceType.name, visibilities);
    const thing = thingOf({ resourceType });
    const one = queryNames.claim(`one ${thing}`, camelCase(name));
    return {
      name,
      resourceType,
      one,
      many: queryNames.claim(`many ${thing}`, camelCase(resourceType.endpoint)),
      fields,
      inputs: inputFields(resourceType, name, naming),
      mutations: mutationNames(resourceType, name, one, naming),
      loaded,
      lookups: lookupsOf(resourceType, fields),
      orderBy: orderByOf(fields, naming.scope(`order ${thing}`)),
    };
  });
  const container = types.find(({ resourceType }) => traitsOf(resourceType, memberTypes).holdsMembers);
  const members = types.filter(({ resourceType }) => memberTypes.has(resourceType.name));
  return { types, ...(container && { membership: { container, members } }) };
}

function* allAttributes(type: ResourceType): Generator<Attribute> {
  yield* type.attributes;
  for (const { schema } of type.extensions) yield* schema.attributes;
}

/** Types that a `members` attribute refers to, RFC 7643 §4.2. */
function referencedMembers(type: ResourceType): readonly string[] {
  return [...allAttributes(type)]
    .filter(({ link }) => link?.edge === 'members' && link.direction === 'out')
    .flatMap(({ subAttributes = [] }) => subAttributes.flatMap(({ referenceTypes = [] }) => referenceTypes));
}

function traitsOf(type: ResourceType, memberTypes: ReadonlySet<string>): TypeTraits {
  const links = [...allAttributes(type)].flatMap(({ link }) => link ?? []);
  const has = (edge: string) => links.some((link) => link.edge === edge && link.direction === 'out');
  return { holdsMembers: has('members'), canBeMember: memberTypes.has(type.name), hasManager: has('manager') };
}

function fieldsOf(resourceType: ResourceType, owner: string, naming: Naming): readonly Field[] {
  const place = { resourceType, owner };
  // Those of fields that the type has not yet included: they would take the name later.
  const reserved = [...LOADED_FIELDS.map(({ name }) => name), ...COMPUTED_FIELDS.keys()];
  const names = fieldNames(place, naming, reserved);
  const own = attributeFields(resourceType.attributes, place, naming);
  const extensions = resourceType.extensions.map(({ schema }): Field => {
    const { field, type: wanted } = nameExtension(schema.id, owner, names);
    const type = naming.scope(TYPES).claim(thingOf({ resourceType, schema }), wanted, PART_COMPANIONS);
    return {
      name: field,
      key: schema.id,
      description: [schema.description, `SCIM: \`${schema.id}\``].filter((part) => part !== '').join('\n\n'),
      type,
      multiValued: false,
      required: false,
      fields: attributeFields(schema.attributes, { resourceType, schema, owner: type }, naming),
    };
  });
  return [...own, ...extensions.filter(({ fields = [] }) => fields.length > 0)];
}

function lookupsOf(type: ResourceType, fields: readonly Field[]): readonly Lookup[] {
  const unique = fields.flatMap(({ name, key, attribute }): Lookup[] =>
    attribute && attribute.type !== 'complex' && attribute.uniqueness !== 'none' && key !== 'id'
      ? [{ name, attribute: key, unique: true }]
      : [],
  );
  const hasEmail = type.attributes.some(
    ({ name, subAttributes = [] }) => name === 'emails' && subAttributes.some((sub) => sub.name === 'value'),
  );
  const isUnique = (word: string) => unique.some(({ name }) => name === word);
  return [
    ...unique,
    ...(isUnique('externalId') ? [] : [{ name: 'externalId', attribute: 'externalId', unique: false }]),
    ...(hasEmail && !isUnique('email') ? [{ name: 'email', attribute: 'emails.value', unique: false }] : []),
  ];
}

/** Every single value can be sorted by, RFC 7644 §3.4.2.3; of `meta`, the two times. */
function orderByOf(fields: readonly Field[], scope: NameScope): ReadonlyMap<string, string> {
  const paths = fields.flatMap((field) => sortPaths(field, field.key, field.name));
  return new Map(paths.map(({ path, name }) => [scope.claim(path.toLowerCase(), name), path]));
}

function sortPaths(field: Field, path: string, name: string): { readonly path: string; readonly name: string }[] {
  if (field.multiValued) return [];
  if (field.fields === undefined) return [{ path, name: constantCase(name) }];
  const separator = field.attribute === undefined ? ':' : '.';
  return field.fields
    .filter(({ key }) => path !== 'meta' || key === 'created' || key === 'lastModified')
    .flatMap((sub) => sortPaths(sub, `${path}${separator}${sub.key}`, `${name}_${sub.name}`))
    .map((sort) => (path === 'meta' ? { ...sort, name: sort.name.slice('META_'.length) } : sort));
}
