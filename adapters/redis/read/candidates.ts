/** What indexes say of a filter: parts of sorted sets among which every match is. */
import type { AttributePath, Filter, Literal } from '#model/filter.ts';
import { pathName } from '#model/filter.ts';
import type { ResourceId, ResourceTypeName } from '#model/resource.ts';
import { indexAt } from '../indexes.ts';
import { edgeKey, orderKey } from '../keys.ts';
import type { Store } from '../store.ts';
import { idOfMember } from '../store.ts';
import { AFTER_SEPARATOR, encodeText, LAST, SEPARATOR } from '../text.ts';

interface Range {
  /** Without the tenant. */
  readonly key: string;
  readonly min: string;
  readonly max: string;
}

/** All matches are members of these ranges, or have one of these ids. */
export interface Candidates {
  readonly ranges: readonly Range[];
  readonly ids: readonly ResourceId[];
}

/** More than this are read as cheaply in the order of the list. */
const WORTH_LOOKING_UP = 5_000;

/** Ids among which all matches are, in no order; undefined where the indexes say too little. One or two round trips. */
export async function candidateIds(
  store: Store,
  type: ResourceTypeName,
  filter: Filter,
): Promise<readonly ResourceId[] | undefined> {
  const choices = choicesOf(type, filter);
  if (choices.length === 0) return undefined;
  const counts = await store.ask(
    choices.flatMap(({ ranges }) =>
      ranges.map(({ key, min, max }) => ({ name: 'zlexcount', args: [store.key(key), min, max] })),
    ),
  );
  let at = 0;
  const sizes = choices.map(({ ranges, ids }) => ranges.reduce((sum) => sum + Number(counts[at++]), ids.length));
  const least = Math.min(...sizes);
  const choice = choices[sizes.indexOf(least)];
  if (choice === undefined || least > WORTH_LOOKING_UP) return undefined;
  const members = await store.ask(
    choice.ranges.map(({ key, min, max }) => ({ name: 'zrangebylex', args: [store.key(key), min, max] })),
  );
  return [...new Set([...choice.ids, ...(members as string[][]).flat().map(idOfMember)])];
}

/** Each choice alone holds all matches. */
export function choicesOf(type: ResourceTypeName, filter: Filter): readonly Candidates[] {
  switch (filter.kind) {
    case 'and':
      return filter.operands.flatMap((operand) => choicesOf(type, operand));
    case 'or': {
      const firsts = filter.operands.map((operand) => choicesOf(type, operand)[0]);
      if (firsts.some((first) => first === undefined)) return [];
      const found = firsts as readonly Candidates[];
      return [{ ranges: found.flatMap(({ ranges }) => ranges), ids: found.flatMap(({ ids }) => ids) }];
    }
    case 'element':
      return choicesOf(type, filter.where);
    case 'compare':
      return compareChoice(type, filter);
    case 'in':
      return inChoice(type, filter.path, filter.literals);
    case 'linked':
      return linkedChoice(type, filter);
    case 'not':
    case 'present':
      return [];
  }
}

function inChoice(type: ResourceTypeName, path: AttributePath, literals: readonly Literal[]): readonly Candidates[] {
  if (pathName(path) === 'id') return [{ ranges: [], ids: literals.map((literal) => String(literal) as ResourceId) }];
  const index = indexAt(type, path);
  if (index === undefined) return [];
  const key = orderKey(index.name, type);
  return [{ ranges: literals.map((literal) => ({ key, ...equalTo(encodeText(String(literal))) })), ids: [] }];
}

function compareChoice(
  type: ResourceTypeName,
  { path, operator, literal }: Extract<Filter, { kind: 'compare' }>,
): readonly Candidates[] {
  if (operator === 'eq') return inChoice(type, path, [literal]);
  const index = indexAt(type, path);
  // A half of a surrogate pair begins texts that do not begin with its code.
  if (index === undefined || typeof literal !== 'string' || !literal.isWellFormed()) return [];
  const range = rangeOf(operator, encodeText(literal));
  return range === undefined ? [] : [{ ranges: [{ key: orderKey(index.name, type), ...range }], ids: [] }];
}

function rangeOf(operator: string, text: string): Omit<Range, 'key'> | undefined {
  switch (operator) {
    case 'sw':
      return { min: `[${text}`, max: `(${text}${LAST}` };
    case 'gt':
    case 'ge':
      return { min: `[${text}${operator === 'gt' ? AFTER_SEPARATOR : SEPARATOR}`, max: `(${LAST}` };
    case 'lt':
    case 'le':
      return { min: '-', max: `(${text}${operator === 'lt' ? SEPARATOR : AFTER_SEPARATOR}` };
    default:
      return undefined;
  }
}

function equalTo(text: string): Omit<Range, 'key'> {
  return { min: `[${text}${SEPARATOR}`, max: `(${text}${AFTER_SEPARATOR}` };
}

function linkedChoice(
  type: ResourceTypeName,
  { edge, direction, ids, transitive }: Extract<Filter, { kind: 'linked' }>,
): readonly Candidates[] {
  if (ids === undefined || transitive) return [];
  const keys = ids.map((id) => edgeKey(edge, direction === 'out' ? 'in' : 'out', id));
  if (keys.some((key) => key === undefined)) return [];
  const ofType = equalTo(encodeText(type));
  return [{ ranges: (keys as string[]).map((key) => ({ key, ...ofType })), ids: [] }];
}
