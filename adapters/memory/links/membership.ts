import type { MemberChange } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { ResourceId, ResourceTypeName } from '#model/resource.ts';
import type { Row } from '../row.ts';
import type { TenantStore } from '../tenant-store.ts';
import { EDGE_ENDS, edgesOf, hasEdge, withEdge, withoutEdge } from './edges.ts';
import type { MemberPlan } from './member-plan.ts';
import { walk } from './walk.ts';

/** The group that a change is about; `row` is null while it is being created. */
interface Subject {
  readonly type: ResourceTypeName;
  readonly id: ResourceId;
  readonly row: Row | null;
}

/** Costs the change, not the group, unless it replaces. @throws INVALID_VALUE, CYCLE with the ids at fault */
export function planMembers(
  store: TenantStore,
  subject: Subject,
  change: MemberChange | undefined,
): MemberPlan | undefined {
  if (change === undefined) return undefined;
  if (subject.type !== EDGE_ENDS.members.from)
    throw new DirectoryError('INVALID_VALUE', `a ${subject.type} has no members`);
  const wanted = resolveMembers(store, subject, change.add ?? []);
  const members = subject.row?.members ?? null;
  const added = members === null ? [...wanted] : [...wanted].filter((row) => !hasEdge(members, row));
  checkNoCycle(subject, added);
  return { added, removed: rowsToRemove(store, subject, change).filter((row) => !wanted.has(row)) };
}

function resolveMembers(store: TenantStore, subject: Subject, add: NonNullable<MemberChange['add']>): ReadonlySet<Row> {
  const rows = new Set<Row>();
  const missing: ResourceId[] = [];
  for (const { id, type } of add) {
    if (id === subject.id) throw cycle([id]);
    const row = store.live.get(id);
    if (row === undefined || !EDGE_ENDS.members.to.includes(row.type) || (type ?? row.type) !== row.type)
      missing.push(id);
    else rows.add(row);
  }
  if (missing.length > 0) throw notFound('members', 'ids of users or groups that exist', missing);
  return rows;
}

function rowsToRemove(store: TenantStore, { row }: Subject, { replace, remove = [] }: MemberChange): readonly Row[] {
  if (row === null || row.members === null) return [];
  if (replace) return [...row.members];
  const { members } = row;
  const named = new Set(remove.map((id) => store.live.get(id)).filter((member) => member !== undefined));
  return [...named].filter((member) => hasEdge(members, member));
}

/** Upwards from the group, since there are few ancestors and any number of members. */
function checkNoCycle({ row }: Subject, added: readonly Row[]): void {
  const groups = added.filter((member) => member.members !== null);
  if (row === null || groups.length === 0) return;
  const ancestors = new Set(walk(row, 'members', 'in').map((step) => step.row));
  const closing = groups.filter((group) => ancestors.has(group));
  if (closing.length > 0) throw cycle(closing.map((group) => group.id));
}

/** The edges alone: the caller gives the group its new version. */
export function applyMembers(store: TenantStore, group: Row, { added, removed }: MemberPlan): void {
  for (const member of removed) {
    store.remember(member);
    member.memberOf = withoutEdge(member.memberOf, group);
    group.members = withoutEdge(group.members, member);
  }
  for (const member of added) {
    store.remember(member);
    member.memberOf = withEdge(member.memberOf, group);
  }
  if (group.members === null) group.members = edgesOf(added);
  else for (const member of added) group.members = withEdge(group.members, member);
}

export function notFound(path: string, expected: string, ids: readonly ResourceId[]): DirectoryError {
  return new DirectoryError('INVALID_VALUE', `${path} must name resources that exist`, {
    ids,
    faults: [{ path, expected }],
  });
}

function cycle(ids: readonly ResourceId[]): DirectoryError {
  return new DirectoryError('CYCLE', 'a group cannot contain itself, directly or through other groups', {
    ids,
    faults: [{ path: 'members', expected: 'groups that do not contain this group' }],
  });
}
