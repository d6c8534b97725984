import { allOf, anyOf, negationOf } from '#core/filter/combine.ts';
import { resolveFilter } from '#core/filter/resolve.ts';
import type { TypeFields } from '../fields/field.ts';
import { attributeToSyntax } from './attribute-to-syntax.ts';
import { linkConditions } from './link-conditions.ts';
import { targetOf } from './link-target.ts';
import { walkWhere } from './walk-where.ts';
import type { Where } from './where.ts';
import { joined, type Pending, settled, type WhereScope } from './where-scope.ts';

/** What a `where` on resources of a type means; undefined where it sets no condition. */
export function conditions(
  scope: WhereScope,
  type: TypeFields,
  where: Where,
  path: string,
  depth: number,
): Pending | undefined {
  return walkWhere<Pending>(where, path, depth, scope.budget, {
    not: (operand) => joined([operand], ([filter]) => negationOf(filter as NonNullable<typeof filter>)),
    any: (operands) => joined(operands, anyOf),
    all: (operands) => joined(operands, allOf),
    field: (name, value, here, level) => fieldConditions(scope, type, name, value, here, level),
  });
}

function fieldConditions(
  scope: WhereScope,
  type: TypeFields,
  name: string,
  value: Where,
  path: string,
  depth: number,
): readonly Pending[] {
  const link = type.loaded.find((each) => each.name === name)?.link;
  if (link !== undefined) {
    const target = targetOf(scope.map, type, link);
    return linkConditions(scope, { link, target, path, depth }, value);
  }
  const field = type.fields.find((each) => each.name === name);
  if (field === undefined) throw new Error(`the schema has ${type.name}Where.${name}, the field map has not`);
  const syntax = attributeToSyntax(field, value, { path, prefix: '', budget: scope.budget, depth });
  return syntax === undefined ? [] : [settled(resolveFilter(type.resourceType, syntax))];
}
