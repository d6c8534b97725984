import { readFileSync } from 'node:fs';

/** What the conformance page tells of one requirement, and its test is named by. */
export interface Requirement {
  /** Section letter and number: A1 to U10. */
  readonly row: string;
  /** Where the sentence stands: `RFC 7644 §3.5.2.2`. */
  readonly section: string;
  /** The RFC's keyword; DECIDE where it is silent or contradicts itself, ERRATA where an erratum is applied. */
  readonly level: string;
  readonly text: string;
  /** Of several behaviours that are allowed, Portico's. */
  readonly choice?: string;
  /** The setting that decides, where tenants may differ. */
  readonly setting?: string;
  /** Why there is no test yet: a row has either a test or this. */
  readonly reason?: string;
}

export const REQUIREMENTS: readonly Requirement[] = JSON.parse(
  readFileSync(new URL('requirements.json', import.meta.url), 'utf8'),
);

const byRow = new Map(REQUIREMENTS.map((requirement) => [requirement.row, requirement]));

/** @throws where no such row exists, or one that has a reason for not being met */
export function requirementOf(row: string): Requirement {
  const requirement = byRow.get(row);
  if (requirement === undefined) throw new Error(`requirements.json has no row ${row}`);
  if (requirement.reason !== undefined) throw new Error(`row ${row} has a test, so its reason must go`);
  return requirement;
}
