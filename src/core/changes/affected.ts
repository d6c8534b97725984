import type { Change } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Linked, Ref, ResourceId } from '#model/resource.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { Page, Session } from '../session.ts';

/** The nearest affected resources of one change, none of them a group; an error where they cannot be told. */
export type Affected = readonly Ref[] | DirectoryError;

/** What one change may affect at most, groups between counted. */
const MAX_AFFECTED = 1_000;
/** Nested groups that are looked into for all changes of a page together, and what these may affect. */
const MAX_GROUPS = 100;
const MAX_TOGETHER = 10_000;
const FEWER = 'ask for fewer changes at once';

/**
 * Whose memberships each change moved: who was added or removed, directly or as a member of a group that was. The feed tells which
 * group was moved; who is in it is read now, so that whoever left it since is missing.
 */
export async function affectedBy(
  session: Pick<Session, 'registry' | 'linked'>,
  changes: readonly Change[],
): Promise<readonly (Affected | null)[]> {
  const containers = new Set(session.registry.types.filter(hasMembers).map(({ name }) => name));
  const isGroup = ({ type }: Ref) => containers.has(type);
  const groups = [
    ...new Set(
      changes.flatMap((change) =>
        movedBy(change)
          .filter(isGroup)
          .map(({ id }) => id),
      ),
    ),
  ];
  const known = groups.slice(0, MAX_GROUPS);
  const page = { limit: MAX_AFFECTED };
  const pages = known.length === 0 ? [] : await session.linked('members', 'out', known, { page, depth: Infinity });
  const below = new Map(known.map((id, index) => [id, pages[index] as Page<Linked>]));
  let together = 0;
  return changes.map((change) => {
    if (change.members === undefined) return null;
    const affected = affectedOf(change, isGroup, below);
    if (affected instanceof DirectoryError) return affected;
    together += affected.length;
    return together <= MAX_TOGETHER
      ? affected
      : tooMany(`the page affects more than ${MAX_TOGETHER} members; ${FEWER}`);
  });
}

function hasMembers({ attributes, extensions }: ResourceType): boolean {
  const all = [...attributes, ...extensions.flatMap(({ schema }) => schema.attributes)];
  return all.some(({ link }) => link?.edge === 'members' && link.direction === 'out');
}

function movedBy({ members }: Change): readonly Ref[] {
  return typeof members === 'object' ? [...members.added, ...members.removed] : [];
}

function affectedOf(
  change: Change,
  isGroup: (ref: Ref) => boolean,
  below: ReadonlyMap<ResourceId, Page<Linked>>,
): Affected {
  if (change.members === 'many') return tooMany(`the change moved more than ${MAX_AFFECTED} members`);
  const affected = new Map<ResourceId, Ref>();
  for (const ref of movedBy(change)) {
    if (!isGroup(ref)) {
      affected.set(ref.id, ref);
      continue;
    }
    const page = below.get(ref.id);
    if (page === undefined) return tooMany(`the page moved more than ${MAX_GROUPS} groups; ${FEWER}`);
    if (page.next !== undefined) return tooMany(`the group ${ref.id} has more than ${MAX_AFFECTED} members`);
    for (const { id, type } of page.items) if (!isGroup({ id, type })) affected.set(id, { id, type });
  }
  if (affected.size > MAX_AFFECTED) return tooMany(`the change affects more than ${MAX_AFFECTED} members`);
  return [...affected.values()];
}

function tooMany(reason: string): DirectoryError {
  return new DirectoryError('TOO_MANY', `affected: ${reason}, or read the members of the groups`);
}
