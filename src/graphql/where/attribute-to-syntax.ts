import type { FilterSyntax, PathSyntax } from '#core/filter/syntax.ts';
import type { CompareOperator } from '#model/filter.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { Field } from '../fields/field.ts';
import { isRecord } from '../is-record.ts';
import { walkWhere } from './walk-where.ts';
import { entriesOf, type Where, type WhereBudget } from './where.ts';

/** Where a part of `where` stands: in the argument, for messages, and in the resource type, for the filter. */
export interface WherePlace {
  readonly path: string;
  /** What stands before an attribute's name in SCIM: `name.`, `urn:...:User:`, or nothing. */
  readonly prefix: string;
  readonly budget: WhereBudget;
  readonly depth: number;
}

/** The SCIM filter that the conditions on one attribute or extension mean; undefined where they set none. */
export function attributeToSyntax(field: Field, where: Where, place: WherePlace): FilterSyntax | undefined {
  const { key, fields, attribute, multiValued } = field;
  if (fields === undefined) return comparisons(`${place.prefix}${key}`, where, place);
  if (multiValued) return elements(`${place.prefix}${key}`, fields, where, place);
  return conditions(fields, where, { ...place, prefix: `${place.prefix}${key}${attribute === undefined ? ':' : '.'}` });
}

/** An input with `and`, `or`, `not` and a field per attribute. */
function conditions(fields: readonly Field[], where: Where, place: WherePlace): FilterSyntax | undefined {
  return walkWhere(where, place.path, place.depth, place.budget, {
    not: (operand) => ({ kind: 'not', operand }),
    any: (operands) => group('or', operands),
    all: (operands) => group('and', operands),
    field(name, value, path, depth) {
      const field = fields.find((each) => each.name === name);
      if (field === undefined) throw new Error(`the schema has ${path}, the field map has not`);
      const syntax = attributeToSyntax(field, value, { ...place, path, depth: depth + 1 });
      return syntax === undefined ? [] : [syntax];
    },
  });
}

/** `some`, `every`, `none` and `present` on a multi-valued complex attribute. */
function elements(name: string, fields: readonly Field[], where: Where, place: WherePlace): FilterSyntax | undefined {
  const path = pathSyntax(name);
  const operands = entriesOf(where).flatMap(([word, value]): readonly FilterSyntax[] => {
    const here = `${place.path}.${word}`;
    if (word === 'present') return [presence(path, value, { ...place, path: here })];
    if (!isRecord(value)) throw badUserInput(`${here}: null says nothing; use { present: false } for "no value"`);
    const inner = conditions(fields, value, { ...place, path: here, prefix: '', depth: place.depth + 1 });
    return elementTest(word, path, inner);
  });
  return operands.length === 0 ? undefined : group('and', operands);
}

/** "Every" is that none does not fit, so it holds where there is no value; without a condition it says nothing. */
function elementTest(word: string, path: PathSyntax, inner: FilterSyntax | undefined): readonly FilterSyntax[] {
  if (word === 'every') {
    if (inner === undefined) return [];
    const misfit: FilterSyntax = { kind: 'not', operand: inner };
    return [{ kind: 'not', operand: { kind: 'element', path, where: misfit } }];
  }
  const some: FilterSyntax = inner ? { kind: 'element', path, where: inner } : { kind: 'present', path };
  return [word === 'none' ? { kind: 'not', operand: some } : some];
}

const OPERATORS: ReadonlyMap<string, CompareOperator> = new Map([
  ['eq', 'eq'],
  ['ne', 'ne'],
  ['contains', 'co'],
  ['startsWith', 'sw'],
  ['endsWith', 'ew'],
  ['gt', 'gt'],
  ['gte', 'ge'],
  ['lt', 'lt'],
  ['lte', 'le'],
]);

/** The operators of one filter input such as StringFilter; all of them must hold. */
function comparisons(name: string, where: Where, place: WherePlace): FilterSyntax | undefined {
  const path = pathSyntax(name);
  const operands = entriesOf(where).map(([word, value]): FilterSyntax => {
    const here = { ...place, path: `${place.path}.${word}` };
    if (word === 'present') return presence(path, value, here);
    if (word === 'in') return choice(path, value, here);
    const operator = OPERATORS.get(word);
    if (operator === undefined) throw new Error(`the schema has the operator ${word}, this file has not`);
    if (value === null && operator !== 'eq' && operator !== 'ne') {
      throw badUserInput(`${here.path}: null can be compared with eq and ne only`);
    }
    place.budget.spend(here.path, 1);
    return { kind: 'compare', path, operator, value: value as string | number | boolean | null };
  });
  return operands.length === 0 ? undefined : group('and', operands);
}

function presence(path: PathSyntax, value: unknown, { path: here, budget }: WherePlace): FilterSyntax {
  if (typeof value !== 'boolean') throw badUserInput(`${here}: give true or false`);
  budget.spend(here, 1);
  const present: FilterSyntax = { kind: 'present', path };
  return value ? present : { kind: 'not', operand: present };
}

/** An empty list is what a program gives that has nothing to look for: nothing is found. */
function choice(path: PathSyntax, value: unknown, { path: here, budget }: WherePlace): FilterSyntax {
  if (!Array.isArray(value)) throw badUserInput(`${here}: null says nothing; leave it out`);
  budget.spend(here, value.length);
  if (value.length > 0) {
    return group(
      'or',
      value.map((each: string | number): FilterSyntax => ({ kind: 'compare', path, operator: 'eq', value: each })),
    );
  }
  const present: FilterSyntax = { kind: 'present', path };
  return group('and', [present, { kind: 'not', operand: present }]);
}

/** Positions mean nothing here: a `where` is no text. */
function pathSyntax(text: string): PathSyntax {
  return { text, at: 0 };
}

function group(kind: 'and' | 'or', operands: readonly FilterSyntax[]): FilterSyntax {
  const [only] = operands;
  return only !== undefined && operands.length === 1 ? only : { kind, operands };
}
