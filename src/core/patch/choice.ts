import { DirectoryError } from '#model/errors.ts';
import { elementTest } from '#model/matches.ts';
import type { Json } from '#model/resource.ts';
import { resolveValueFilter } from '../filter/resolve.ts';
import type { FilterSyntax } from '../filter/syntax.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { subAttributeOf } from '../schema/resolve-path.ts';
import { isReadOnly } from '../validate/names.ts';
import type { Reader } from '../validate/simple-value.ts';
import { readAttribute } from '../validate/value.ts';
import type { SubChanges } from './single-value.ts';
import type { Step } from './target.ts';

/** Comparisons of values in one PATCH, a fifth of a second's work: 250 operations may each look at a thousand values. */
const MOST_COMPARISONS = 250_000;

/** Work that one PATCH may still do. */
export interface Budget {
  comparisons: number;
}

export function openBudget(): Budget {
  return { comparisons: MOST_COMPARISONS };
}

/** @throws {DirectoryError} TOO_LARGE where the request has done more than any real one does */
export function spend(budget: Budget, values: number, where: FilterSyntax | undefined): void {
  budget.comparisons -= values * (where === undefined ? 1 : countTerms(where));
  if (budget.comparisons >= 0) return;
  const detail = `the operations compare more than ${MOST_COMPARISONS} values; send them in several requests`;
  throw new DirectoryError('TOO_LARGE', detail);
}

/**
 * Which values of the attribute an operation is about: those that the brackets fit, all of them without brackets.
 * @throws {DirectoryError} INVALID_FILTER
 */
export function chooserOf(type: ResourceType, { leniency }: Reader, { target }: Step): (value: Json) => boolean {
  const { schema, attribute, where } = target;
  if (where === undefined) return () => true;
  const owner = { type, attribute, ...(schema !== undefined && { schema }) };
  return elementTest(resolveValueFilter(owner, where, { booleanStrings: leniency.booleanStrings }));
}

/**
 * The sub-attributes of a value that fits the brackets: `[type eq "work" and primary eq true]` says both. Undefined where
 * they say anything but `eq`, so that no single value follows from them.
 */
export function termsToSubs(reader: Reader, target: Step['target']): SubChanges | undefined {
  const subs = new Map<string, Json | undefined>();
  for (const term of target.where === undefined ? [] : conjuncts(target.where)) {
    if (term.kind !== 'compare' || term.operator !== 'eq' || term.value === null) return undefined;
    const sub = subAttributeOf(target.attribute, term.path.text);
    if (sub === undefined || isReadOnly(sub) || subs.has(sub.name)) return undefined;
    subs.set(sub.name, readAttribute(reader, sub, term.value, `${target.label}.${sub.name}`));
  }
  return subs;
}

function conjuncts(where: FilterSyntax): readonly FilterSyntax[] {
  return where.kind === 'and' ? where.operands.flatMap(conjuncts) : [where];
}

function countTerms(where: FilterSyntax): number {
  switch (where.kind) {
    case 'and':
    case 'or':
      return where.operands.reduce((sum, operand) => sum + countTerms(operand), 0);
    case 'not':
      return countTerms(where.operand);
    case 'element':
      return countTerms(where.where);
    default:
      return 1;
  }
}
