/** Which members a change names, as entries of the directory. */
import type { MemberChange } from '#adapters/adapter.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Ref, ResourceId, ResourceTypeName } from '#model/resource.ts';
import { holderOf, holdersOf } from '../links/holders.ts';
import type { Reader } from '../read/reader.ts';
import type { Found } from '../tenant-view.ts';
import { cycle, notFound } from './refusals.ts';

/** Names are normalized; what is both removed and added is only added. */
export interface MemberPlan {
  readonly replace: boolean;
  readonly add: ReadonlyMap<string, Ref>;
  readonly remove: ReadonlyMap<string, Ref>;
}

/** Entries by id, read beforehand; `group` is absent where it is being created. @throws INVALID_VALUE, CYCLE with the ids at fault */
export async function planMembers(
  reader: Reader,
  type: ResourceTypeName,
  group: Found | undefined,
  change: MemberChange,
  entries: ReadonlyMap<ResourceId, Found>,
): Promise<MemberPlan> {
  if (type !== 'Group') throw new DirectoryError('INVALID_VALUE', `a ${type} has no members`);
  const add = resolveAdded(change.add ?? [], group?.id, entries);
  await checkNoCycle(reader, group, [...add.values()]);
  const remove = new Map<string, Ref>();
  for (const id of change.remove ?? []) {
    const found = entries.get(id);
    if (found !== undefined && !add.has(found.dn)) remove.set(found.dn, refOf(found));
  }
  return { replace: change.replace === true, add: new Map([...add].map(([dn, found]) => [dn, refOf(found)])), remove };
}

/** The ids that a change names. */
export function idsOf({ add = [], remove = [] }: MemberChange): readonly ResourceId[] {
  return [...add.map(({ id }) => id), ...remove];
}

export function refOf({ id, container }: Found): Ref {
  return { id, type: container.type };
}

function resolveAdded(
  add: NonNullable<MemberChange['add']>,
  self: ResourceId | undefined,
  entries: ReadonlyMap<ResourceId, Found>,
): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const missing: ResourceId[] = [];
  for (const { id, type } of add) {
    if (id === self) throw cycle([id]);
    const entry = entries.get(id);
    if (entry === undefined || (type ?? entry.container.type) !== entry.container.type) missing.push(id);
    else found.set(entry.dn, entry);
  }
  if (missing.length > 0) throw notFound('members', 'ids of users or groups that exist', missing);
  return found;
}

/** Upwards from the group, level by level, since there are few ancestors and any number of members. */
async function checkNoCycle(reader: Reader, group: Found | undefined, added: readonly Found[]): Promise<void> {
  const groups = new Map(added.filter(({ container }) => container.type === 'Group').map(({ dn, id }) => [dn, id]));
  const holder = holderOf(reader, 'members');
  if (group === undefined || groups.size === 0 || holder === undefined) return;
  const ancestors = new Set<string>();
  let level = [group.dn];
  while (level.length > 0) {
    const above = await holdersOf(reader, holder, level);
    const names = new Set([...above.values()].flat().map(({ dn }) => dn));
    level = [...names].filter((dn) => !ancestors.has(dn));
    for (const dn of level) ancestors.add(dn);
  }
  const closing = [...groups].filter(([dn]) => ancestors.has(dn)).map(([, id]) => id);
  if (closing.length > 0) throw cycle(closing);
}
