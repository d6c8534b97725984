/** What a link shows of its far end beside who it is. */
import type { AttributePath } from '#model/filter.ts';
import type { Attributes } from '#model/resource.ts';
import type { EntryMap } from '../mapping/entry-map.ts';
import type { Reader } from '../read/reader.ts';
import type { Container, Found } from '../tenant-view.ts';

export interface Shown {
  /** All that has to be read of an end, whichever its type. */
  readonly attributes: readonly string[];
  /** Undefined where nothing is asked for. */
  attributesOf?(found: Found): Attributes;
}

/** Of each type as little of an entry as says what is at the paths; not even that where there are none. */
export function shownOf({ view }: Reader, paths: readonly AttributePath[] | undefined): Shown {
  if (paths === undefined) return { attributes: view.identifying };
  const present = known.get(paths)?.get(view);
  if (present !== undefined) return present;
  const maps = new Map<Container, EntryMap>();
  for (const container of [view.users, view.groups]) maps.set(container, container.map.narrowedTo(paths));
  const attributes = [...maps.values()].flatMap((map) => map.attributes);
  const shown: Shown = {
    attributes: [...new Set([...view.identifying, ...attributes])],
    attributesOf: ({ container, entry }) => (maps.get(container) ?? container.map).toAttributes(entry),
  };
  const ofPaths = known.get(paths) ?? new WeakMap<object, Shown>();
  known.set(paths, ofPaths.set(view, shown));
  return shown;
}

/** Who asks for the same does so by the same list. */
const known = new WeakMap<readonly AttributePath[], WeakMap<object, Shown>>();
