import { allOf, anyOf, negationOf } from '#core/filter/combine.ts';
import { resolveFilter } from '#core/filter/resolve.ts';
import { FILTER_LIMITS } from '#core/filter/syntax.ts';
import type { Filter } from '#model/filter.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { Field, Relation, TypeFields } from '../fields/field.ts';
import { attributeToSyntax } from './attribute-to-syntax.ts';
import { linksToFilter } from './links-to-filter.ts';
import { entriesOf, isWhere, operandsOf, type Where, WhereBudget } from './where.ts';

/**
 * The filter that a `where` argument means: attributes go the way of SCIM's filter text, so both mean the same.
 * Undefined where it sets no condition.
 * @throws {GraphQLError} BAD_USER_INPUT for a part that says nothing (`title: null`, `or: []`), or one too many
 * @throws {DirectoryError} INVALID_FILTER as SCIM's filters
 */
export function whereToFilter(type: TypeFields, where: Where): Filter | undefined {
  return compile(type, where, 'where', new WhereBudget(FILTER_LIMITS), 1);
}

function compile(type: TypeFields, where: Where, path: string, budget: WhereBudget, depth: number): Filter | undefined {
  budget.enter(path, depth);
  const inner = (value: unknown, name: string) => {
    if (!isWhere(value)) throw badUserInput(`${path}.${name}: null says nothing; leave it out`);
    return compile(type, value, `${path}.${name}`, budget, depth + 1);
  };
  const operands = entriesOf(where).flatMap(([name, value]): readonly Filter[] => {
    const here = `${path}.${name}`;
    if (name === 'not') return [negationOf(required(inner(value, name), here))];
    if (name === 'or') {
      return [anyOf(operandsOf(value, here).map((each, at) => required(inner(each, `or[${at}]`), `${here}[${at}]`)))];
    }
    if (name === 'and') return operandsOf(value, here).flatMap((each, at) => inner(each, `and[${at}]`) ?? []);
    if (!isWhere(value)) throw badUserInput(`${here}: null says nothing; use { present: false } for "no value"`);
    return fieldToFilter(type, name, value, here, budget, depth);
  });
  return operands.length === 0 ? undefined : allOf(operands);
}

function fieldToFilter(
  type: TypeFields,
  name: string,
  value: Where,
  path: string,
  budget: WhereBudget,
  depth: number,
): readonly Filter[] {
  const relation = type.relations.find((each: Relation) => each.name === name);
  if (relation !== undefined) return linksToFilter(relation, value, path, budget);
  const field = type.fields.find((each: Field) => each.name === name);
  if (field === undefined) throw new Error(`the schema has ${type.name}Where.${name}, the field map has not`);
  const syntax = attributeToSyntax(field, value, { path, prefix: '', budget, depth });
  return syntax === undefined ? [] : [resolveFilter(type.resourceType, syntax)];
}

function required(filter: Filter | undefined, path: string): Filter {
  if (filter === undefined) throw badUserInput(`${path}: it sets no condition; leave it out`);
  return filter;
}
