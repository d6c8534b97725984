/** How deep a value from JSON nests. Walks without recursion: the value may have been made to exhaust a stack. */
export function depthOfValue(value: unknown): number {
  let level: readonly unknown[] = [value];
  let depth = -1;
  for (; level.length > 0; depth += 1) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return depth;
}
