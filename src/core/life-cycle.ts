/** What a tenant decides about the lives of its resources and the links between them; docs/guides/life-cycle.md says it to operators. */
export interface LifeCycle {
  /**
   * What DELETE does. `retain` hides the resource and keeps it for an administrator to restore; `deactivate` sets `active` to
   * false where the type has it, and removes what has not.
   */
  readonly onDelete: 'remove' | 'retain' | 'deactivate';
  /**
   * A PATCH of a user's `groups`, which RFC 7643 §4.1.2 makes read-only: refused, carried out with groups that exist, or with such
   * groups created as are named and do not exist.
   */
  readonly userGroups: 'refuse' | 'existing' | 'create';
  /** Members and managers that do not exist: the write is refused, or carried out without them. */
  readonly references: 'strict' | 'lenient';
}

export const USUAL_LIFE_CYCLE: LifeCycle = { onDelete: 'remove', userGroups: 'refuse', references: 'strict' };
