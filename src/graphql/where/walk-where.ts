import { badUserInput } from '../bad-user-input.ts';
import { isRecord } from '../is-record.ts';
import { entriesOf, operandsOf, type Where, type WhereBudget } from './where.ts';

/** What the parts of a `where` become; undefined or nothing stands for a part that sets no condition. */
export interface WhereTerms<Term> {
  not(operand: Term): Term;
  any(operands: readonly Term[]): Term;
  all(operands: readonly Term[]): Term;
  /** An entry other than `and`, `or` and `not`; `path` names it, `depth` is that of the input that it stands in. */
  field(name: string, value: Where, path: string, depth: number): readonly Term[];
}

/**
 * An input with `and`, `or`, `not` and fields, all of which must hold.
 * @throws {GraphQLError} BAD_USER_INPUT for a part that says nothing
 */
export function walkWhere<Term>(
  where: Where,
  path: string,
  depth: number,
  budget: WhereBudget,
  terms: WhereTerms<Term>,
): Term | undefined {
  budget.enter(path, depth);
  const inner = (value: unknown, name: string) => {
    if (!isRecord(value)) throw badUserInput(`${path}.${name}: null says nothing; leave it out`);
    return walkWhere(value, `${path}.${name}`, depth + 1, budget, terms);
  };
  const needed = (value: unknown, name: string): Term => {
    const term = inner(value, name);
    if (term === undefined) throw badUserInput(`${path}.${name}: it sets no condition; leave it out`);
    return term;
  };
  const operands = entriesOf(where).flatMap(([name, value]): readonly Term[] => {
    const here = `${path}.${name}`;
    if (name === 'not') return [terms.not(needed(value, name))];
    if (name === 'or') return [terms.any(operandsOf(value, here).map((each, at) => needed(each, `or[${at}]`)))];
    if (name === 'and') return operandsOf(value, here).flatMap((each, at) => inner(each, `and[${at}]`) ?? []);
    if (!isRecord(value)) throw badUserInput(`${here}: null says nothing; use { present: false } for "no value"`);
    return terms.field(name, value, here, depth);
  });
  return operands.length === 0 ? undefined : terms.all(operands);
}
