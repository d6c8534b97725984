import { keyDirectives } from '../federation/entity-keys.ts';
import type { Field, FieldMap, TypeFields } from '../fields/field.ts';
import { COMPUTED_FIELDS } from './base-sdl.ts';
import { block, describe } from './describe.ts';

/** The output types of a resource type: itself, its complex attributes, its extensions, and enums of canonical values. */
export function objectTypes(map: FieldMap, type: TypeFields): readonly string[] {
  const isMember = map.membership?.members.includes(type) ?? false;
  const interfaces = ['Node', 'Resource', ...(isMember ? ['Member'] : [])].join(' & ');
  return [
    `${describe(type.resourceType.schema.description)}${block(
      `type ${type.name} implements ${interfaces} ${keyDirectives(type)}`,
      [
        ...type.fields.flatMap(outputFields),
        ...COMPUTED_FIELDS.values(),
        ...type.loaded.map((field) => field.sdl(map, type.name)),
      ],
    )}`,
    ...type.fields.flatMap(nestedTypes),
  ];
}

function nestedTypes(field: Field): readonly string[] {
  const { canonical, fields } = field;
  const values = canonical ? [block(`enum ${canonical.type}`, [...canonical.values.values()])] : [];
  if (fields === undefined || field.type === 'Meta') return values;
  const type = `${describe(field.description)}${block(`type ${field.type}`, fields.flatMap(outputFields))}`;
  return [type, ...fields.flatMap(nestedTypes), ...values];
}

function outputFields(field: Field): readonly string[] {
  const { name, type, multiValued, required, canonical, description, hideable } = field;
  const isThere = hideable === undefined && (multiValued || required || type === 'Meta');
  const own = `${describe(description)}${name}: ${multiValued ? `[${type}!]` : type}${isThere ? '!' : ''}`;
  if (canonical === undefined) return [own];
  const text = `The canonical form of \`${name}\`; null for any other value.`;
  return [own, `${describe(text)}${canonical.name}: ${canonical.type}`];
}
