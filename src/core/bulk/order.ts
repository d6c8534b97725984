interface Visit {
  readonly position: number;
  /** Of the needs that have been looked at. */
  seen: number;
}

/**
 * The positions in an order in which whatever is needed comes before what needs it, and everything else stays where it is. A group
 * of several need each other in a circle; so does one alone that needs itself. Tarjan's algorithm, which is linear and finds groups
 * with what they need first; without recursion, since a chain may be as long as the list.
 */
export function inOrderOfNeed(needs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const groups: (readonly number[])[] = [];
  const index = new Array<number>(needs.length).fill(-1);
  const low = new Array<number>(needs.length).fill(0);
  const open: number[] = [];
  const isOpen = new Array<boolean>(needs.length).fill(false);
  let count = 0;
  const enter = (position: number): Visit => {
    index[position] = count;
    low[position] = count++;
    open.push(position);
    isOpen[position] = true;
    return { position, seen: 0 };
  };
  const lower = (position: number, to: number | undefined) => {
    low[position] = Math.min(low[position] ?? 0, to ?? 0);
  };
  const close = (position: number): readonly number[] => {
    const group = open.splice(open.lastIndexOf(position));
    for (const each of group) isOpen[each] = false;
    return group.sort((a, b) => a - b);
  };
  for (let start = 0; start < needs.length; start += 1) {
    const path = index[start] === -1 ? [enter(start)] : [];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { position } = visit;
      const need = needs[position]?.[visit.seen++];
      if (need === undefined) {
        path.pop();
        const parent = path.at(-1);
        if (parent !== undefined) lower(parent.position, low[position]);
        if (low[position] === index[position]) groups.push(close(position));
      } else if (index[need] === -1) path.push(enter(need));
      else if (isOpen[need]) lower(position, index[need]);
    }
  }
  return groups;
}
