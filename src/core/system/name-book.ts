/** Names by what they stand for: by space, such as the fields of one type, then by thing. */
export type NameBook = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** All names of both; where a thing has one in each, `later` has it. */
export function mergeBooks(earlier: NameBook, later: NameBook): NameBook {
  const merged = new Map(earlier);
  for (const [space, names] of later) merged.set(space, new Map([...(merged.get(space) ?? []), ...names]));
  return merged;
}
