import { DIVISIONS, SENIORITY } from './company.ts';
import type { Random } from './random.ts';
import { SITES, type Site } from './sites.ts';
import { at, isManager, type Structure } from './structure.ts';

/** Where a person stands in the organisation, as far as both the person's attributes and the groups depend on it. */
export interface Position {
  readonly site: Site;
  readonly title: string;
  readonly division?: string;
  readonly department: string;
  readonly costCenter: string;
  /** Of those who lead nobody. */
  readonly role?: string;
}

const BOARD = 'Executive Board';

/** Must be the first to draw from the person's stream, so that people and groups agree. */
export function positionOf(structure: Structure, person: number, random: Random): Position {
  const site = pickSite(person, random);
  const level = at(structure.level, person);
  if (level === 0) return { site, title: 'Chief Executive Officer', department: BOARD, costCenter: 'CC-1000' };
  const ordinal = at(structure.division, person);
  const division = divisionAt(ordinal);
  const costCenter = `CC-${2000 + ordinal * 100 + at(structure.department, person) * 10}`;
  if (level === 1) return { site, title: division.head, division: division.name, department: BOARD, costCenter };
  const department = departmentAt(ordinal, at(structure.department, person));
  const place = { site, division: division.name, department, costCenter };
  if (level === 2) return { ...place, title: `Head of ${department}` };
  if (isManager(structure, person))
    return { ...place, title: `${level === 3 ? 'Manager' : 'Team Lead'}, ${department}` };
  const role = random.pick(division.roles);
  return { ...place, title: random.pick(SENIORITY) + role, role };
}

/** The chief executive sits at the first site, so that the demo's best known person never moves. */
function pickSite(person: number, random: Random): Site {
  const drawn = random.skewedBelow(SITES.length);
  const site = SITES[person === 0 ? 0 : drawn];
  if (site === undefined) throw new RangeError(`no site ${drawn}`);
  return site;
}

export function divisionAt(ordinal: number): (typeof DIVISIONS)[number] {
  const division = DIVISIONS[ordinal];
  if (division === undefined) throw new RangeError(`no division ${ordinal}`);
  return division;
}

export function departmentAt(division: number, ordinal: number): string {
  const department = divisionAt(division).departments[ordinal];
  if (department === undefined) throw new RangeError(`no department ${ordinal} in division ${division}`);
  return department;
}
