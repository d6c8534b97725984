import type { Fault } from '#model/errors.ts';
import type { Ref, ResourceId } from '#model/resource.ts';

/** One stored value that a change of schemas would break. */
export interface Conflict extends Ref, Fault {
  /** Another resource that has the value too, where it is to be unique. */
  readonly sharedWith?: ResourceId;
}

const MOST_NAMED = 20;

/** The stored data that stands against a change: all of it counted, the first told. */
export class Conflicts {
  readonly #named: Conflict[] = [];
  #resources = 0;

  /** All that stands against the change in one resource. */
  add(conflicts: readonly Conflict[]): void {
    if (conflicts.length === 0) return;
    this.#resources += 1;
    this.#named.push(...conflicts.slice(0, MOST_NAMED - this.#named.length));
  }

  addAll(others: Conflicts): void {
    this.#resources += others.#resources;
    this.#named.push(...others.#named.slice(0, MOST_NAMED - this.#named.length));
  }

  /** How many resources there are; where values are shared, how many would have to give theirs up. */
  get resources(): number {
    return this.#resources;
  }

  get named(): readonly Conflict[] {
    return this.#named;
  }
}

/** Stored data stands against a change of schemas, which has not happened; never leaves this folder. */
export class DataConflict extends Error {
  override readonly name = 'DataConflict';
  readonly conflicts: Conflicts;

  constructor(conflicts: Conflicts) {
    const count = conflicts.resources;
    super(
      `${count} ${count === 1 ? 'resource stands' : 'resources stand'} against the change, which has not been made`,
    );
    this.conflicts = conflicts;
  }
}
