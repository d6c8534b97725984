import { allOf, anyOf, negationOf } from '#core/filter/combine.ts';
import { resolveFilter } from '#core/filter/resolve.ts';
import { FILTER_LIMITS } from '#core/filter/syntax.ts';
import type { Filter } from '#model/filter.ts';
import type { Field, TypeFields } from '../fields/field.ts';
import { attributeToSyntax } from './attribute-to-syntax.ts';
import { linksToFilter } from './links-to-filter.ts';
import { walkWhere } from './walk-where.ts';
import { type Where, WhereBudget } from './where.ts';

/**
 * The filter that a `where` argument means: attributes go the way of SCIM's filter text, so both mean the same.
 * Undefined where it sets no condition.
 * @throws {GraphQLError} BAD_USER_INPUT for a part that says nothing (`title: null`, `or: []`), or one too many
 * @throws {DirectoryError} INVALID_FILTER as SCIM's filters
 */
export function whereToFilter(type: TypeFields, where: Where): Filter | undefined {
  const budget = new WhereBudget(FILTER_LIMITS);
  return walkWhere(where, 'where', 1, budget, {
    not: negationOf,
    any: anyOf,
    all: allOf,
    field: (name, value, path, depth) => fieldToFilter(type, name, value, path, budget, depth),
  });
}

function fieldToFilter(
  type: TypeFields,
  name: string,
  value: Where,
  path: string,
  budget: WhereBudget,
  depth: number,
): readonly Filter[] {
  const link = type.loaded.find((each) => each.name === name)?.link;
  if (link !== undefined) return linksToFilter(link, value, path, budget);
  const field = type.fields.find((each: Field) => each.name === name);
  if (field === undefined) throw new Error(`the schema has ${type.name}Where.${name}, the field map has not`);
  const syntax = attributeToSyntax(field, value, { path, prefix: '', budget, depth });
  return syntax === undefined ? [] : [resolveFilter(type.resourceType, syntax)];
}
