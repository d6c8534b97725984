import type { Json, ResourceId } from '#model/resource.ts';
import { type Body, type DemoGroup, type DemoOptions, type DemoPerson, demoOrganisation } from './organisation.ts';
import { ENTERPRISE_SCHEMA } from './people.ts';

/** What takes the demo in: bodies as a client would send them, validated by whoever implements it; ids come back in order. */
export interface DemoTarget {
  createMany(type: 'User' | 'Group', bodies: readonly Body[]): Promise<readonly ResourceId[]>;
  /** Members of a group that exists, in the form that a body has them; for groups that have more than a body holds. */
  addMembers(group: ResourceId, members: readonly Json[]): Promise<void>;
}

/** How many bodies the target is handed at once. */
const BATCH_SIZE = 1_000;
/** Bounds what one batch of large groups holds in memory. */
const BATCH_MEMBERS = 50_000;
/** What a group is created with at most, and given at a time after that; a body may hold 100,000. */
const MEMBERS_AT_ONCE = 50_000;

/**
 * Creates the organisation in the target, managers before their reports and inner groups before outer ones. Two fills with the same
 * options agree in everything but ids and times. @throws what the target throws; what was created until then stays
 */
export async function fillDemo(
  target: DemoTarget,
  options: DemoOptions,
): Promise<{ readonly users: number; readonly groups: number }> {
  const organisation = demoOrganisation(options);
  const users: ResourceId[] = [];
  for (const batch of batches(organisation.people, managersOf, () => 1)) {
    users.push(
      ...(await target.createMany(
        'User',
        batch.map((person) => userBody(person, users)),
      )),
    );
  }
  const groups: ResourceId[] = [];
  for (const batch of batches(organisation.groups, (group) => group.groups, countMembers)) {
    groups.push(...(await createGroups(target, batch, users, groups)));
  }
  return { users: users.length, groups: groups.length };
}

async function createGroups(
  target: DemoTarget,
  batch: readonly DemoGroup[],
  users: readonly string[],
  groups: readonly string[],
): Promise<readonly ResourceId[]> {
  const members = batch.map((group) => membersOf(group, users, groups));
  const ids = await target.createMany(
    'Group',
    batch.map(({ body }, at) => ({ ...body, members: members[at]?.slice(0, MEMBERS_AT_ONCE) ?? [] })),
  );
  for (const [at, all] of members.entries()) {
    for (let from = MEMBERS_AT_ONCE; from < all.length; from += MEMBERS_AT_ONCE) {
      await target.addMembers(idAt(ids, at), all.slice(from, from + MEMBERS_AT_ONCE));
    }
  }
  return ids;
}

/** A batch ends before an item that needs the id of one in the same batch. */
function* batches<T>(
  items: Iterable<T>,
  needs: (item: T) => readonly number[],
  weigh: (item: T) => number,
): Generator<readonly T[]> {
  let batch: T[] = [];
  let start = 0;
  let weight = 0;
  for (const item of items) {
    const full = batch.length === BATCH_SIZE || weight + weigh(item) > BATCH_MEMBERS;
    if (batch.length > 0 && (full || needs(item).some((position) => position >= start))) {
      yield batch;
      start += batch.length;
      batch = [];
      weight = 0;
    }
    batch.push(item);
    weight += weigh(item);
  }
  if (batch.length > 0) yield batch;
}

const managersOf = (person: DemoPerson) => (person.manager === undefined ? [] : [person.manager]);
const countMembers = (group: DemoGroup) => group.users.length + group.groups.length;

/** The person's SCIM body with the manager's id in its place (RFC 7643 §4.3). */
function userBody({ body, manager }: DemoPerson, users: readonly string[]): Body {
  if (manager === undefined) return body;
  const enterprise = body[ENTERPRISE_SCHEMA] as Body;
  return { ...body, [ENTERPRISE_SCHEMA]: { ...enterprise, manager: { value: idAt(users, manager) } } };
}

/** The group's members by their ids (RFC 7643 §4.2). */
function membersOf(group: DemoGroup, users: readonly string[], groups: readonly string[]): readonly Json[] {
  const toMembers = (positions: readonly number[], ids: readonly string[], type: string): Json[] =>
    positions.map((position) => ({ value: idAt(ids, position), type }));
  return [...toMembers(group.users, users, 'User'), ...toMembers(group.groups, groups, 'Group')];
}

function idAt<Id extends string>(ids: readonly Id[], position: number): Id {
  const id = ids[position];
  if (id === undefined) throw new RangeError(`nothing was created at position ${position}`);
  return id;
}
