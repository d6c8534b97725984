/**
 * The characters of all names and texts within an answer, which never are more than its bytes; past `enough` it stops counting. Texts are
 * shared with what was loaded, and their JSON is not, so that this is known before the answer takes memory of its own.
 */
export function countText(value: unknown, enough: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  for (const [key, item] of Object.entries(value)) {
    count += (Array.isArray(value) ? 0 : key.length) + countText(item, enough - count);
    if (count > enough) break;
  }
  return count;
}
