import { pathsOf } from '#core/filter/paths.ts';
import type { AttributePath, Filter } from '#model/filter.ts';
import { badUserInput } from '../bad-user-input.ts';
import type { TypeFields } from '../fields/field.ts';
import { entriesOf, type Where } from '../where/where.ts';
import { whereToFilter } from '../where/where-to-filter.ts';
import type { LoadRequest } from './loaded-field.ts';

/** What a resource of a type has to be; all of its resources fit where there is no filter. */
export interface NodeCondition {
  readonly type: TypeFields;
  readonly filter?: Filter;
}

/**
 * What the `where` of a connection means, a condition for each type that can fit; undefined where all nodes are listed.
 * `perType` says that `where` has an entry for each type rather than being of the one that there is.
 */
export async function nodeConditions(
  { walk, args }: LoadRequest,
  nodes: readonly TypeFields[],
  perType: boolean,
): Promise<readonly NodeCondition[] | undefined> {
  const where = args['where'] as Where | null | undefined;
  if (where === undefined || where === null) return undefined;
  const conditionOf = async (type: TypeFields, value: unknown, path: string): Promise<NodeCondition> => {
    const { filter } = await whereToFilter(walk.fields, walk.context.session, type, value, path);
    return { type, ...(filter && { filter }) };
  };
  if (!perType) return Promise.all(nodes.map((type) => conditionOf(type, where, 'where')));
  const named = entriesOf(where);
  if (named.length === 0) {
    throw badUserInput(`where: name at least one of ${nodes.map(({ one }) => one).join(', ')}, or leave it out`);
  }
  return Promise.all(
    named.map(([name, value]) => {
      const type = nodes.find(({ one }) => one === name);
      if (type === undefined) throw new Error(`the schema has MemberWhere.${name}, the field map has not`);
      return conditionOf(type, value, `where.${name}`);
    }),
  );
}

/**
 * The attributes that links have to bring along for the conditions to be judged; undefined where only the whole resource will do,
 * since a link knows nothing of `meta`.
 */
export function attributesJudged(conditions: readonly NodeCondition[]): readonly AttributePath[] | undefined {
  const attributes = new Map<string, AttributePath>();
  for (const { schema, name, comparison, multiValued } of conditions.flatMap(({ filter }) =>
    filter ? pathsOf(filter) : [],
  )) {
    if (schema === undefined && name === 'meta') return undefined;
    const whole = { ...(schema !== undefined && { schema }), name, comparison, multiValued };
    if (schema !== undefined || name !== 'id') attributes.set(`${schema ?? ''} ${name}`, whole);
  }
  return [...attributes.values()];
}
