/** Whether a value from JSON nests at most `limit` deep. Walks without recursion: the value may have been made to exhaust a stack. */
export function nestsWithin(value: unknown, limit: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return false;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return true;
}
