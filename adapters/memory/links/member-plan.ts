import type { Written } from '#adapters/adapter.ts';
import { type Row, rowToRef } from '../row.ts';

/** Past this many, an answer or a change record says `many`. */
export const REFS_LIMIT = 1_000;

/** What a member change comes to: neither list holds a member that stays as it is. */
export interface MemberPlan {
  readonly added: readonly Row[];
  readonly removed: readonly Row[];
}

export function isEmptyPlan({ added, removed }: MemberPlan): boolean {
  return added.length + removed.length === 0;
}

/** What the change log keeps of a plan. */
export function capPlan(plan: MemberPlan): MemberPlan | 'many' {
  return plan.added.length + plan.removed.length > REFS_LIMIT ? 'many' : plan;
}

export function planToRefs(plan: MemberPlan | 'many'): NonNullable<Written['members']> {
  if (plan === 'many' || capPlan(plan) === 'many') return 'many';
  return { added: plan.added.map(rowToRef), removed: plan.removed.map(rowToRef) };
}
