/** What a random command does to a directory; ids and names are few, so that commands meet each other. */
export type Command =
  | { readonly kind: 'createUser'; readonly id: string; readonly name: string; readonly manager?: string }
  | { readonly kind: 'createGroup'; readonly id: string; readonly name: string; readonly add: readonly string[] }
  | {
      readonly kind: 'changeUser';
      readonly id: string;
      readonly name: string;
      readonly title: string;
      readonly manager?: string;
      readonly stale: boolean;
    }
  | { readonly kind: 'renameGroup'; readonly id: string; readonly name: string; readonly stale: boolean }
  | {
      readonly kind: 'members';
      readonly id: string;
      readonly replace: boolean;
      readonly remove: readonly string[];
      readonly add: readonly string[];
      readonly stale: boolean;
    }
  | { readonly kind: 'delete'; readonly id: string; readonly stale: boolean; readonly retain: boolean }
  | { readonly kind: 'restore'; readonly id: string };

/** What a command must be answered with. */
export type Outcome =
  | { readonly error: string; readonly ids?: readonly string[] }
  | {
      readonly changed: boolean;
      readonly added?: readonly string[];
      readonly removed?: readonly string[];
      readonly touched?: readonly string[];
    };

export interface ModelUser {
  name: string;
  title: string;
  manager: string | undefined;
}

/**
 * A directory as two maps and the plainest code that keeps the contract. Written from the contract and from no adapter: it is what
 * adapters are compared with, and must not share their mistakes.
 */
export class DirectoryModel {
  readonly users = new Map<string, ModelUser>();
  readonly groups = new Map<string, { name: string; members: Set<string> }>();
  /** What a delete has retained, without its links. */
  readonly retained = new Map<string, { readonly name: string; readonly title?: string }>();

  run(command: Command): Outcome {
    switch (command.kind) {
      case 'createUser':
        return this.#createUser(command);
      case 'createGroup':
        return this.#createGroup(command);
      case 'changeUser':
        return this.#changeUser(command);
      case 'renameGroup':
        return this.#renameGroup(command);
      case 'members':
        return this.#changeMembers(command);
      case 'delete':
        return this.#delete(command);
      case 'restore':
        return this.#restore(command);
    }
  }

  exists(id: string): boolean {
    return this.users.has(id) || this.groups.has(id);
  }

  /** The id of a retained resource is not given to another. */
  #isTaken(id: string): boolean {
    return this.exists(id) || this.retained.has(id);
  }

  userNamed(name: string): string | undefined {
    return [...this.users].find(([, user]) => user.name.toLowerCase() === name.toLowerCase())?.[0];
  }

  groupsOf(id: string): readonly string[] {
    return [...this.groups].filter(([, { members }]) => members.has(id)).map(([group]) => group);
  }

  groupsAbove(id: string): readonly string[] {
    const found = new Set<string>();
    const visit = (member: string) => {
      for (const group of this.groupsOf(member)) {
        if (found.has(group)) continue;
        found.add(group);
        visit(group);
      }
    };
    visit(id);
    return [...found];
  }

  reportsOf(id: string): readonly string[] {
    return [...this.users].filter(([, user]) => user.manager === id).map(([report]) => report);
  }

  #createUser({ id, name, manager }: Extract<Command, { kind: 'createUser' }>): Outcome {
    if (this.#isTaken(id)) return { error: 'UNIQUENESS', ids: [id] };
    const faults = this.#userFaults(id, name, manager);
    if (faults.length > 0) return oneOf(faults);
    this.users.set(id, { name, title: '', manager });
    return { changed: true };
  }

  #createGroup({ id, name, add }: Extract<Command, { kind: 'createGroup' }>): Outcome {
    if (this.#isTaken(id)) return { error: 'UNIQUENESS', ids: [id] };
    const faults = this.#memberFaults(id, add);
    if (faults.length > 0) return oneOf(faults);
    this.groups.set(id, { name, members: new Set(add) });
    return { changed: true, ...(add.length > 0 && { added: [...new Set(add)], removed: [] }) };
  }

  #changeUser({ id, name, title, manager, stale }: Extract<Command, { kind: 'changeUser' }>): Outcome {
    const user = this.users.get(id);
    if (user === undefined) return { error: 'NOT_FOUND' };
    if (stale) return { error: 'VERSION_MISMATCH' };
    const faults = this.#userFaults(id, name, manager);
    if (faults.length > 0) return oneOf(faults);
    const changed = user.name !== name || user.title !== title || user.manager !== manager;
    this.users.set(id, { name, title, manager });
    return { changed };
  }

  #renameGroup({ id, name, stale }: Extract<Command, { kind: 'renameGroup' }>): Outcome {
    const group = this.groups.get(id);
    if (group === undefined) return { error: 'NOT_FOUND' };
    if (stale) return { error: 'VERSION_MISMATCH' };
    const changed = group.name !== name;
    group.name = name;
    return { changed };
  }

  #changeMembers({ id, replace, remove, add, stale }: Extract<Command, { kind: 'members' }>): Outcome {
    const group = this.groups.get(id);
    if (group === undefined) return { error: 'NOT_FOUND' };
    if (stale) return { error: 'VERSION_MISMATCH' };
    const faults = this.#memberFaults(id, add);
    if (faults.length > 0) return oneOf(faults);
    const after = new Set(replace ? [] : group.members);
    for (const member of remove) after.delete(member);
    for (const member of add) after.add(member);
    const added = [...after].filter((member) => !group.members.has(member));
    const removed = [...group.members].filter((member) => !after.has(member));
    group.members = after;
    return { changed: added.length + removed.length > 0, added, removed };
  }

  #delete({ id, stale, retain }: Extract<Command, { kind: 'delete' }>): Outcome {
    if (!this.exists(id)) return { error: 'NOT_FOUND' };
    if (stale) return { error: 'VERSION_MISMATCH' };
    const reports = this.reportsOf(id).filter((report) => report !== id);
    const touched = [...this.groupsOf(id), ...reports];
    const gone = this.users.get(id) ?? this.groups.get(id);
    if (retain && gone !== undefined) this.retained.set(id, { ...gone });
    this.users.delete(id);
    this.groups.delete(id);
    for (const { members } of this.groups.values()) members.delete(id);
    for (const user of this.users.values()) if (user.manager === id) user.manager = undefined;
    return { changed: true, touched };
  }

  #restore({ id }: Extract<Command, { kind: 'restore' }>): Outcome {
    const kept = this.retained.get(id);
    if (kept === undefined) return { error: 'NOT_FOUND' };
    const holder = kept.title === undefined ? undefined : this.userNamed(kept.name);
    if (holder !== undefined) return { error: 'UNIQUENESS', ids: [holder] };
    this.retained.delete(id);
    if (kept.title === undefined) this.groups.set(id, { name: kept.name, members: new Set() });
    else this.users.set(id, { name: kept.name, title: kept.title, manager: undefined });
    return { changed: true };
  }

  #userFaults(id: string, name: string, manager: string | undefined): readonly Outcome[] {
    const faults: Outcome[] = [];
    const holder = this.userNamed(name);
    if (holder !== undefined && holder !== id) faults.push({ error: 'UNIQUENESS', ids: [holder] });
    if (manager !== undefined && manager !== id && !this.users.has(manager)) {
      faults.push({ error: 'INVALID_VALUE', ids: [manager] });
    }
    return faults;
  }

  #memberFaults(group: string, add: readonly string[]): readonly Outcome[] {
    const faults: Outcome[] = [];
    const missing = add.filter((id) => id !== group && !this.exists(id));
    if (missing.length > 0) faults.push({ error: 'INVALID_VALUE', ids: missing });
    const above = [group, ...this.groupsAbove(group)];
    const closing = add.filter((id) => above.includes(id));
    if (closing.length > 0) faults.push({ error: 'CYCLE' });
    return faults;
  }
}

/** Where a write has several faults the contract does not say which one is told. */
function oneOf(faults: readonly Outcome[]): Outcome {
  const [only] = faults;
  return faults.length === 1 && only !== undefined ? only : { error: 'any of several' };
}
