/** Which attributes entries have values in. */
import type { Entry } from '../connection/entry.ts';
import type { ServerSchema } from '../server/schema.ts';

export interface Filled {
  /** As the server writes it. */
  readonly name: string;
  /** Of how many entries. */
  readonly count: number;
}

/** By the name that the schema prefers, lower-case; operational attributes are left out. */
export type FilledAttributes = ReadonlyMap<string, Filled>;

export function filledIn(entries: readonly Entry[], schema: ServerSchema | undefined): FilledAttributes {
  const filled = new Map<string, Filled>();
  for (const entry of entries) {
    for (const name of entry.names) {
      if (entry.buffers(name).length === 0 || schema?.attribute(name)?.operational) continue;
      const key = schema?.canonical(name) ?? name.toLowerCase();
      filled.set(key, { name, count: (filled.get(key)?.count ?? 0) + 1 });
    }
  }
  return filled;
}
