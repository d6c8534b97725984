import { FILTER_LIMITS } from '#core/filter/syntax.ts';
import type { Session } from '#core/session.ts';
import type { Filter } from '#model/filter.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { FieldMap, TypeFields } from '../fields/field.ts';
import { isRecord } from '../is-record.ts';
import { conditions } from './conditions.ts';
import { WhereBudget } from './where.ts';
import type { WhereScope } from './where-scope.ts';

/** What a `where` comes to. */
export interface WhereFilter {
  /** Absent where no condition is set. */
  readonly filter?: Filter;
  /** Whether ids were looked for, which may be others the next time. */
  readonly searched: boolean;
}

/**
 * The filter that a `where` argument means; `path` names it in messages. Attributes go the way of SCIM's filter text, so both mean
 * the same. Conditions on what is linked cost a search each; nothing is asked of the backend before the whole is checked.
 * @throws {GraphQLError} BAD_USER_INPUT for a part that says nothing (`title: null`, `or: []`), or one too many
 * @throws {DirectoryError} INVALID_FILTER as SCIM's filters; TOO_MANY where conditions on what is linked find too much
 */
export async function whereToFilter(
  map: FieldMap,
  session: Session,
  type: TypeFields,
  where: unknown,
  path = 'where',
): Promise<WhereFilter> {
  if (!isRecord(where)) throw badUserInput(`${path}: null says nothing; leave it out`);
  const budget = new WhereBudget(FILTER_LIMITS);
  const scope: WhereScope = { map, session, budget, conditions: (...asked) => conditions(scope, ...asked) };
  const pending = scope.conditions(type, where, path, 1);
  if (pending === undefined) return { searched: false };
  return { filter: await pending(), searched: budget.searches > 0 };
}
