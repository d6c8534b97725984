import type { Json, ResourceId } from '#model/resource.ts';
import type { FilterSyntax } from '../filter/syntax.ts';
import type { Leniency } from '../leniency.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { Faults } from '../validate/faults.ts';
import { type GroupName, readGroups } from '../validate/groups.ts';
import { isAbsent } from '../validate/is-absent.ts';
import { checkNames } from '../validate/names.ts';
import { inOperation, refusal } from './fault.ts';
import type { PatchOperation } from './operation.ts';
import { resolveTarget, type Step } from './target.ts';

/** What operations say of the groups that a resource is directly in, in order. */
export type GroupWord =
  | { readonly kind: 'leave all' }
  | { readonly kind: 'join' | 'leave'; readonly groups: readonly GroupName[] };

export interface GroupPatch {
  readonly words: readonly GroupWord[];
  /** The operations on anything else, each at its own place among all; absent where there are none. */
  readonly others?: readonly PatchOperation[];
}

const MOST_GROUPS = 500;
const NOTHING: PatchOperation = { op: 'add', value: {} };

/**
 * Parts what a PATCH says of `groups`, by that path, from the rest; undefined where it says nothing of it. A value without a path
 * is no such word: clients send back what they have read there, and it is read-only (RFC 7643 §4.1.2).
 * @throws {DirectoryError} INVALID_VALUE, INVALID_PATH, MUTABILITY
 */
export function groupPatchOf(
  type: ResourceType,
  operations: readonly PatchOperation[],
  leniency: Leniency,
): GroupPatch | undefined {
  const words: GroupWord[] = [];
  const others: PatchOperation[] = [];
  let named = 0;
  for (const [index, operation] of operations.entries()) {
    inOperation(index, operations.length, () => {
      const step = groupStepOf(type, operation);
      others.push(step === undefined ? operation : NOTHING);
      if (step === undefined) return;
      for (const word of stepToWords(step, leniency)) {
        words.push(word);
        named += word.kind === 'leave all' ? 0 : word.groups.length;
      }
      if (named > MOST_GROUPS) {
        const remedy = 'send them in several requests';
        throw refusal('INVALID_VALUE', step.target.label, `at most ${MOST_GROUPS} groups`, { remedy });
      }
    });
  }
  if (words.length === 0 && others.every((operation) => operation !== NOTHING)) return undefined;
  return { words, ...(others.some((operation) => operation !== NOTHING) && { others }) };
}

function groupStepOf(type: ResourceType, { op, path, value }: PatchOperation): Step | undefined {
  const target = path && resolveTarget(type, path);
  const link = target?.attribute?.link;
  if (target?.attribute === undefined || link?.edge !== 'members' || link.direction !== 'in') return undefined;
  return { op, target: { ...target, attribute: target.attribute }, value };
}

function stepToWords({ op, target, value }: Step, leniency: Leniency): readonly GroupWord[] {
  const { attribute, sub, where, label } = target;
  if (sub !== undefined) throw refusal('MUTABILITY', label, 'a group as a whole, added or removed');
  if (where !== undefined) {
    const removes = op === 'remove' || (op === 'replace' && isAbsent(value));
    if (!removes) throw refusal('MUTABILITY', label, 'no brackets, but the groups as the value of "groups"');
    return [{ kind: 'leave', groups: namesIn(where, label) }];
  }
  const groups = readValue(attribute, value ?? null, label, leniency);
  if (op === 'add') return [{ kind: 'join', groups }];
  if (op === 'replace') return [{ kind: 'leave all' }, { kind: 'join', groups }];
  const all = value === undefined || value === null;
  return [all ? { kind: 'leave all' } : { kind: 'leave', groups }];
}

function readValue(attribute: Attribute, value: Json, label: string, leniency: Leniency): readonly GroupName[] {
  const faults = new Faults();
  checkNames(value, label, faults);
  faults.check();
  const groups = readGroups({ leniency, faults }, attribute, value, label);
  faults.check();
  return groups;
}

/** `value eq "..."` and `display eq "..."`, several by `or`. */
function namesIn(where: FilterSyntax, label: string): readonly GroupName[] {
  if (where.kind === 'or') return where.operands.flatMap((operand) => namesIn(operand, label));
  if (where.kind === 'compare' && where.operator === 'eq' && typeof where.value === 'string') {
    const name = where.path.text.toLowerCase();
    if (name === 'value') return [{ id: where.value as ResourceId }];
    if (name === 'display') return [{ name: where.value }];
  }
  throw refusal('INVALID_PATH', label, 'groups by their value or display', { remedy: 'write groups[value eq "..."]' });
}
