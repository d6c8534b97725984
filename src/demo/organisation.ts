import { ALL_STAFF, type DemoGroup, demoGroups } from './groups.ts';
import { type DemoPerson, demoPeople } from './people.ts';
import { buildStructure } from './structure.ts';

export type { DemoGroup } from './groups.ts';
export type { Body, DemoPerson } from './people.ts';

export interface DemoOptions {
  /** How many people; 0 gives an organisation of nobody. */
  readonly people: number;
  /** Any integer; 1 where nothing was asked for. */
  readonly seed: number;
}

/** A person whom every demo of at least one has, whatever the size and seed: the chief executive. */
export const DEMO_LOGIN = 'mara.lindgren@example.com';
/** A group that every demo has: all people are its direct members. */
export const DEMO_GROUP = ALL_STAFF;

/**
 * A believable organisation as SCIM bodies: a manager tree with spans of five to nine, nested groups along it, and flat groups for
 * sites, roles and projects, of nobody up to everybody; about five direct groups a person. The same options always give the same
 * sequences. Both are made while they are read, each reading anew, so that a hundred thousand people need not fit in memory twice.
 */
export function demoOrganisation({ people, seed }: DemoOptions): {
  readonly people: Iterable<DemoPerson>;
  readonly groups: Iterable<DemoGroup>;
} {
  const structure = buildStructure(people, seed);
  return {
    people: { [Symbol.iterator]: () => demoPeople(structure, seed) },
    groups: { [Symbol.iterator]: () => demoGroups(structure, seed) },
  };
}
