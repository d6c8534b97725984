/** Pages of a walk: more than the page is selected, and kept as long as nothing in the directory changes. */
import { stateOf } from './directory-state.ts';
import type { List, Part, Selected } from './list.ts';
import { select } from './select.ts';
import { Windows } from './windows.ts';

/** How many places are selected with those of a page that is not the first. */
const AHEAD = 5_000;

const windows = new WeakMap<object, Windows>();

/** A tenant's: whatever is forgotten with its view. */
export function windowsOf(view: object): Windows {
  const present = windows.get(view) ?? new Windows();
  windows.set(view, present);
  return present;
}

/**
 * As `select` for each of the parts. The state is asked for before anything is selected, so that a change in between is taken for one
 * afterwards.
 */
export async function selectAhead(list: List, parts: readonly Part[]): Promise<readonly Selected[]> {
  const state = await stateOf(list.reader);
  if (state === undefined) return Promise.all(parts.map((part) => select(list, part)));
  return Promise.all(parts.map((part) => selectIn(list, state, part)));
}

async function selectIn(list: List, state: string, part: Part): Promise<Selected> {
  const { name, order, reader } = list;
  const kept = windowsOf(reader.view);
  const known = kept.part(name, state, part, order.compare);
  if (known !== undefined) return known;
  const { after, skip, count } = part;
  const selected = await select(list, { after, skip, count: count === 0 ? 0 : Math.max(count, AHEAD) });
  kept.keep({ ...selected, list: name, state, after, skip });
  return { ...selected, entries: selected.entries.slice(0, count) };
}
