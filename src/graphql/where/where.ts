import type { FilterLimits } from '#core/filter/syntax.ts';
import { badUserInput } from '../bad-user-input.ts';

/** An input object as graphql-js coerces it: own keys that the schema knows, in the schema's order. */
export type Where = { readonly [name: string]: unknown };

/** What was given; a variable that was left out leaves no entry. */
export function entriesOf(where: Where): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(where).filter(([, value]) => value !== undefined);
}

/** The list behind `and` or `or`. */
export function operandsOf(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw badUserInput(`${path}: give at least one condition, or leave it out`);
}

/** Each is a call to the backend. */
const MAX_SEARCHES = 10;

/** Counts what a `where` asks for against the limits that hold for SCIM's filters. */
export class WhereBudget {
  private readonly limits: FilterLimits;
  private terms = 0;
  /** How many searches for ids the conditions on what is linked need. */
  searches = 0;

  constructor(limits: FilterLimits) {
    this.limits = limits;
  }

  enter(path: string, depth: number): void {
    const limit = this.limits.depth;
    if (depth <= limit) return;
    throw badUserInput(`${path}: conditions nest at most ${limit} deep`, { limit, actual: depth });
  }

  spend(path: string, terms: number): void {
    this.terms += terms;
    const limit = this.limits.terms;
    if (this.terms <= limit) return;
    throw badUserInput(`${path}: at most ${limit} comparisons in one query; ask in several`, {
      limit,
      actual: this.terms,
    });
  }

  search(path: string): void {
    this.searches += 1;
    if (this.searches > MAX_SEARCHES) {
      throw badUserInput(
        `${path}: at most ${MAX_SEARCHES} conditions on what linked resources are; find some of them first and give their ids with in`,
        { limit: MAX_SEARCHES, actual: this.searches },
      );
    }
  }
}
