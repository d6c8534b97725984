import { COMPANY, codeName } from './company.ts';
import type { Body } from './people.ts';
import { departmentAt, divisionAt, positionOf } from './position.ts';
import { openRandom, type Random } from './random.ts';
import { at, isManager, reportsOf, type Structure } from './structure.ts';

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ALL_STAFF = 'All staff';

/** A SCIM Group without its members, whose ids only the directory knows. */
export interface DemoGroup {
  readonly body: Body;
  /** Direct members as positions in the sequence of people. */
  readonly users: readonly number[];
  /** Direct members as positions in the sequence of groups, always earlier ones. */
  readonly groups: readonly number[];
}

type GroupPlan = { readonly name: string; readonly users: readonly number[]; readonly groups: readonly number[] };

/** Flat groups first, then the organisation chart from the smallest team up to the company as a whole. */
export function* demoGroups(structure: Structure, seed: number): Generator<DemoGroup> {
  let ordinal = 0;
  for (const [name, users] of flatGroups(structure, seed)) yield toGroup(ordinal++, { name, users, groups: [] });
  for (const plan of chartGroups(structure, ordinal)) yield toGroup(ordinal++, plan);
}

function toGroup(ordinal: number, { name, users, groups }: GroupPlan): DemoGroup {
  return {
    body: { schemas: [GROUP_SCHEMA], externalId: `grp-${10_001 + ordinal}`, displayName: name },
    users,
    groups,
  };
}

/** Sizes run from nobody over one and three to everybody. */
function flatGroups(structure: Structure, seed: number): ReadonlyMap<string, readonly number[]> {
  const last = Math.max(0, structure.size - 1);
  const groups = new Map<string, number[]>([
    [ALL_STAFF, []],
    ['Summer interns', []],
    ['Break-glass administrators', structure.size > 0 ? [last] : []],
    ['Emergency response board', [0, 1, 2].filter((person) => person < structure.size)],
  ]);
  for (let person = 0; person < structure.size; person++) {
    for (const name of namesFor(structure, seed, person)) {
      const members = groups.get(name);
      if (members === undefined) groups.set(name, [person]);
      else members.push(person);
    }
  }
  return groups;
}

function namesFor(structure: Structure, seed: number, person: number): ReadonlySet<string> {
  const position = positionOf(structure, person, openRandom(seed, person));
  const random = openRandom(~seed, person);
  return new Set([
    ALL_STAFF,
    `${position.site.city} office`,
    position.role === undefined ? 'Managers and executives' : `${position.role}s`,
    ...drawProjects(structure.size, random),
    ...PERKS.filter(([, share]) => random.chance(share)).map(([name]) => name),
  ]);
}

const PERKS: readonly (readonly [name: string, share: number])[] = [
  ['Remote workers', 0.12],
  ['Company car drivers', 0.05],
  ['First aiders', 0.02],
  ['Works council', 0.002],
];

/** Four in five people have a project, few have three; the first projects are by far the largest. */
function drawProjects(size: number, random: Random): readonly string[] {
  const projects = Math.max(1, Math.floor(size / 100));
  const count = Math.max(0, random.below(5) - 1);
  return Array.from({ length: Math.min(count, 3) }, () => `Project ${codeName(random.skewedBelow(projects))}`);
}

/** One group per manager: the manager, the reports who lead nobody, and the groups of those who do. */
function* chartGroups(structure: Structure, firstOrdinal: number): Generator<GroupPlan> {
  const groupOf = new Int32Array(structure.size);
  const nameTeam = openTeamNames();
  let ordinal = firstOrdinal;
  for (let person = structure.size - 1; person >= 0; person--) {
    if (person > 0 && !isManager(structure, person)) continue;
    groupOf[person] = ordinal++;
    yield { name: nameTeam(structure, person), ...reportsAsMembers(structure, person, groupOf) };
  }
}

function reportsAsMembers(structure: Structure, person: number, groupOf: Int32Array): Omit<GroupPlan, 'name'> {
  const users = [person];
  const groups: number[] = [];
  const { first, end } = reportsOf(structure, person);
  for (let report = first; report < end; report++) {
    if (isManager(structure, report)) groups.push(at(groupOf, report));
    else users.push(report);
  }
  return { users, groups };
}

function openTeamNames(): (structure: Structure, manager: number) => string {
  const teams = new Map<string, number>();
  return (structure, manager) => {
    const level = at(structure.level, manager);
    if (level === 0) return COMPANY;
    const division = at(structure.division, manager);
    if (level === 1) return divisionAt(division).name;
    const department = departmentAt(division, at(structure.department, manager));
    if (level === 2) return department;
    const count = teams.get(department) ?? 0;
    teams.set(department, count + 1);
    return `${department} Team ${codeName(count)}`;
  };
}
