import type { Field, FieldMap, TypeFields } from '../fields/field.ts';
import { block } from './describe.ts';
import { linkConditionFields, linkFilters } from './link-filters.ts';

/** `UserWhere` and the inputs of its complex attributes: a typed form of SCIM's filters. */
export function whereInputs(map: FieldMap, type: TypeFields): readonly string[] {
  const links = linkConditionFields(map, type);
  return [whereInput(type.name, type.fields, links), ...linkFilters(map, type), ...type.fields.flatMap(nestedInputs)];
}

/** The input type that filters a field. */
function filterTypeOf(field: Field): string {
  if (field.fields === undefined) return `${field.type}Filter`;
  return field.multiValued ? `${field.type}ListFilter` : `${field.type}Where`;
}

function whereInput(name: string, fields: readonly Field[], links: readonly string[] = []): string {
  return block(`input ${name}Where`, [
    `and: [${name}Where!]`,
    `or: [${name}Where!]`,
    `not: ${name}Where`,
    ...fields.map((field) => `${field.name}: ${filterTypeOf(field)}`),
    ...links,
  ]);
}

function nestedInputs(field: Field): readonly string[] {
  const { type, fields, multiValued } = field;
  if (fields === undefined || type === 'Meta') return [];
  const where = whereInput(type, fields);
  if (!multiValued) return [where, ...fields.flatMap(nestedInputs)];
  return [
    where,
    block(`input ${type}ListFilter`, [
      `some: ${type}Where`,
      `every: ${type}Where`,
      `none: ${type}Where`,
      'present: Boolean',
    ]),
  ];
}
