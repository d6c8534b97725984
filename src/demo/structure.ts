import { DIVISIONS } from './company.ts';
import { openRandom } from './random.ts';

/**
 * Who leads whom, in level order: person 0 is the chief executive, every manager comes before all of his or her reports, and the
 * reports of one manager stand side by side. Flat arrays, since an organisation may have a million people.
 */
export interface Structure {
  readonly size: number;
  /** -1 for the chief executive. */
  readonly managerOf: Int32Array;
  /** The reports of `m` are `firstReport[m]` to `firstReport[m + 1] - 1`. */
  readonly firstReport: Int32Array;
  /** 0 chief executive, 1 head of a division, 2 head of a department. */
  readonly level: Uint8Array;
  readonly division: Uint8Array;
  readonly department: Uint8Array;
}

const STRUCTURE_STREAM = -1;
const SMALLEST_SPAN = 5;
const SPANS = 5;

export function buildStructure(size: number, seed: number): Structure {
  const random = openRandom(seed, STRUCTURE_STREAM);
  const structure = {
    size,
    managerOf: new Int32Array(size).fill(-1),
    firstReport: new Int32Array(size + 1),
    level: new Uint8Array(size),
    division: new Uint8Array(size),
    department: new Uint8Array(size),
  };
  let hired = Math.min(1, size);
  for (let manager = 0; manager < size; manager++) {
    structure.firstReport[manager] = hired;
    const end = Math.min(size, hired + SMALLEST_SPAN + random.below(SPANS));
    for (let ordinal = 0; hired < end; ordinal++) hire(structure, hired++, manager, ordinal);
  }
  structure.firstReport[size] = size;
  return structure;
}

/** The first level's ordinal decides the division, the second level's the department; everyone below inherits both. */
function hire(structure: Structure, person: number, manager: number, ordinal: number): void {
  const { managerOf, level, division, department } = structure;
  const depth = at(level, manager) + 1;
  managerOf[person] = manager;
  level[person] = depth;
  division[person] = depth === 1 ? ordinal % DIVISIONS.length : at(division, manager);
  department[person] = depth === 2 ? ordinal : at(department, manager);
}

export function reportsOf(structure: Structure, person: number): { readonly first: number; readonly end: number } {
  return { first: at(structure.firstReport, person), end: at(structure.firstReport, person + 1) };
}

export function isManager(structure: Structure, person: number): boolean {
  const { first, end } = reportsOf(structure, person);
  return end > first;
}

/** A read within bounds. @throws {RangeError} outside of them */
export function at(column: Int32Array | Uint8Array, index: number): number {
  const value = column[index];
  if (value === undefined) throw new RangeError(`no entry ${index} among ${column.length}`);
  return value;
}
