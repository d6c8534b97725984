import type { MemberChange } from '#adapters/adapter.ts';
import type { ResourceId } from '#model/resource.ts';
import type { FilterSyntax } from '../filter/syntax.ts';
import type { Leniency } from '../leniency.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { isAbsent } from '../validate/is-absent.ts';
import { type Member, readMembers } from '../validate/links.ts';
import type { Reader } from '../validate/simple-value.ts';
import { refusal } from './fault.ts';
import type { PatchOperation } from './operation.ts';
import { PatchRun } from './run.ts';
import { operationToSteps } from './steps.ts';
import type { Step } from './target.ts';

/** What the operations so far say of members: nothing is read for it, so its cost does not grow with the group. */
export interface Membership {
  /** Present once any operation has addressed members. */
  mentioned: boolean;
  emptied: boolean;
  /** The last word on each member since the group was emptied, if it was. */
  readonly last: Map<ResourceId, Member | 'removed'>;
}

export function openMembership(): Membership {
  return { mentioned: false, emptied: false, last: new Map() };
}

/** Removals take effect before additions, so that each id is in one of the lists only. Undefined where nothing was said. */
export function membershipToChange({ mentioned, emptied, last }: Membership): MemberChange | undefined {
  if (!mentioned) return undefined;
  const remove: ResourceId[] = [];
  const add: Member[] = [];
  for (const [id, word] of last) {
    if (word === 'removed') remove.push(id);
    else add.push(word);
  }
  return { ...(emptied && { replace: true }), ...(remove.length > 0 && { remove }), ...(add.length > 0 && { add }) };
}

/**
 * The one change of members that the operations ask for, where they ask for nothing else: it can be sent without reading the
 * group first, so a hundred at once all succeed. Undefined where any operation touches something else.
 * @throws {DirectoryError} INVALID_PATH, INVALID_VALUE, MUTABILITY, NO_TARGET, as `applyPatch` would
 */
export function memberChangeOf(
  type: ResourceType,
  operations: readonly PatchOperation[],
  leniency: Leniency,
  together = false,
): MemberChange | undefined {
  if (!type.attributes.some(({ link }) => link?.edge === 'members' && link.direction === 'out')) return undefined;
  const run = new PatchRun(leniency, operations.length, together);
  const steps = operations.map((operation, index) =>
    run.operation(index, () => operationToSteps(type, operation, leniency)),
  );
  if (steps.flat().some(({ target }) => target.attribute.link?.edge !== 'members')) return undefined;
  const membership = openMembership();
  for (const [index, ofOne] of steps.entries()) {
    run.operation(index, (reader) => {
      for (const step of ofOne) run.step(() => applyToMembers(membership, reader, step));
    });
  }
  run.end(() => undefined);
  return membershipToChange(membership) ?? {};
}

/**
 * Members are addressed by value alone: `members` or `members[value eq "..."]`, several by `or`. `display` is computed, and an
 * operation on it is accepted without effect (RFC 7644 Figure 8); the rest of a member is immutable (RFC 7643 §4.2).
 */
export function applyToMembers(membership: Membership, reader: Reader, step: Step): void {
  const { target } = step;
  if (target.sub?.name === 'display') return;
  if (target.sub !== undefined) {
    throw refusal('MUTABILITY', target.label, 'a member as a whole', { remedy: 'remove this one and add another' });
  }
  membership.mentioned = true;
  if (target.where === undefined) applyToAll(membership, reader, step);
  else applyToChosen(membership, reader, step, idsOf(target.where, target.label));
}

function applyToAll(membership: Membership, reader: Reader, { op, target, value }: Step): void {
  // Entra, authentik and JumpCloud list the members to remove; without a value all of them go (RFC 7644 §3.5.2.2).
  const members = readMembers(reader, target.attribute, value ?? null, target.label);
  const all = op === 'replace' ? !isOneOfMany(reader, members) : op === 'remove' && (value ?? null) === null;
  if (all) empty(membership);
  if (op === 'remove') for (const { id } of members) remove(membership, id);
  else for (const member of members) membership.last.set(member.id, member);
}

/** Entra replaces the members by a single one for each user of the group, where it was told so by a mapping; by the RFC the last one stays. */
function isOneOfMany({ leniency }: Reader, members: readonly Member[]): boolean {
  return leniency.replaceByOneMember === 'add' && members.length === 1;
}

function applyToChosen(
  membership: Membership,
  reader: Reader,
  { op, target, value }: Step,
  ids: readonly ResourceId[],
): void {
  if (op === 'remove' || (op === 'replace' && isAbsent(value))) {
    for (const id of ids) remove(membership, id);
    return;
  }
  for (const member of readMembers(reader, target.attribute, value ?? null, target.label)) {
    if (!ids.includes(member.id)) {
      throw refusal('MUTABILITY', target.label, 'the member that the brackets name', {
        remedy: 'remove this one and add another',
      });
    }
    membership.last.set(member.id, member);
  }
}

function empty(membership: Membership): void {
  membership.emptied = true;
  membership.last.clear();
}

function remove({ emptied, last }: Membership, id: ResourceId): void {
  if (emptied) last.delete(id);
  else last.set(id, 'removed');
}

function idsOf(where: FilterSyntax, label: string): readonly ResourceId[] {
  if (where.kind === 'or') return where.operands.flatMap((operand) => idsOf(operand, label));
  if (where.kind === 'compare' && where.operator === 'eq' && where.path.text.toLowerCase() === 'value') {
    if (typeof where.value === 'string') return [where.value as ResourceId];
  }
  throw refusal('INVALID_PATH', label, 'members by their value', { remedy: 'write members[value eq "..."]' });
}
