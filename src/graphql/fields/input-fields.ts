import { isOffered } from '#core/offered.ts';
import type { Attribute, ResourceOperation, ResourceType, Schema } from '#core/schema/attribute.ts';
import { isReadOnly } from '#core/validate/names.ts';
import {
  attributeName,
  attributeType,
  descriptionOf,
  fieldNames,
  PART_COMPANIONS,
  type Place,
  TYPES,
  thingOf,
} from './attribute-fields.ts';
import { nameExtension } from './extension-name.ts';
import type { InputField, MutationNames } from './input-field.ts';
import type { Naming } from './naming.ts';

/** What clients may write of a resource type, what is never returned included. Read-only attributes have no input at all. */
export function inputFields(resourceType: ResourceType, owner: string, naming: Naming): readonly InputField[] {
  const place = { resourceType, owner };
  return [
    ...resourceType.attributes.filter(isWritable).map((attribute) => attributeInput(attribute, place, naming)),
    ...resourceType.extensions.flatMap((extension) => extensionInputs(extension, place, naming)),
  ];
}

/** A complex attribute whose parts are all read-only would be an input without fields, which GraphQL does not have. */
function isWritable(attribute: Attribute): boolean {
  if (isReadOnly(attribute)) return false;
  return attribute.link !== undefined || (attribute.subAttributes?.some(isWritable) ?? true);
}

function attributeInput(attribute: Attribute, place: Place, naming: Naming): InputField {
  const { name: key, link, multiValued, required, mutability } = attribute;
  const common = {
    key,
    description: descriptionOf(attribute, place),
    multiValued,
    required,
    immutable: mutability === 'immutable',
  };
  if (link !== undefined) {
    const { schema } = place;
    return { ...common, name: link.edge, type: 'ID', link: link.edge, ...(schema && { schema: schema.id }) };
  }
  const name = attributeName(attribute, place, naming);
  const type = attributeType(attribute, place, naming);
  if (attribute.type !== 'complex') return { ...common, name, type };
  const inner: Place = { ...place, parent: attribute, owner: type };
  const subAttributes = (attribute.subAttributes ?? []).filter(isWritable);
  return { ...common, name, type, fields: subAttributes.map((sub) => attributeInput(sub, inner, naming)) };
}

function extensionInputs(
  { schema, required }: ResourceType['extensions'][number],
  place: Place,
  naming: Naming,
): readonly InputField[] {
  const writable = schema.attributes.filter(isWritable);
  const links = writable.filter(({ link }) => link !== undefined);
  const own = writable.filter(({ link }) => link === undefined);
  const inSchema = (attribute: Attribute) => attributeInput(attribute, { ...place, schema }, naming);
  return [...(own.length === 0 ? [] : [extensionInput(schema, own, required, place, naming)]), ...links.map(inSchema)];
}

function extensionInput(
  schema: Schema,
  attributes: readonly Attribute[],
  required: boolean,
  place: Place,
  naming: Naming,
): InputField {
  const { resourceType, owner } = place;
  const { field: name, type: wanted } = nameExtension(schema.id, owner, fieldNames(place, naming));
  const type = naming.scope(TYPES).claim(thingOf({ resourceType, schema }), wanted, PART_COMPANIONS);
  const inner: Place = { resourceType, schema, owner: type };
  return {
    name,
    key: schema.id,
    description: `${schema.description}\n\nSCIM: \`${schema.id}\``.trimStart(),
    type,
    multiValued: false,
    required,
    immutable: false,
    extension: true,
    fields: attributes.map((attribute) => attributeInput(attribute, inner, naming)),
  };
}

const VERBS = { create: 'Create', replace: 'Replace', patch: 'Patch', delete: 'Delete' } as const;

/** Beside the resource in an input or a payload. */
const RESERVED = ['id', 'ifVersion', 'operations', 'errors'];

export function mutationNames(type: ResourceType, name: string, one: string, naming: Naming): MutationNames {
  const thing = thingOf({ resourceType: type });
  const offered = (Object.keys(VERBS) as Exclude<ResourceOperation, 'read'>[]).filter((verb) => isOffered(type, verb));
  const stem = (verb: keyof typeof VERBS) =>
    naming.scope(TYPES).claim(`${verb} ${thing}`, `${VERBS[verb]}${name}`, ['Input', 'Payload']);
  return {
    resource: naming.scope(`payload ${thing}`, RESERVED).claim(thing, one),
    stems: new Map(offered.map((verb) => [verb, stem(verb)])),
  };
}
