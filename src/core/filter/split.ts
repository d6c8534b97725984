import type { Capabilities } from '#adapters/adapter.ts';
import { type AttributePath, type CompareOperator, type Filter, pathName } from '#model/filter.ts';
import type { Key, ResourceId } from '#model/resource.ts';
import { allOf, anyOf } from './combine.ts';

/** What a backend evaluates, and what is left to do with its answer; a part that is absent is true of everything. */
export interface Split {
  readonly pushed?: Filter;
  readonly residue?: Filter;
}

type Abilities = Pick<Capabilities, 'filter' | 'logic'>;

/**
 * Divides a filter by what a backend can do: `pushed` and `residue` together mean the filter, and `pushed` alone is implied by it,
 * being the strongest such part. A term that is matched coarsely is pushed and stays in the residue; it is never pushed beneath
 * `not` or as `ne`, where a superset would lose matches.
 */
export function splitFilter(filter: Filter, abilities: Abilities): Split {
  switch (filter.kind) {
    case 'and':
      return splitAll(filter.operands.map((operand) => splitFilter(operand, abilities)));
    case 'or':
      return splitAny(filter, abilities);
    case 'not': {
      const { pushed, residue } = splitFilter(filter.operand, abilities);
      return abilities.logic.not && pushed && !residue ? { pushed: filter } : { residue: filter };
    }
    case 'present':
      return splitTerm(filter, filter.path, 'pr', abilities);
    case 'compare':
      return splitTerm(filter, filter.path, filter.operator, abilities);
    case 'in':
      return splitTerm(filter, filter.path, 'eq', abilities);
    case 'element':
      return splitElement(filter, abilities);
    case 'linked': {
      const needed = filter.transitive && filter.ids ? ['transitive'] : ['direct', 'transitive'];
      if (!needed.includes(abilities.logic.linked)) return { residue: filter };
      return abilities.logic.coarseLinks ? { pushed: filter, residue: filter } : { pushed: filter };
    }
  }
}

function splitTerm(
  filter: Filter,
  path: AttributePath,
  operator: CompareOperator | 'pr',
  { filter: supported }: Abilities,
): Split {
  const name = pathName(path);
  const ability = Object.hasOwn(supported, name) ? supported[name] : supported['*'];
  if (!ability?.operators.includes(operator)) return { residue: filter };
  if (!ability.coarse) return { pushed: filter };
  return operator === 'ne' ? { residue: filter } : { pushed: filter, residue: filter };
}

function splitAll(parts: readonly Split[]): Split {
  const pushed = parts.flatMap((part) => part.pushed ?? []);
  const residue = parts.flatMap((part) => part.residue ?? []);
  return {
    ...(pushed.length > 0 && { pushed: allOf(pushed) }),
    ...(residue.length > 0 && { residue: allOf(residue) }),
  };
}

/** One alternative that cannot be pushed may match what the others do not, so then none is. */
function splitAny(filter: Extract<Filter, { kind: 'and' | 'or' }>, abilities: Abilities): Split {
  const parts = filter.operands.map((operand) => splitFilter(operand, abilities));
  if (parts.every((part) => part.residue === undefined)) return { pushed: filter };
  const pushed = parts.flatMap((part) => part.pushed ?? []);
  if (pushed.length < parts.length) return { residue: filter };
  return { pushed: anyOf(pushed), residue: filter };
}

function splitElement(filter: Extract<Filter, { kind: 'element' }>, abilities: Abilities): Split {
  const { pushed, residue } = splitFilter(filter.where, abilities);
  if (abilities.logic.element && pushed) {
    return residue ? { pushed: { ...filter, where: pushed }, residue: filter } : { pushed: filter };
  }
  const implied = ofAnyElement(filter.where);
  const weaker = implied && splitFilter(implied, abilities).pushed;
  return { ...(weaker && { pushed: weaker }), residue: filter };
}

/** What `where` of one element implies of the resource: each comparison holds for some value. `ne` and `not` imply nothing. */
function ofAnyElement(where: Filter): Filter | undefined {
  switch (where.kind) {
    case 'present':
    case 'in':
      return where;
    case 'compare':
      return where.operator === 'ne' ? undefined : where;
    case 'and': {
      const implied = where.operands.flatMap((operand) => ofAnyElement(operand) ?? []);
      return implied.length > 0 ? allOf(implied) : undefined;
    }
    case 'or': {
      const implied = where.operands.flatMap((operand) => ofAnyElement(operand) ?? []);
      return implied.length === where.operands.length ? anyOf(implied) : undefined;
    }
    default:
      return undefined;
  }
}

/** Where to fetch the few resources that a filter can match, and what is left to check of them. */
export type KeyLookup = ({ readonly id: ResourceId } | { readonly key: Key }) & { readonly rest?: Filter };

/**
 * Finds an `eq` that a filter demands of `id`, or else of an attribute that is indexed as a key, so that one look-up replaces a
 * search. `keyAttributes` are path names: `userName`, `emails.value`, `urn:...:User:employeeNumber`.
 */
export function keyOf(filter: Filter, keyAttributes: ReadonlySet<string>): KeyLookup | undefined {
  const demands = filter.kind === 'and' ? filter.operands : [filter];
  for (const demand of demands) {
    const id = idIn(demand);
    if (id !== undefined) return { id, ...without(demands, demand) };
  }
  for (const demand of demands) {
    const key = keyIn(demand, keyAttributes);
    // A key says nothing of the other comparisons within the same element.
    if (key !== undefined) return { key, ...(demand.kind === 'element' ? { rest: filter } : without(demands, demand)) };
  }
  return undefined;
}

function idIn(demand: Filter): ResourceId | undefined {
  if (demand.kind !== 'compare' || demand.operator !== 'eq' || pathName(demand.path) !== 'id') return undefined;
  return String(demand.literal) as ResourceId;
}

function keyIn(demand: Filter, keyAttributes: ReadonlySet<string>): Key | undefined {
  if (demand.kind === 'compare' && demand.operator === 'eq') {
    const attribute = pathName(demand.path);
    return keyAttributes.has(attribute) ? { attribute, value: String(demand.literal) } : undefined;
  }
  if (demand.kind !== 'element') return undefined;
  const inner = demand.where.kind === 'and' ? demand.where.operands : [demand.where];
  return inner.map((each) => keyIn(each, keyAttributes)).find((key) => key !== undefined);
}

function without(demands: readonly Filter[], taken: Filter): { readonly rest?: Filter } {
  const rest = demands.filter((demand) => demand !== taken);
  return rest.length > 0 ? { rest: allOf(rest) } : {};
}
