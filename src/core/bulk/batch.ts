import type { ResourceId } from '#model/resource.ts';
import type { Plan } from '../write/plan.ts';

/** A step with what is to be done for it, or what is wrong with it. */
export interface Entry {
  readonly step: Step;
  readonly plan: Plan | Error;
}

/** What one position of the list asks for at one time; a circle has two for each of its own. */
export interface Step {
  readonly position: number;
  readonly needs: readonly number[];
  /** @throws what is wrong with it */
  plan(): Plan;
}

/** Entries that can share one call to the backend, which lets operations take effect in order. */
export class Batch {
  readonly entries: Entry[] = [];
  private readonly positions = new Set<number>();
  /** Whether anything at all may still be added. */
  isFull = false;
  private readonly targets = new Map<ResourceId, Plan['kind']>();

  has(position: number): boolean {
    return this.positions.has(position);
  }

  add(entry: Entry): void {
    const { step, plan } = entry;
    this.entries.push(entry);
    this.positions.add(step.position);
    if (plan instanceof Error) return;
    const id = idOfPlan(plan);
    if (id !== undefined) this.targets.set(id, plan.kind);
    this.isFull ||= plan.kind === 'regrouping';
  }

  /**
   * What was computed from a resource shares no call with another write of it: the first of the two may have to be repeated, after the
   * second. A regrouping writes to groups that are yet to be found, and shares with nothing.
   */
  hasRoomFor(plan: Plan): boolean {
    if (this.entries.length === 0) return true;
    if (plan.kind === 'regrouping') return false;
    const id = idOfPlan(plan);
    const before = id === undefined ? undefined : this.targets.get(id);
    return before === undefined || (before !== 'revision' && plan.kind === 'blind');
  }
}

/**
 * Whether the backend itself refuses the write if any of these resources did not come to be, since it is to link to each of them, or
 * to change it. What merely holds an id among its attributes would be stored all the same.
 */
export function isRefusedWithout(plan: Plan, ids: ReadonlySet<ResourceId>): boolean {
  const checked = new Set<ResourceId | undefined>();
  switch (plan.kind) {
    case 'creation':
      checked.add(plan.content.links.manager);
      for (const { id } of plan.content.members?.add ?? []) checked.add(id);
      break;
    case 'revision':
    case 'regrouping':
      return false;
    case 'blind':
      checked.add(plan.write.id);
      if (plan.write.kind === 'update') for (const { id } of plan.write.members?.add ?? []) checked.add(id);
  }
  return [...ids].every((id) => checked.has(id));
}

/** Undefined for a creation whose id the backend assigns. */
export function idOfPlan(plan: Plan): ResourceId | undefined {
  switch (plan.kind) {
    case 'creation':
      return plan.id;
    case 'blind':
      return plan.write.id;
    case 'revision':
    case 'regrouping':
      return plan.target.id;
  }
}
