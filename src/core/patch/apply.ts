import type { Attributes, Links, ResourceId } from '#model/resource.ts';
import type { Content } from '../content.ts';
import type { Leniency } from '../leniency.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { type Draft, draftToAttributes, draftToLinks, openDraft } from '../validate/draft.ts';
import { readLink } from '../validate/links.ts';
import { type Reader, readPassword } from '../validate/simple-value.ts';
import { checkRequired, dropHollowValues } from '../validate/whole.ts';
import { type Budget, openBudget } from './choice.ts';
import { applyToMembers, type Membership, membershipToChange, openMembership } from './members.ts';
import type { PatchOperation } from './operation.ts';
import { PatchRun } from './run.ts';
import { applyToSeveral } from './several-values.ts';
import { applyToSingle } from './single-value.ts';
import { operationToSteps } from './steps.ts';
import type { Step } from './target.ts';

interface Working {
  readonly type: ResourceType;
  readonly draft: Draft;
  readonly membership: Membership;
  readonly budget: Budget;
  password: string | null | undefined;
}

/**
 * What a resource holds after a PATCH (RFC 7644 §3.5.2): operations in order, each on the result of the one before, all or
 * none; `before` is left as it is. Members are no part of the attributes: what is asked of them is `members`, one change.
 * @throws {DirectoryError} INVALID_PATH, INVALID_FILTER, NO_TARGET, MUTABILITY, INVALID_VALUE with all faults of the first
 *   operation that fails, or of all where they are told `together`; INVALID_SYNTAX for an unknown name where the profile refuses
 *   those, TOO_LARGE
 */
export function applyPatch(
  type: ResourceType,
  before: { readonly id: ResourceId; readonly attributes: Attributes; readonly links: Links },
  operations: readonly PatchOperation[],
  leniency: Leniency,
  together = false,
): Content {
  const working: Working = {
    type,
    draft: openDraft(type, before.attributes, before.links),
    membership: openMembership(),
    budget: openBudget(),
    password: undefined,
  };
  const run = new PatchRun(leniency, operations.length, together);
  for (const [index, operation] of operations.entries()) {
    run.operation(index, (reader) => {
      for (const step of operationToSteps(type, operation, leniency)) {
        run.step(() => applyStep(working, reader, step));
      }
    });
  }
  dropHollowValues(type, working.draft);
  run.end((faults) => checkRequired(type, working.draft, faults));
  const members = membershipToChange(working.membership);
  return {
    attributes: draftToAttributes(type, working.draft),
    links: draftToLinks(working.draft),
    ...(members && { members }),
    ...(working.password !== undefined && { password: working.password }),
  };
}

function applyStep(working: Working, reader: Reader, step: Step): void {
  const { attribute } = step.target;
  if (attribute.link?.edge === 'members') applyToMembers(working.membership, reader, step);
  else if (attribute.link) applyToLink(working.draft, reader, step);
  else if (attribute.secret) applyToPassword(working, reader, step);
  else if (attribute.multiValued) applyToSeveral(working.type, working.draft, working.budget, reader, step);
  else applyToSingle(working.draft, reader, step);
}

/** `manager` and `manager.value` say the same; what else an object says of it is computed. */
function applyToLink(draft: Draft, reader: Reader, { op, target, value = null }: Step): void {
  const { attribute, sub, label } = target;
  const id = op === 'remove' ? null : readLink(reader, attribute, sub === undefined ? value : { value }, label);
  if (id !== undefined) draft.manager = id ?? undefined;
}

function applyToPassword(working: Working, reader: Reader, { op, target, value = null }: Step): void {
  if (op === 'remove' || value === null) working.password = null;
  else working.password = readPassword(reader, target.attribute, value, target.label);
}
