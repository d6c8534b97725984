import { type AttributePath, type Filter, type Literal, pathName } from '#model/filter.ts';
import type { ResourceId } from '#model/resource.ts';

const ID: AttributePath = { name: 'id', comparison: 'exact', multiValued: false };

/** Every resource has an id, so these two need no kind of their own. */
export const ALWAYS: Filter = { kind: 'present', path: ID };
export const NEVER: Filter = { kind: 'not', operand: ALWAYS };

export function negationOf(filter: Filter): Filter {
  return filter.kind === 'not' ? filter.operand : { kind: 'not', operand: filter };
}

/** All of the operands, at least one, with `and` within `and` made flat. */
export function allOf(operands: readonly Filter[]): Filter {
  return group('and', flatten('and', operands));
}

/** Any of the operands, at least one, made flat; `eq` on one path becomes one `in`, which a backend answers in one step. */
export function anyOf(operands: readonly Filter[]): Filter {
  const merged: (Filter | Choice)[] = [];
  const choices = new Map<string, Choice>();
  for (const operand of flatten('or', operands)) {
    const key = choiceKey(operand);
    const choice = key === undefined ? undefined : choices.get(key);
    if (choice !== undefined) choice.push(operand);
    else if (key === undefined) merged.push(operand);
    else {
      const first = [operand];
      choices.set(key, first);
      merged.push(first);
    }
  }
  return group(
    'or',
    merged.map((operand) => (isChoice(operand) ? joinChoice(operand) : operand)),
  );
}

/** Operands that differ in their literals alone. */
type Choice = Filter[];

function isChoice(operand: Filter | Choice): operand is Choice {
  return Array.isArray(operand);
}

function group(kind: 'and' | 'or', operands: readonly Filter[]): Filter {
  const [only] = operands;
  return only !== undefined && operands.length === 1 ? only : { kind, operands };
}

function flatten(kind: 'and' | 'or', operands: readonly Filter[]): readonly Filter[] {
  return operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand]));
}

function choiceKey(filter: Filter): string | undefined {
  if (filter.kind === 'in' || (filter.kind === 'compare' && filter.operator === 'eq')) return pathName(filter.path);
  if (filter.kind === 'linked' && filter.ids) return `${filter.edge} ${filter.direction} ${filter.transitive}`;
  return undefined;
}

function joinChoice(choice: Choice): Filter {
  const [first] = choice;
  if (first === undefined) return NEVER;
  if (first.kind === 'linked') return { ...first, ids: [...new Set(choice.flatMap(idsOf))] };
  if (first.kind !== 'in' && first.kind !== 'compare') return first;
  const literals = [...new Set(choice.flatMap(literalsOf))];
  const [literal] = literals;
  return literal !== undefined && literals.length === 1
    ? { kind: 'compare', path: first.path, operator: 'eq', literal }
    : { kind: 'in', path: first.path, literals };
}

function literalsOf(filter: Filter): readonly Literal[] {
  if (filter.kind === 'in') return filter.literals;
  return filter.kind === 'compare' ? [filter.literal] : [];
}

function idsOf(filter: Filter): readonly ResourceId[] {
  return filter.kind === 'linked' ? (filter.ids ?? []) : [];
}
